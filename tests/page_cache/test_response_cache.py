"""Which responses are cached at addresses that are not cached in advance."""

import pytest
from django.test import RequestFactory

from statusdocs.page_cache import response_cache
from statusdocs.page_cache.cached_page import response_of
from statusdocs.page_cache.response_cache import ResponseCache

MAY_BE_CACHED = "public, max-age=0, s-maxage=20"
LINK = '<https://example.org/codes.json>; rel="alternate"; type="application/json"'


class Application:
    """It answers with how often it was asked, and notes what it was asked for."""

    def __init__(self):
        self.status, self.cache_control = "200 OK", MAY_BE_CACHED
        self.etag = ""
        self.vary = "Accept, Accept-Encoding"
        self.asked = []
        self.before_answering = lambda: None
        self.padding = b""

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        self.before_answering()
        fields = [("Content-Type", "text/html"), ("ETag", self.etag or f'"{len(self.asked)}"'), ("Vary", self.vary)]
        start_response(self.status, [*fields, ("Link", LINK), ("Cache-Control", self.cache_control)])
        return [b"Answer %d" % len(self.asked) + self.padding]


@pytest.fixture
def application():
    return Application()


@pytest.fixture
def cache(application):
    return ResponseCache(application)


def ask(cache, path="/codes?class=4", method="GET", **fields):
    """Status and content."""
    headers = {"Host": "127.0.0.1", **{name.replace("_", "-"): value for name, value in fields.items()}}
    status, _, content = response_of(cache, RequestFactory(headers=headers).generic(method, path).environ)
    return status, content


def test_the_same_question_is_answered_from_memory(cache, application):
    assert [ask(cache) for _ in range(3)] == [("200 OK", b"Answer 1")] * 3
    assert ask(cache, method="HEAD") == ("200 OK", b"")
    assert len(application.asked) == 1


def test_another_query_and_another_encoding_are_other_questions(cache, application):
    asked = [ask(cache)[1], ask(cache, "/codes?class=5")[1], ask(cache, Accept_Encoding="gzip, br")[1]]

    assert asked == [b"Answer 1", b"Answer 2", b"Answer 3"]
    assert application.asked[2]["HTTP_ACCEPT_ENCODING"] == "br"
    assert ask(cache, Accept_Encoding="br")[1] == b"Answer 3"


def test_who_has_the_answer_already_gets_304(cache, application):
    ask(cache)
    for condition in ('"1"', 'W/"1"', "*"):
        assert ask(cache, If_None_Match=condition) == ("304 Not Modified", b"")
    assert len(application.asked) == 1


def test_the_weak_entity_tag_of_a_compressed_answer_matches_too(cache, application):
    application.etag = 'W/"weak"'
    ask(cache)
    for condition in ('"weak"', 'W/"weak"', '"other", W/"weak"'):
        assert ask(cache, If_None_Match=condition) == ("304 Not Modified", b"")
    assert ask(cache, If_None_Match='"other"')[0] == "200 OK"
    assert len(application.asked) == 1


@pytest.mark.parametrize("asked", [{"method": "HEAD"}, {"If_None_Match": '"1"'}], ids=str)
def test_head_and_a_condition_are_handed_on_as_they_are_where_nothing_is_remembered(cache, application, asked):
    assert [ask(cache, **asked)[1] for _ in range(2)] == [b"Answer 1", b"Answer 2"]

    last = application.asked[-1]
    assert (last["REQUEST_METHOD"], last.get("HTTP_IF_NONE_MATCH")) == (
        asked.get("method", "GET"),
        asked.get("If_None_Match"),
    )


def test_nothing_is_remembered_of_what_the_content_was(cache):
    ask(cache)
    cache.clear()

    assert ask(cache)[1] == b"Answer 2"


def test_an_answer_made_while_the_content_changed_is_not_remembered(cache, application):
    cache.clear()
    application.before_answering = cache.clear
    ask(cache)
    application.before_answering = lambda: None

    assert ask(cache)[1] == b"Answer 2"
    assert ask(cache)[1] == b"Answer 2"


@pytest.mark.parametrize(
    ("status", "cache_control"),
    [("404 Not Found", MAY_BE_CACHED), ("200 OK", "no-store"), ("200 OK", "private, no-cache"), ("302 Found", "")],
)
def test_what_a_shared_cache_may_not_store_is_not_remembered(cache, application, status, cache_control):
    application.status, application.cache_control = status, cache_control

    assert [ask(cache) for _ in range(2)] == [(status, b"Answer 1"), (status, b"Answer 2")]


@pytest.mark.parametrize(
    "asked",
    [
        {"method": "POST"},
        {"Cookie": "sessionid=0123456789"},
        {"If_Match": '"1"'},
        {"Host": "evil.example"},
        {"path": f"/codes?q={'a' * response_cache.MAX_ADDRESS_LENGTH}"},
    ],
    ids=str,
)
def test_what_may_be_answered_differently_is_asked_each_time(cache, application, asked):
    assert [ask(cache, **asked)[1] for _ in range(2)] == [b"Answer 1", b"Answer 2"]
    assert {environ["PATH_INFO"] for environ in application.asked} == {"/codes"}


@pytest.mark.parametrize("accept", ["application/json", "text/html;q=0", "image/png"])
def test_accept_makes_no_difference_where_the_answer_does_not_vary_with_it(cache, application, accept):
    application.vary = "Accept-Encoding"

    assert [ask(cache, Accept=each)[1] for each in (accept, "*/*", accept)] == [b"Answer 1"] * 3


def test_whoever_prefers_another_representation_than_the_remembered_one_is_not_answered_with_it(cache, application):
    assert ask(cache, Accept="text/html, */*;q=0.8")[1] == b"Answer 1"
    assert ask(cache, Accept="application/json")[1] == b"Answer 2"
    assert application.asked[1]["HTTP_ACCEPT"] == "application/json"
    assert ask(cache, Accept="image/png, text/html;q=0.1")[1] == b"Answer 1"


def test_what_was_used_longest_ago_makes_room(cache, application):
    application.padding = b"x" * (response_cache.MAX_BYTES // 3)
    paths = [f"/codes?q={letter}" for letter in "abc"]
    ask(cache, paths[0])
    ask(cache, paths[1])
    ask(cache, paths[0])
    ask(cache, paths[2])

    assert len(application.asked) == 3
    ask(cache, paths[0])
    assert len(application.asked) == 3
    ask(cache, paths[1])
    assert len(application.asked) == 4


def test_an_answer_larger_than_all_that_is_remembered_is_answered_all_the_same(cache, application):
    application.padding = b"x" * response_cache.MAX_BYTES

    assert [ask(cache)[1][:8] for _ in range(2)] == [b"Answer 1", b"Answer 2"]
