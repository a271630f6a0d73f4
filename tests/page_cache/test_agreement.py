"""Whether a page is cached makes no difference to what `Accept` chooses."""

from itertools import permutations

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from codes.documents.negotiation import preferred
from codes.documents.representations import CONTENT_TYPES, CSV, HTML, MEDIA_TYPES, SUFFIXES
from statusdocs.page_cache.cached_page import CachedPage, field, request, response_of
from statusdocs.page_cache.response_cache import MAX_ADDRESS_LENGTH, ResponseCache
from statusdocs.page_cache.wsgi_middleware import PageCacheMiddleware

ORIGIN = "http://127.0.0.1:8000"
RANGES = [
    *("text/html", "text/html;charset=UTF-8", "text/html;q=0", "application/json;charset=utf-8", "application/*;q=0.9"),
    *("text/markdown; variant=CommonMark", "text/csv; header=present", "text/*;q=0.8", "*/*", "image/png"),
]
COMBINATIONS = [", ".join(ranges) for count in (1, 2, 3) for ranges in permutations(RANGES, count)]


class Application:
    """It answers in the representation that Django's views choose, with the fields that they send."""

    offered = (HTML, *SUFFIXES, CSV)

    def __call__(self, environ, start_response):
        chosen = preferred(WSGIRequest(environ), self.offered)
        links = [f'<{ORIGIN}/list.{each}>; rel="alternate"; type="{MEDIA_TYPES[each]}"' for each in self.offered[1:]]
        fields = [("Vary", "Accept"), ("Link", ", ".join(links)), ("ETag", f'"{chosen}"')]
        cache_control = "public, s-maxage=20" if chosen == HTML else "private, no-cache"
        fields += [("Content-Type", CONTENT_TYPES.get(chosen, "text/plain")), ("Cache-Control", cache_control)]
        start_response("200 OK" if chosen else "406 Not Acceptable", fields)
        return [str(chosen).encode()]


@pytest.fixture
def application():
    return Application()


@pytest.fixture
def page_cache(application, store):
    """A page cache that has the page at /list."""
    _, fields, _ = request(application, ORIGIN, "/list")
    store.put("/list", CachedPage(fields, {"identity": b"html"}), {})
    return PageCacheMiddleware(application, store)


@pytest.fixture
def response_cache(application):
    """A response cache that has the page with each query that is asked for."""
    cache = ResponseCache(application)
    for path in ("/list?class=4", LONG):
        chosen(cache, "*/*", path)
    return cache


# What of an address the response cache takes at most.
LONG = f"/list?q={'a' * (MAX_ADDRESS_LENGTH - len('/list') - len('q='))}"


def chosen(application, accept, path="/list"):
    headers = {"Host": "127.0.0.1", **({} if accept is None else {"Accept": accept})}
    status, fields, content = response_of(application, RequestFactory(headers=headers).get(path).environ)
    return status, field(fields, "content-type"), content


def test_ten_ranges_in_every_combination_choose_the_same(application, page_cache, response_cache):
    assert len(COMBINATIONS) == 820
    for accept in (None, "", *COMBINATIONS):
        expected = chosen(application, accept)
        assert chosen(page_cache, accept) == expected, accept
        assert chosen(response_cache, accept, "/list?class=4") == expected, accept
        assert chosen(response_cache, accept, LONG) == expected, accept
