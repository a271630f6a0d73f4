"""What was lately answered where no page is finished: filters, searches, comparisons of a reader's own choice."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from cachetools import LRUCache

from statusdocs.page_cache.cached_page import IDENTITY, CachedPage, answer_of, best_encoding, field
from statusdocs.page_cache.cached_response import CachedResponse, is_plain_reading

# Bytes in each web process, and what an answer takes besides its content.
MOST = 4_000_000
BESIDES_CONTENT = 5_000
# Characters of an address with its query. What is longer is hardly asked for twice.
LONGEST = 500


class ResponseCache:
    """A WSGI application that remembers what another one answers, until the content changes.

    It holds what a shared cache may hold, by the address as it was asked for and the encoding. What was used longest
    ago goes first, so that no visitor can make it grow.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self._answers: LRUCache[tuple[str, str, str], CachedResponse] = LRUCache(MOST, getsizeof=_size)
        self._lock = threading.Lock()
        self._changes = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
        if not is_plain_reading(environ) or len(path) + len(query) > LONGEST:
            return self.application(environ, start_response)

        encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        with self._lock:
            answers, changes = self._answers.get((path, query, encoding)), self._changes
        if answers is None:
            # To HEAD and to a condition the answer may be another one: they are asked as they are.
            if environ["REQUEST_METHOD"] != "GET" or "HTTP_IF_NONE_MATCH" in environ:
                return self.application(environ, start_response)
            asked = {**environ, "HTTP_ACCEPT_ENCODING": encoding}
            status, fields, content = answer_of(self.application, asked)
            if not (status.startswith("200") and "s-maxage" in field(fields, "cache-control")):
                start_response(status, fields)
                return [content]
            answers = CachedResponse(CachedPage(fields, {IDENTITY: content}))
            with self._lock:
                # What was made while the content changed may be of either state.
                if self._changes == changes and _size(answers) <= MOST:
                    self._answers[path, query, encoding] = answers
        elif not answers.is_preferred(environ):
            return self.application(environ, start_response)
        return answers.answer(environ, start_response)

    def forget(self) -> None:
        """Remember nothing of what was answered until now: the content has changed."""
        with self._lock:
            self._answers.clear()
            self._changes += 1


def _size(answers: CachedResponse) -> int:
    return len(answers.page.content) + BESIDES_CONTENT
