"""Where things stand on pages, in a real Chromium: what lies beside what, and what can be seen at first."""

import pytest

pytestmark = pytest.mark.browser


def left(locator):
    return round(locator.first.bounding_box()["x"])


def right(locator):
    box = locator.first.bounding_box()
    return round(box["x"] + box["width"])


def test_rows_of_codes_are_a_table_only_where_there_is_room_for_one(open_page):
    on_tablet, on_desktop = open_page("/codes", width=900), open_page("/codes", width=1024)

    assert not on_tablet.locator(".code-table thead").is_visible()
    assert on_desktop.locator(".code-table thead").is_visible()


def test_the_lineage_opens_on_its_newer_end(open_page):
    page = open_page("/rfcs", width=320)
    newest = page.locator(".lineage__rfc:not(.lineage__rfc--replaced)").last

    assert right(newest) <= 320
    assert page.get_by_text("Scroll sideways for older documents").is_visible()


def test_a_fact_of_a_vendor_has_a_phones_whole_width(open_page):
    page = open_page("/compare/499:nginx,499:arcgis", width=320)
    cell = page.locator(".comparison tbody td:not(:has(.comparison__of--all))")

    assert cell.first.evaluate("cell => getComputedStyle(cell).display") == "block"


def test_the_buttons_that_copy_commands_stand_above_them(open_page):
    page = open_page("/api", width=320)
    figure = page.locator(".command").first
    button, command = figure.get_by_role("button"), figure.locator("pre")

    assert button.bounding_box()["y"] + button.bounding_box()["height"] <= command.bounding_box()["y"] + 1
    assert right(button) == right(command)


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [("/unauthorized", "h1", ".code-table"), ("/rfcs/9110", ".hero-phrase", ".record"), ("/404", ".lead", ".facts")],
)
def test_what_belongs_together_starts_on_one_edge(open_page, path, one, other):
    page = open_page(path)

    assert left(page.locator(one)) == left(page.locator(other))


def test_the_table_of_an_rfc_has_two_lines_a_code_on_a_phone(open_page):
    page = open_page("/rfcs/9110", width=320)
    row = page.locator(".definitions-table tbody tr").first
    number, phrase = row.locator("th"), row.locator("td").first

    assert number.bounding_box()["y"] == pytest.approx(phrase.bounding_box()["y"], abs=6)
