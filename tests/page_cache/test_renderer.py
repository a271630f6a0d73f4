"""The order in which pages are rendered, and what is never cached."""

import logging
from datetime import UTC

import pytest

from statusdocs.page_cache import renderer as renderers
from statusdocs.page_cache.renderer import Renderer


class FakeSite:
    """A site of a few pages that a test may change; it is its own WSGI application."""

    def __init__(self):
        self.texts = {
            "/": "Home",
            "/about": "About",
            "/404": "Not Found",
            "/404.json": '{"url": "https://example.org/404"}',
            "/404/vendor": "A vendor’s",
            "/410": 'Gone, unlike <a href="/404#top">404</a>',
            "/500": 'Unlike <a href="/404">404</a>',
        }
        self.dependencies = {"/404": "one", "/410": "one"}
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
        self.dependencies[path] = text
        self.state += "1"


@pytest.fixture
def fake_site():
    return FakeSite()


@pytest.fixture
def renderer(fake_site, store):
    return make_renderer(fake_site, store)


def make_renderer(fake_site, store):
    return Renderer(
        fake_site,
        store,
        addresses=lambda: list(fake_site.texts),
        content_state=lambda: fake_site.state,
        dependencies=lambda: fake_site.dependencies.items(),
    )


def text(store, path):
    return store.page(path).content.decode()


def test_every_address_is_rendered_once(fake_site, store, renderer):
    renderer.update()
    renderer.update()

    assert sorted(fake_site.asked) == sorted(fake_site.texts)
    assert {path: text(store, path) for path in fake_site.texts} == fake_site.texts


def test_on_a_first_start_the_pages_that_are_about_something_come_first(fake_site, renderer):
    renderer.update()

    assert fake_site.asked == ["/404", "/404.json", "/404/vendor", "/410", "/", "/about", "/500"]


def test_the_changed_page_comes_first_then_what_links_to_it_then_the_rest(fake_site, store, renderer):
    renderer.update()
    fake_site.asked.clear()
    fake_site.change("/404", "Corrected")

    renderer.update()

    assert fake_site.asked[:3] == ["/404", "/404.json", "/404/vendor"]
    assert set(fake_site.asked[3:5]) == {"/410", "/500"}
    assert set(fake_site.asked[5:]) == {"/", "/about"}
    assert text(store, "/404") == "Corrected"


def test_a_list_comes_after_the_pages_of_what_changed_and_nobody_waits_for_what_links_to_it(fake_site, renderer):
    fake_site.dependencies["/"] = ["one"]
    fake_site.texts["/about"] = '<header><a href="/404">404</a></header><main>Back to <a href="/">all</a></main>'
    renderer.update()
    fake_site.asked.clear()
    fake_site.dependencies["/"] = ["Corrected"]
    fake_site.change("/404", "Corrected")

    renderer.update()

    assert fake_site.asked == ["/404", "/404.json", "/404/vendor", "/", "/410", "/500", "/about"]


def test_a_restarted_renderer_still_knows_what_changed_and_who_links_to_it(fake_site, store, renderer):
    renderer.update()
    fake_site.asked.clear()
    fake_site.change("/404", "Corrected")

    make_renderer(fake_site, store).update()

    assert fake_site.asked[:3] == ["/404", "/404.json", "/404/vendor"]
    assert set(fake_site.asked[3:5]) == {"/410", "/500"}


def test_a_page_that_is_not_cached_yet_comes_before_those_that_only_may_have_changed(fake_site, renderer):
    renderer.update()
    # What links to it is rendered too, and no longer has priority.
    fake_site.change("/404", "Corrected")
    renderer.update()
    fake_site.asked.clear()
    fake_site.texts["/new"] = "New"
    fake_site.state += "1"

    renderer.update()

    assert fake_site.asked[0] == "/new"


def test_after_a_restart_the_pages_come_first_that_were_not_rendered_since(fake_site, store, renderer):
    renderer.update()
    restarted = make_renderer(fake_site, store)
    fake_site.asked.clear()

    def save_once(path):
        fake_site.before_answering = lambda path: None
        fake_site.state = "3"

    fake_site.state = "2"
    fake_site.before_answering = lambda path: save_once(path) if path == "/410" else None
    restarted.update()
    assert fake_site.asked == ["/404", "/404.json", "/404/vendor", "/410"]
    fake_site.asked.clear()
    restarted.update()

    assert fake_site.asked == ["/410", "/", "/about", "/500", "/404", "/404.json", "/404/vendor"]


def test_a_page_that_stays_the_same_is_not_written_again(fake_site, store, renderer):
    renderer.update()
    versions = {path: entry.version for path, entry in store.entries().items()}
    fake_site.change("/404", "Corrected")

    renderer.update()

    entries = store.entries()
    assert {path for path in versions if entries[path].version != versions[path]} == {"/404"}
    assert {entry.state for entry in entries.values()} == {renderer.state()}


def test_a_page_made_while_content_changed_is_not_held_but_made_again(fake_site, store, renderer):
    renderer.update()
    fake_site.change("/404", "Half of this")
    fake_site.before_answering = lambda path: (
        fake_site.change("/404", "Whole") if fake_site.texts["/404"] == "Half of this" else None
    )

    renderer.update()
    assert text(store, "/404") == "Not Found"
    renderer.update()

    assert text(store, "/404") == "Whole"


def test_all_pages_get_their_turn_where_somebody_saves_all_the_time(fake_site, renderer):
    renderer.update()
    fake_site.asked.clear()
    saves = iter(range(30))

    def save_at_every_second_rendering(path):
        if len(fake_site.asked) % 2 == 0:
            fake_site.state += str(next(saves))

    fake_site.before_answering = save_at_every_second_rendering
    fake_site.state = "2"
    for _ in range(2 * len(fake_site.texts)):
        renderer.update()

    assert set(fake_site.asked) == set(fake_site.texts)


def test_what_linked_to_a_changed_page_is_not_forgotten_when_the_next_save_comes_early(fake_site, renderer):
    renderer.update()
    fake_site.change("/404", "Corrected")
    fake_site.before_answering = lambda path: fake_site.change("/410", "Also") if path == "/500" else None
    renderer.update()
    fake_site.before_answering = lambda path: None
    fake_site.asked.clear()

    renderer.update()

    assert fake_site.asked[:2] == ["/410", "/500"]


def test_an_error_keeps_the_last_good_page_and_is_logged_and_tried_again(
    fake_site, store, renderer, caplog, monkeypatch
):
    monkeypatch.setattr(renderers, "FAILED_PAGE_RETRY_DELAY", 0)
    renderer.update()
    fake_site.change("/404", "Broken")
    fake_site.statuses["/404"] = 500

    with caplog.at_level(logging.ERROR):
        renderer.update()

    assert text(store, "/404") == "Not Found"
    assert "/404 answers 500: its last good page is kept" in caplog.text
    fake_site.statuses.clear()
    renderer.update()
    assert text(store, "/404") == "Broken"


def test_a_page_that_is_gone_is_held_no_longer(fake_site, store, renderer):
    renderer.update()
    del fake_site.texts["/410"]
    fake_site.statuses["/500"] = 404
    fake_site.state = "2"

    renderer.update()

    assert set(store.entries()) == {"/", "/about", "/404", "/404.json", "/404/vendor"}


def test_a_page_that_is_no_address_any_more_but_answers_still_is_not_held_and_not_asked_for(fake_site, store):
    addresses = ["/404", "/410"]
    renderer = Renderer(
        fake_site,
        store,
        addresses=lambda: addresses,
        content_state=lambda: fake_site.state,
        dependencies=fake_site.dependencies.items,
    )
    renderer.update()
    addresses.remove("/410")
    fake_site.asked.clear()

    for fake_site.state in ("2", "3"):
        renderer.update()

    assert fake_site.asked == ["/404", "/404"]
    assert set(store.entries()) == {"/404"}


@pytest.fixture
def slept(monkeypatch):
    """The seconds that the renderer waited; the list of what happens meanwhile ends the renderer when it is empty."""

    class Slept(list):
        meanwhile = ()

        def sleep(self, seconds):
            self.append(seconds)
            if not self.meanwhile:
                raise KeyboardInterrupt
            self.meanwhile.pop(0)()

    slept = Slept()
    monkeypatch.setattr(renderers.time, "sleep", slept.sleep)
    return slept


def run(renderer, slept, *meanwhile):
    slept.meanwhile = list(meanwhile)
    with pytest.raises(KeyboardInterrupt):
        renderer.run()


def nothing():
    pass


def test_the_content_is_polled_and_pages_are_rendered_only_where_it_changed(fake_site, renderer, slept):
    def change():
        fake_site.state = "2"

    run(renderer, slept, nothing, nothing, change, nothing)

    assert slept == [renderers.POLL_INTERVAL] * 5
    assert sorted(fake_site.asked) == sorted([*fake_site.texts] * 2)


def test_a_failed_page_is_rendered_again_after_a_while_without_a_change(fake_site, renderer, slept, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(renderers.time, "monotonic", lambda: now[0])
    fake_site.statuses["/404"] = 500

    def wait(seconds):
        return lambda: now.__setitem__(0, now[0] + seconds)

    run(renderer, slept, nothing, wait(renderers.FAILED_PAGE_RETRY_DELAY - 1), fake_site.statuses.clear, nothing)
    assert fake_site.asked.count("/404") == 1
    # It has forgotten what state it rendered, but not when it has to try again.
    fake_site.statuses["/404"] = 500
    run(renderer, slept, nothing, fake_site.statuses.clear, wait(renderers.FAILED_PAGE_RETRY_DELAY), nothing)

    assert fake_site.asked.count("/404") == 3
    assert fake_site.asked.count("/410") == 1


def test_the_renderer_goes_on_after_a_failure(fake_site, renderer, slept, monkeypatch, caplog):
    closed = []
    monkeypatch.setattr(renderers, "close_old_connections", lambda: closed.append(True))
    states = iter([OSError("the database is away")])

    def state():
        for error in states:
            raise error
        return fake_site.state

    renderer.content_state = state

    run(renderer, slept, nothing, nothing, nothing)

    assert slept == [renderers.POLL_INTERVAL, renderers.RETRY_DELAY, renderers.POLL_INTERVAL, renderers.POLL_INTERVAL]
    assert caplog.messages == ["pages cannot be rendered at the moment"]
    assert "the database is away" in caplog.text
    assert closed == [True]
    assert sorted(fake_site.asked) == sorted(fake_site.texts)


def test_the_day_is_part_of_the_state(renderer, monkeypatch):
    class Tomorrow(renderers.datetime):
        @classmethod
        def now(cls, tz):
            assert tz is UTC
            return cls(2999, 1, 1, tzinfo=tz)

    today = renderer.state()
    monkeypatch.setattr(renderers, "datetime", Tomorrow)

    assert renderer.state() != today
