"""What the script adds to every page: the theme, suggestions, keys and copy buttons."""

import json

import pytest

pytestmark = pytest.mark.browser


def background(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def focused(page):
    return page.evaluate("document.activeElement.name")


def option(page, **which):
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option", **which)


def options(page):
    return option(page).all_inner_texts()


def suggestions(query, *numbers):
    """An answer of /suggest."""
    titles = [f"{number} Title" for number in numbers]
    urls = [f"https://statusdocs.example/{number}" for number in numbers]
    return json.dumps([query, titles, ["A detail"] * len(numbers), urls])


@pytest.fixture
def suggesting_page(open_page):
    """A page whose suggestions for any text are 404, 410 and 499."""
    page = open_page("/about")
    page.route("**/suggest?*", lambda route: route.fulfill(body=suggestions("", 404, 410, 499)))
    return page


# The theme


def test_a_chosen_theme_holds_on_the_next_page_without_a_cookie(open_page):
    page = open_page("/404", color_scheme="light")
    light = background(page)

    page.get_by_label("Theme").select_option("Dark")
    dark = background(page)
    page.goto("/codes")

    assert light != dark == background(page)
    assert page.get_by_label("Theme").input_value() == "dark"
    assert page.context.cookies() == []


def test_a_chosen_theme_is_set_by_the_blocking_script_alone(open_page):
    page = open_page("/404", color_scheme="dark")
    dark = background(page)
    page.get_by_label("Theme").select_option("Light")
    page.route("**/site*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))

    page.reload()

    assert background(page) != dark


def test_the_automatic_theme_follows_the_system_again(open_page):
    page = open_page("/404", color_scheme="light")
    light = background(page)
    page.get_by_label("Theme").select_option("Dark")

    page.get_by_label("Theme").select_option("Auto")

    assert background(page) == light
    page.emulate_media(color_scheme="dark")
    assert background(page) != light


def test_controls_that_need_the_script_are_not_there_without_it(open_page):
    page = open_page("/404", java_script_enabled=False)

    assert page.get_by_label("Theme").count() == 0
    assert page.get_by_role("button", name="Copy").count() == 0
    assert page.get_by_role("button", name="Keys").count() == 0
    assert page.get_by_role("searchbox", name="Search codes").is_visible()


# The search box


@pytest.mark.parametrize("path", ["/", "/404", "/codes", "/not-a-page"])
@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_a_key_leads_to_the_search_field(chromium, site, path, key):
    page = chromium.new_page(base_url=site.url)
    page.goto(path)

    page.keyboard.press(key)

    assert focused(page) == "q"
    assert page.locator(":focus").input_value() == ""
    page.close()


def test_a_slash_in_the_search_field_is_a_slash(suggesting_page):
    page = suggesting_page
    page.keyboard.press("/")

    page.keyboard.type("HTTP/2?")

    assert page.get_by_role("combobox", name="Search codes").input_value() == "HTTP/2?"
    assert page.get_by_role("dialog").count() == 0


def test_arrows_choose_a_suggestion_and_enter_opens_it(suggesting_page):
    page = suggesting_page
    field = page.get_by_role("combobox", name="Search codes")
    field.press_sequentially("gone")
    option(page).first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    page.get_by_role("status").filter(has_text="Suggestions: 3").wait_for(state="attached")

    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    chosen = option(page, selected=True)
    assert chosen.inner_text().startswith("410 Title")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Enter")

    page.wait_for_url("**/410")


def test_arrows_return_to_the_field_past_either_end(suggesting_page):
    page = suggesting_page
    page.get_by_role("combobox", name="Search codes").press_sequentially("gone")
    option(page).first.wait_for()

    page.keyboard.press("ArrowUp")
    assert option(page, selected=True).inner_text().startswith("499 Title")
    page.keyboard.press("ArrowDown")

    assert option(page, selected=True).count() == 0


def test_enter_without_a_choice_sends_the_form(suggesting_page):
    page = suggesting_page
    page.get_by_role("combobox", name="Search codes").press_sequentially("gone")
    option(page).first.wait_for()

    page.keyboard.press("Enter")

    page.wait_for_url("**/codes?q=gone")


def test_escape_closes_the_suggestions_and_keeps_the_text(suggesting_page):
    page = suggesting_page
    field = page.get_by_role("combobox", name="Search codes")
    field.press_sequentially("gone")
    option(page).first.wait_for()

    page.keyboard.press("Escape")

    assert options(page) == []
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "gone"
    page.keyboard.press("ArrowDown")
    assert len(options(page)) == 3


def test_a_suggestion_can_be_clicked(suggesting_page):
    page = suggesting_page
    page.get_by_role("combobox", name="Search codes").press_sequentially("gone")

    option(page, name="499").click()

    page.wait_for_url("**/499")


def test_the_suggestions_close_when_the_reader_goes_on(suggesting_page):
    page = suggesting_page
    page.get_by_role("combobox", name="Search codes").press_sequentially("gone")
    option(page).first.wait_for()

    page.keyboard.press("Tab")

    assert options(page) == []


def test_an_answer_that_comes_too_late_is_dropped(open_page):
    page = open_page("/about")
    held = []
    page.route("**/suggest?q=g", lambda route: held.append(route))
    page.route("**/suggest?q=go", lambda route: route.fulfill(body=suggestions("go", 410)))
    field = page.get_by_role("combobox", name="Search codes")

    with page.expect_request("**/suggest?q=g"):
        field.press_sequentially("g")
    field.press_sequentially("o")
    option(page).first.wait_for()
    held[0].fulfill(body=suggestions("g", 404, 499))

    assert [text.split()[0] for text in options(page)] == ["410"]


def test_the_form_works_where_suggestions_fail(open_page):
    page = open_page("/about")
    page.route("**/suggest?*", lambda route: route.fulfill(body="no JSON"))
    with page.expect_response("**/suggest?*"):
        page.get_by_role("combobox", name="Search codes").press_sequentially("gone")

    page.keyboard.press("Enter")

    page.wait_for_url("**/codes?q=gone")


# Keys


def test_the_question_mark_lists_the_keys_and_escape_closes_them(open_page):
    page = open_page("/404")

    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    assert "Search" in dialog.inner_text()
    page.keyboard.press("Escape")

    assert dialog.count() == 0


def test_the_footer_leads_to_the_keys_too(open_page):
    page = open_page("/404")

    page.get_by_role("button", name="Keys").click()
    page.get_by_role("button", name="Close").click()

    assert page.get_by_role("dialog").count() == 0
    assert page.url.endswith("/404")


def test_a_reader_who_types_while_the_page_loads_keeps_the_focus(open_page):
    page = open_page("/404")
    page.context.add_init_script(
        "new MutationObserver(() => document.querySelector('input[type=search]')?.focus())"
        ".observe(document, { childList: true, subtree: true })"
    )

    page.reload()

    # What wanted the focus, too, would be told so by the console, which the fixture looks at.
    assert page.evaluate("document.activeElement.type") == "search"


def test_single_keys_can_be_turned_off_for_good(open_page):
    page = open_page("/404")
    page.keyboard.press("?")
    page.get_by_label("as shortcuts").uncheck()
    page.goto("/404")

    page.keyboard.press("?")
    page.keyboard.press("/")
    assert page.get_by_role("dialog").count() == 0
    assert focused(page) != "q"
    page.keyboard.press("Control+k")

    assert focused(page) == "q"


# Copy buttons


def test_an_example_is_copied_as_it_stands_and_that_is_said(open_page):
    page = open_page("/404")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy response").first.click()
    page.get_by_role("status").filter(has_text="Copied: response").wait_for(state="attached")

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".exchange__message").nth(1).text_content()
    assert copied.startswith("HTTP/1.1 404 Not Found")


def test_what_cannot_be_copied_is_selected(open_page):
    page = open_page("/404")
    page.evaluate("navigator.clipboard.writeText = async () => { throw new Error(); }; 0")

    page.get_by_role("button", name="Copy request").first.click()
    page.get_by_role("status").filter(has_text="selected: request").wait_for(state="attached")

    assert page.evaluate("getSelection().toString()").startswith("GET ")
