"""The drawing of what replaced what."""

import pytest

from codes.documents.describe import describe_rfc_node
from codes.drawings.rfc_tree import BOX_HEIGHT, BOX_WIDTH, draw_rfc_tree
from codes.models import RFC


@pytest.fixture
def drawing(db):
    return draw_rfc_tree(describe_rfc_node(rfc) for rfc in RFC.objects.for_list())


def numbers(rfcs):
    return {rfc.number for rfc in rfcs}


def test_every_rfc_is_in_the_drawing_once(drawing):
    assert sorted(box.rfc.number for box in drawing.boxes) == [rfc.number for rfc in RFC.objects.all()]


def test_every_replacement_is_a_line(drawing):
    assert len(drawing.lines) == RFC.obsoletes.through.objects.count()


def test_no_box_covers_another_and_none_leaves_the_drawing(drawing):
    for box in drawing.boxes:
        assert 0 <= box.x <= drawing.width - BOX_WIDTH
        assert 0 <= box.y <= drawing.axis - BOX_HEIGHT
        for other in drawing.boxes:
            apart = abs(box.x - other.x) >= BOX_WIDTH or abs(box.y - other.y) >= BOX_HEIGHT
            assert apart or box is other, (box.rfc.number, other.rfc.number)


def test_what_was_replaced_is_told_from_what_was_not(drawing):
    replaced = numbers(box.rfc for box in drawing.boxes if box.rfc.is_replaced)

    assert {2068, 2616, 7231, 7235, 2818} <= replaced
    assert not {1945, 9110, 9111, 9112, 6585} & replaced


def test_later_documents_stand_further_right(drawing):
    left = {box.rfc.number: box.x for box in drawing.boxes}

    assert left[1945] < left[2068] < left[2616] < left[7231] < left[9110]


def test_a_lineage_goes_back_to_the_first_and_on_to_the_last_but_not_to_siblings(db):
    assert numbers(RFC.objects.lineage_of(7231)) == {2068, 2616, 7231, 9110}
    assert numbers(RFC.objects.lineage_of(2518)) == {2518, 4918}
    assert numbers(RFC.objects.lineage_of(6585)) == {6585}
