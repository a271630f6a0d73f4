"""Recent responses at addresses that are not cached in advance: filters, searches, comparisons of a reader's choice."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from cachetools import LRUCache

from statusdocs.page_cache.cached_page import IDENTITY, CachedPage, best_encoding, field, response_of
from statusdocs.page_cache.cached_response import CachedResponse, is_cacheable_request

# Bytes in each web process; the overhead is what an entry takes besides its content.
MAX_BYTES = 4_000_000
ENTRY_OVERHEAD = 5_000
# Characters of an address with its query. Longer ones are hardly ever asked for twice.
MAX_ADDRESS_LENGTH = 500


class ResponseCache:
    """A WSGI middleware that caches responses until the content changes.

    It caches what a shared cache may, by path, query and encoding. The least recently used response goes first, so
    clients cannot make it grow.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self._responses: LRUCache[tuple[str, str, str], CachedResponse] = LRUCache(MAX_BYTES, getsizeof=_size)
        self._lock = threading.Lock()
        self._generation = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
        if not is_cacheable_request(environ) or len(path) + len(query) > MAX_ADDRESS_LENGTH:
            return self.application(environ, start_response)

        encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        with self._lock:
            cached, generation = self._responses.get((path, query, encoding)), self._generation
        if cached is None:
            # Some addresses respond to HEAD or to a condition in their own way: neither is turned into a GET.
            if environ["REQUEST_METHOD"] != "GET" or "HTTP_IF_NONE_MATCH" in environ:
                return self.application(environ, start_response)
            status, fields, content = response_of(self.application, {**environ, "HTTP_ACCEPT_ENCODING": encoding})
            if not (status.startswith("200") and "s-maxage" in field(fields, "cache-control")):
                start_response(status, fields)
                return [content]
            cached = CachedResponse(CachedPage(fields, {IDENTITY: content}))
            with self._lock:
                # A response made while the content changed may mix two states.
                if self._generation == generation and _size(cached) <= MAX_BYTES:
                    self._responses[path, query, encoding] = cached
        elif not cached.is_preferred(environ):
            return self.application(environ, start_response)
        return cached.respond(environ, start_response)

    def clear(self) -> None:
        """Forget every response: the content has changed."""
        with self._lock:
            self._responses.clear()
            self._generation += 1


def _size(cached: CachedResponse) -> int:
    return len(cached.page.content) + ENTRY_OVERHEAD
