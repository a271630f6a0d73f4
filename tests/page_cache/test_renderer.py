"""The order in which pages are finished, and what is never held."""

import logging

import pytest

from statusdocs.page_cache import renderer as renderers
from statusdocs.page_cache.renderer import Renderer


class Site:
    """A site of a few pages that a test may change; it is its own WSGI application."""

    def __init__(self):
        self.texts = {
            "/": 'All: <a href="/404">404</a>',
            "/about": "About",
            "/404": "Not Found",
            "/404.json": '{"url": "https://example.org/404"}',
            "/404/vendor": "A vendor’s",
            "/410": 'Gone, unlike <a href="/404#top">404</a>',
            "/500": "Server error",
        }
        self.subjects = {"/404": "one", "/410": "one"}
        self.statuses = {}
        self.state = "1"
        self.asked = []
        self.before_answering = lambda path: None

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        self.asked.append(path)
        content = self.texts.get(path, "").encode()
        self.before_answering(path)
        status = self.statuses.get(path, 200 if path in self.texts else 404)
        start_response(f"{status} Any", [("Content-Type", "text/html"), ("ETag", f'"{path}"')])
        return [content]

    def change(self, path, text):
        self.texts[path] = text
        self.subjects[path] = text
        self.state += "1"


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def renderer(site, store):
    return make_renderer(site, store)


def make_renderer(site, store):
    return Renderer(
        site,
        store,
        addresses=lambda: list(site.texts),
        content_state=lambda: site.state,
        subjects=lambda: site.subjects.items(),
    )


def text(store, path):
    return store.page(path).content.decode()


def test_every_address_is_finished_once(site, store, renderer):
    renderer.finish()
    renderer.finish()

    assert sorted(site.asked) == sorted(site.texts)
    assert {path: text(store, path) for path in site.texts} == site.texts


def test_on_a_first_start_the_pages_that_are_about_something_come_first(site, renderer):
    renderer.finish()

    assert site.asked == ["/404", "/404.json", "/404/vendor", "/410", "/", "/about", "/500"]


def test_the_changed_page_comes_first_then_what_links_to_it_then_the_rest(site, store, renderer):
    renderer.finish()
    site.asked.clear()
    site.change("/404", "Corrected")

    renderer.finish()

    assert site.asked[:3] == ["/404", "/404.json", "/404/vendor"]
    assert set(site.asked[3:5]) == {"/", "/410"}
    assert set(site.asked[5:]) == {"/about", "/500"}
    assert text(store, "/404") == "Corrected"


def test_a_list_comes_after_the_pages_of_what_changed_and_nobody_waits_for_what_links_to_it(site, renderer):
    site.subjects["/"] = ["one"]
    site.texts["/about"] = '<header><a href="/404">404</a></header><main>Back to <a href="/">all</a></main>'
    renderer.finish()
    site.asked.clear()
    site.subjects["/"] = ["Corrected"]
    site.change("/404", "Corrected")

    renderer.finish()

    assert site.asked[:5] == ["/404", "/404.json", "/404/vendor", "/", "/410"]
    assert set(site.asked[5:]) == {"/about", "/500"}


def test_a_restarted_renderer_still_knows_what_changed_and_who_links_to_it(site, store, renderer):
    renderer.finish()
    site.asked.clear()
    site.change("/404", "Corrected")

    make_renderer(site, store).finish()

    assert site.asked[:3] == ["/404", "/404.json", "/404/vendor"]
    assert set(site.asked[3:5]) == {"/", "/410"}


def test_a_page_made_while_content_changed_is_not_held_but_made_again(site, store, renderer):
    renderer.finish()
    site.change("/404", "Half of this")
    site.before_answering = lambda path: site.change("/404", "Whole") if site.texts["/404"] == "Half of this" else None

    renderer.finish()
    assert text(store, "/404") == "Not Found"
    renderer.finish()

    assert text(store, "/404") == "Whole"


def test_all_pages_get_their_turn_where_somebody_saves_all_the_time(site, renderer):
    renderer.finish()
    site.asked.clear()
    saves = iter(range(30))

    def save_at_every_second_rendering(path):
        if len(site.asked) % 2 == 0:
            site.state += str(next(saves))

    site.before_answering = save_at_every_second_rendering
    site.state = "2"
    for _ in range(2 * len(site.texts)):
        renderer.finish()

    assert set(site.asked) == set(site.texts)


def test_what_linked_to_a_changed_page_is_not_forgotten_when_the_next_save_comes_early(site, renderer):
    renderer.finish()
    site.change("/404", "Corrected")
    site.before_answering = lambda path: site.change("/410", "Also") if path == "/" else None
    renderer.finish()
    site.before_answering = lambda path: None
    site.asked.clear()

    renderer.finish()

    assert site.asked[:2] == ["/410", "/"]


def test_an_error_keeps_the_last_good_page_and_is_logged_and_tried_again(site, store, renderer, caplog, monkeypatch):
    monkeypatch.setattr(renderers, "TRIES_FAILED_PAGES_AFTER", 0)
    renderer.finish()
    site.change("/404", "Broken")
    site.statuses["/404"] = 500

    with caplog.at_level(logging.ERROR):
        renderer.finish()

    assert text(store, "/404") == "Not Found"
    assert "/404 answers 500: its last good page stays" in caplog.text
    site.statuses.clear()
    renderer.finish()
    assert text(store, "/404") == "Broken"


def test_a_page_that_is_gone_is_held_no_longer(site, store, renderer):
    renderer.finish()
    del site.texts["/410"]
    site.statuses["/500"] = 404
    site.state = "2"

    renderer.finish()

    assert set(store.held()) == {"/", "/about", "/404", "/404.json", "/404/vendor"}


def test_a_page_that_is_no_address_any_more_but_answers_still_is_not_held_and_not_asked_for(site, store):
    addresses = ["/404", "/410"]
    renderer = Renderer(
        site, store, addresses=lambda: addresses, content_state=lambda: site.state, subjects=site.subjects.items
    )
    renderer.finish()
    addresses.remove("/410")
    site.asked.clear()

    for site.state in ("2", "3"):
        renderer.finish()

    assert site.asked == ["/404", "/404"]
    assert set(store.held()) == {"/404"}


def test_the_day_is_part_of_the_state(renderer, monkeypatch):
    class Tomorrow(renderers.datetime):
        @classmethod
        def now(cls, tz):
            return cls(2999, 1, 1, tzinfo=tz)

    today = renderer.state()
    monkeypatch.setattr(renderers, "datetime", Tomorrow)

    assert renderer.state() != today
