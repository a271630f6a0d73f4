"""The order in which pages are rendered, and what is never cached."""

import logging
from contextlib import contextmanager
from datetime import UTC

import pytest

from statusdocs.page_cache import renderer as renderers
from statusdocs.page_cache.queries import Query
from statusdocs.page_cache.renderer import Renderer


class FakeSite:
    """A site of a few pages that a test may change; it is its own WSGI application.

    A page is rendered from a query of its own, or from the one that `queries` names. The answer is the text that it had
    when it was changed last with `change()`.
    """

    def __init__(self):
        self.texts = {
            "/": "Home, with all " * 100,
            "/about": "About",
            "/404": "Not Found",
            "/404.json": '{"title": "Not Found"}',
            "/410": "Gone, unlike 404",
        }
        self.queries = {"/404.json": "/404", "/410": "/410"}
        self.answers = dict(self.texts)
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

    @contextmanager
    def recorded_queries(self):
        asked, queries = len(self.asked), set()
        yield queries
        for path in self.asked[asked:]:
            queries.update(Query(name, "[]") for name in self.queries.get(path, path).split())

    def change(self, path, text):
        self.texts[path] = self.answers[path] = text
        self.state += "1"


@pytest.fixture
def fake_site(monkeypatch):
    site = FakeSite()
    monkeypatch.setattr(renderers, "recorded_queries", site.recorded_queries)
    monkeypatch.setattr(
        renderers, "answers", lambda queries: {query: site.answers.get(query.statement, "") for query in queries}
    )
    return site


@pytest.fixture
def renderer(fake_site, store):
    return make_renderer(fake_site, store)


def make_renderer(fake_site, store):
    return Renderer(fake_site, store, addresses=lambda: list(fake_site.texts), content_state=lambda: fake_site.state)


def text(store, path):
    return store.page(path).content.decode()


def test_every_address_is_rendered_once(fake_site, store, renderer):
    renderer.update()
    renderer.update()

    assert sorted(fake_site.asked) == sorted(fake_site.texts)
    assert {path: text(store, path) for path in fake_site.texts} == fake_site.texts


def test_only_pages_are_rendered_again_that_were_rendered_from_what_changed(fake_site, store, renderer):
    renderer.update()
    fake_site.asked.clear()
    fake_site.change("/404", "Corrected")

    renderer.update()

    assert sorted(fake_site.asked) == ["/404", "/404.json"]
    assert text(store, "/404") == "Corrected"


def test_what_was_edited_comes_before_lists_and_before_what_only_mentions_it(fake_site, renderer):
    fake_site.queries |= {
        "/": "/ /404",
        **{f"/mention-{number}": f"/mention-{number} /mentioned" for number in range(9)},
    }
    fake_site.texts |= {path: "Somewhere 404 is mentioned" for path in fake_site.queries if "mention" in path}
    renderer.update()
    fake_site.asked.clear()
    fake_site.answers["/mentioned"] = "Other"
    fake_site.change("/404", "Corrected")

    renderer.update()

    assert set(fake_site.asked[:2]) == {"/404", "/404.json"}
    assert fake_site.asked[-1] == "/"
    assert len(fake_site.asked) == 2 + 9 + 1


def test_an_edit_comes_before_the_pages_that_are_not_cached_yet(fake_site, renderer):
    renderer.update()
    fake_site.asked.clear()
    fake_site.texts["/new"] = "New"
    fake_site.change("/", "Home, with more " * 100)

    renderer.update()

    assert fake_site.asked == ["/", "/new"]


def test_a_restarted_renderer_still_knows_what_every_page_was_rendered_from(fake_site, store, renderer):
    renderer.update()
    fake_site.asked.clear()
    make_renderer(fake_site, store).update()
    assert fake_site.asked == []
    fake_site.change("/404", "Corrected")

    make_renderer(fake_site, store).update()

    assert sorted(fake_site.asked) == ["/404", "/404.json"]


def test_a_page_that_was_not_reached_is_still_outdated_after_a_restart(fake_site, store, renderer):
    renderer.update()
    fake_site.change("/404", "Corrected")
    fake_site.before_answering = lambda path: setattr(fake_site, "state", "another")
    renderer.update()
    fake_site.before_answering = lambda path: None
    fake_site.asked.clear()

    make_renderer(fake_site, store).update()

    assert sorted(fake_site.asked) == ["/404", "/404.json"]
    assert text(store, "/404") == "Corrected"


def test_a_page_that_is_rendered_from_something_else_now_follows_that(fake_site, renderer):
    renderer.update()
    fake_site.queries["/410"] = "/about"
    fake_site.change("/410", "Gone, as 404")
    renderer.update()
    fake_site.asked.clear()
    fake_site.change("/about", "About 410")

    renderer.update()

    assert sorted(fake_site.asked) == ["/410", "/about"]


def test_answers_of_two_states_are_not_trusted(fake_site, store, renderer, monkeypatch):
    renderer.update()
    fake_site.asked.clear()
    fake_site.change("/404", "Corrected")
    given = renderers.answers

    def answers_while_somebody_saves(queries):
        found = given(queries)
        monkeypatch.setattr(renderers, "answers", given)
        fake_site.change("/410", "Also")
        return found

    monkeypatch.setattr(renderers, "answers", answers_while_somebody_saves)
    assert renderer.update() != renderer.state()
    assert fake_site.asked == []

    renderer.update()

    assert sorted(fake_site.asked) == ["/404", "/404.json", "/410"]


def test_with_another_database_every_page_is_rendered_again(fake_site, renderer, monkeypatch):
    renderer.update()
    for vendor in ("postgresql", "sqlite"):
        fake_site.asked.clear()
        monkeypatch.setattr(renderers, "database_vendor", lambda vendor=vendor: vendor)

        renderer.update()

        assert sorted(fake_site.asked) == sorted(fake_site.texts)


@pytest.fixture
def tomorrow(monkeypatch):
    """A function that lets the next day begin."""

    class Tomorrow(renderers.datetime):
        @classmethod
        def now(cls, tz):
            assert tz is UTC
            return cls(2999, 1, 1, tzinfo=tz)

    return lambda: monkeypatch.setattr(renderers, "datetime", Tomorrow)


def test_on_another_day_every_page_is_rendered_again_and_an_edit_still_comes_first(fake_site, renderer, tomorrow):
    renderer.update()
    tomorrow()
    fake_site.asked.clear()
    fake_site.before_answering = lambda path: fake_site.change("/410", "Gone, at midnight")
    renderer.update()
    assert len(fake_site.asked) == 1
    fake_site.before_answering = lambda path: None

    renderer.update()

    assert fake_site.asked[1] == "/410"
    assert set(fake_site.asked) == set(fake_site.texts)


def test_a_page_that_stays_the_same_is_not_written_again(fake_site, store, renderer):
    renderer.update()
    versions = {path: version for version, path, _ in store.changes_since(0)}
    fake_site.change("/404", "Corrected")

    renderer.update()

    written = {path: version for version, path, _ in store.changes_since(0)}
    assert {path for path in versions if written[path] != versions[path]} == {"/404"}
    assert not any(entry.outdated for entry in store.entries().values())
    assert store.state() == renderer.state()


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


def test_all_pages_get_their_turn_where_somebody_saves_all_the_time(fake_site, store, renderer):
    fake_site.queries["/"] = "/404"
    renderer.update()
    fake_site.change("/404", "Corrected")
    fake_site.texts["/"] = "Home, corrected " * 100
    saves = iter(range(30))

    def save_at_every_second_rendering(path):
        if len(fake_site.asked) % 2 == 0:
            fake_site.change("/410", f"Gone {next(saves)}")

    fake_site.asked.clear()
    fake_site.before_answering = save_at_every_second_rendering
    for _ in range(15):
        renderer.update()

    assert text(store, "/") == fake_site.texts["/"]
    assert "/404.json" in fake_site.asked


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
    fake_site.statuses["/404.json"] = 404
    fake_site.change("/404", "Corrected")

    renderer.update()

    assert set(store.entries()) == {"/", "/about", "/404"}
    assert {path for _, path, page in store.changes_since(0) if page is None} == {"/410", "/404.json"}


def test_a_page_that_is_no_address_any_more_but_answers_still_is_not_held_and_not_asked_for(fake_site, store):
    addresses = ["/404", "/410"]
    renderer = Renderer(fake_site, store, addresses=lambda: addresses, content_state=lambda: fake_site.state)
    renderer.update()
    addresses.remove("/410")
    fake_site.asked.clear()

    for edit in ("Once", "Twice"):
        fake_site.change("/410", edit)
        renderer.update()

    assert fake_site.asked == []
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
    run(renderer, slept, nothing, nothing, lambda: fake_site.change("/410", "Other"), nothing)

    assert slept == [renderers.POLL_INTERVAL] * 5
    assert sorted(fake_site.asked) == sorted([*fake_site.texts, "/410"])


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


def test_the_day_is_part_of_the_state(renderer, tomorrow):
    today = renderer.state()
    tomorrow()

    assert renderer.state() != today
