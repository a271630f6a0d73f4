"""The arithmetic of the drawings."""

from codes.documents.descriptions import Definition
from codes.drawings.timeline import WIDTH, draw_timeline


def definition(published, phrase):
    return Definition(rfc=9110, draft=None, section="15", phrase=phrase, published=published, current=False, url="")


def test_a_phrase_lasts_from_the_rfc_that_brought_it_to_the_one_that_replaced_it():
    drawing = draw_timeline(
        [definition("1997-01", "Entity"), definition("1999-06", "Entity"), definition("2014-06", "Load")]
    )

    entity, load = drawing.spans
    assert (entity.phrase, len(entity.stops), entity.open) == ("Entity", 2, False)
    assert entity.end == load.start == load.stops[0]
    assert (load.phrase, load.end, load.open) == ("Load", WIDTH, True)


def test_the_scale_is_one_of_time():
    drawing = draw_timeline([definition("2000-01", "A"), definition("2010-01", "A"), definition("2020-01", "A")])

    first, middle, last = drawing.spans[0].stops
    assert middle - first == last - middle


def test_years_that_would_overlap_are_left_out():
    drawing = draw_timeline([definition("1996-05", "A"), definition("1997-01", "A"), definition("2022-06", "A")])

    assert [year for year, _ in drawing.years] == ["1996", "2022"]


def test_a_phrase_without_room_to_its_right_ends_at_the_edge():
    drawing = draw_timeline([definition("1996-05", "Old"), definition("2022-06", "A new phrase that is long")])

    assert [span.text_ends for span in drawing.spans] == [False, True]


def test_a_later_definition_without_a_phrase_says_so():
    drawing = draw_timeline([definition("1998-04", "I'm a teapot"), definition("2022-06", None)])

    assert [span.phrase for span in drawing.spans] == ["I'm a teapot", "no phrase"]


def test_one_definition_or_a_draft_needs_no_drawing():
    assert draw_timeline([definition("2022-06", "A")]) is None
    assert draw_timeline([definition("2022-06", "A"), definition(None, "B")]) is None
    assert draw_timeline([]) is None


def test_definitions_of_one_month_need_no_drawing():
    assert draw_timeline([definition("2022-06", "A"), definition("2022-06", "B")]) is None
