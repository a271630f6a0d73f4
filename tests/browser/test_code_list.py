"""The list of codes with the script: the same addresses without a page load."""

import pytest

pytestmark = pytest.mark.browser


def numbers(page):
    return page.locator(".code-table__number").all_inner_texts()


def choose(page, filter_name, label):
    page.locator("summary").get_by_text(filter_name, exact=True).click()
    page.get_by_role("checkbox", name=label).check()
    page.keyboard.press("Escape")


def wait_for_count(page, text):
    page.get_by_role("status").filter(has_text=text).wait_for()


@pytest.fixture
def listing(open_page):
    """The whole list, in a page that counts how often it is loaded."""
    page = open_page("/codes")
    page.loads = []
    page.on("load", lambda page: page.loads.append(page.url))
    return page


def test_a_choice_filters_at_once_and_stands_in_the_address(listing):
    choose(listing, "Vendor", "nginx")
    listing.wait_for_url("**/codes?vendor=nginx")

    assert {"444", "499"} <= set(numbers(listing))
    assert "404" not in numbers(listing)
    assert listing.get_by_role("link", name="Remove Vendor: nginx").is_visible()
    wait_for_count(listing, f"{len(numbers(listing))} meanings")
    assert listing.loads == []


def test_the_numbers_beside_the_choices_follow(listing):
    choose(listing, "Vendor", "nginx")
    listing.wait_for_url("**/codes?vendor=nginx")

    listing.locator("summary").get_by_text("Class", exact=True).click()

    assert listing.get_by_text("2xx Successful").inner_text().split()[-1] == "0"


def test_typing_searches_and_makes_one_step_of_the_history(listing):
    listing.get_by_label("Search").press_sequentially("teapot", delay=250)
    listing.wait_for_url("**/codes?q=teapot")
    assert numbers(listing)[0] == "418"
    assert listing.evaluate("document.activeElement.id") == "filter-q"

    listing.go_back()

    listing.wait_for_url("**/codes")
    listing.get_by_role("link", name="Continue", exact=True).wait_for()
    assert listing.get_by_label("Search").input_value() == ""
    assert listing.loads == []


def test_back_and_forward_restore_list_and_form(listing):
    everything = len(numbers(listing))
    choose(listing, "Vendor", "nginx")
    listing.wait_for_url("**/codes?vendor=nginx")
    listing.get_by_label("Sort by").select_option("Number, highest first")
    listing.wait_for_url("**/codes?vendor=nginx&sort=-number")
    assert numbers(listing)[0] == "499"

    listing.go_back()
    listing.locator(".code-table__number").first.filter(has_not_text="499").wait_for()
    assert listing.get_by_label("Sort by").input_value() == ""
    listing.go_back()
    wait_for_count(listing, f"{everything} meanings")
    assert not listing.locator("[name=vendor][value=nginx]").is_checked()
    listing.go_forward()
    listing.get_by_role("link", name="Remove Vendor: nginx").wait_for()

    assert listing.locator("[name=vendor][value=nginx]").is_checked()
    assert listing.loads == []


def test_what_is_active_is_removed_without_a_page_load_and_the_focus_goes_to_the_count(open_page):
    page = open_page("/codes?vendor=nginx&class=4&q=closed")
    page.on("load", lambda page: pytest.fail("the page was loaded again"))

    page.get_by_role("link", name="Remove Search: closed").click()
    page.wait_for_url("**/codes?vendor=nginx&class=4")
    assert page.evaluate("document.activeElement.id") == "result-count"
    assert page.get_by_label("Search").input_value() == ""
    page.get_by_role("link", name="Remove Class: 4xx Client Error").click()
    page.wait_for_url("**/codes?vendor=nginx")

    assert not page.locator("[name=class][value='4']").is_checked()


def test_an_empty_list_offers_a_way_out_that_works(open_page):
    page = open_page("/codes?vendor=nginx")
    page.get_by_label("Search").press_sequentially("teapot")
    wait_for_count(page, "No code matches all of these filters.")

    page.get_by_role("link", name="Without Vendor: nginx").click()

    page.wait_for_url("**/codes?q=teapot")
    assert numbers(page)[0] == "418"


def test_escape_closes_the_choices_and_returns_to_their_name(listing):
    listing.locator("summary").get_by_text("RFC", exact=True).focus()
    listing.keyboard.press("Enter")
    listing.keyboard.press("Tab")
    assert listing.evaluate("document.activeElement.name") == "rfc"

    listing.keyboard.press("Escape")

    assert listing.evaluate("document.activeElement.textContent") == "RFC"
    assert listing.locator("details[open]").count() == 0


def test_a_link_to_a_code_is_still_a_link(listing):
    listing.get_by_role("link", name="404", exact=True).first.click()

    listing.wait_for_url("**/404")


def test_a_list_stays_while_the_answer_has_none(listing):
    listing.route("**/codes?q=*", lambda route: route.fulfill(content_type="text/html", body="<p>Away"))
    everything = numbers(listing)

    with listing.expect_response("**/codes?q=teapot") as answered:
        listing.get_by_label("Search").fill("teapot")
    answered.value.finished()
    listing.evaluate("new Promise((done) => setTimeout(done))")

    assert numbers(listing) == everything
    listing.unroute("**/codes?q=*")
    listing.get_by_label("Search").fill("teapots")
    listing.wait_for_url("**/codes?q=teapots")


def test_a_list_that_cannot_be_fetched_is_loaded(listing):
    listing.evaluate("window.fetch = async () => { throw new Error(); }; 0")

    listing.locator("[name=vendor][value=nginx]").dispatch_event("click")

    listing.wait_for_url("**/codes?vendor=nginx")
    listing.get_by_role("link", name="Remove Vendor: nginx").wait_for()
    assert listing.loads
