"""Every type of page against axe, with the rules of WCAG 2.2 AA and what is good practice besides."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.page_types import EVERY

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = ["cat.color"]


@pytest.fixture(scope="module")
def page(chromium, site):
    # One page for all: a new one each time would take longer than axe does.
    page = chromium.new_page(base_url=site.url)
    yield page
    page.close()


def violations(page, rules=RULES):
    # The contrast of level AAA is no goal.
    others = {"color-contrast-enhanced": {"enabled": False}}
    options = {"runOnly": {"type": "tag", "values": rules}, "rules": others, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], node["target"], node["failureSummary"]) for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("path", EVERY)
def test_axe_finds_nothing_wrong_with_a_page_of_any_type(page, path):
    page.goto(path)

    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        # The scheme changes colours only.
        for scheme, rules in (("light", RULES), ("dark", COLOUR_RULES)):
            page.emulate_media(color_scheme=scheme)
            assert violations(page, rules) == [], (width, scheme)


def test_axe_finds_nothing_wrong_with_open_suggestions_and_keys(page):
    page.goto("/about")
    page.get_by_role("combobox", name="Search codes").press_sequentially("gone")
    page.get_by_role("listbox", name="Suggestions").wait_for()
    assert violations(page) == []

    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keys").click()

    assert violations(page) == []


def test_axe_finds_what_is_wrong(page):
    page.goto("/about")
    page.emulate_media(color_scheme="light")
    page.evaluate("document.querySelector('h1').replaceWith(document.createElement('img'))")

    assert {rule for rule, *_ in violations(page)} >= {"image-alt", "page-has-heading-one"}

    page.evaluate("for (const text of document.querySelectorAll('p')) text.style.color = 'grey'")

    assert {rule for rule, *_ in violations(page, COLOUR_RULES)} == {"color-contrast"}
