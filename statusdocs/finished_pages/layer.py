"""The layer in front of Django that answers with finished pages from memory."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.utils.http import parse_etags

from statusdocs.finished_pages import supervisor
from statusdocs.finished_pages.page import IDENTITY, Fields, Page, best_encoding, field, path_info
from statusdocs.finished_pages.release import fingerprint
from statusdocs.finished_pages.store import Store
from statusdocs.hosts import is_allowed_host

logger = logging.getLogger(__name__)

# Seconds. With the time of the renderer's own look at the content and of a few renderings it stays below one second.
LOOKS_EVERY = 0.1

_METHODS = ("GET", "HEAD")
# What a browser, and a program that says nothing, wants of an address that answers in several representations.
_WANTS_HTML = re.compile(r"text/html *(,|\Z)|\*/\*\Z")
# Preconditions other than If-None-Match are rare enough for Django to weigh them (RFC 9110 section 13.2.2).
_PRECONDITIONS = ("HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE")
# What these fields mean is remembered, in a bound of memory that no visitor can exceed. Longer ones are Django's.
_LONGEST_FIELD = 255


class _Answers:
    """A page as the layer sends it: next to nothing is left to compute when a request comes."""

    __slots__ = ("encoded", "etag", "negotiated", "not_modified", "page")

    def __init__(self, page: Page) -> None:
        self.page = page
        self.etag = page.etag
        self.negotiated = "accept" in re.split("[ ,]+", field(page.fields, "vary").lower())
        self.not_modified = page.fields_of_not_modified()
        self.encoded = {
            encoding: (page.fields_of(encoding), content)
            for encoding, content in page.contents.items()
            if encoding != IDENTITY
        }

    def in_encoding(self, encoding: str) -> tuple[Fields, bytes]:
        """The header fields and the content, encoded where there is such a content."""
        return self.encoded.get(encoding) or (self.page.fields, self.page.content)


class FinishedPages:
    """A WSGI application that answers a plain reading of a finished page, and hands on everything else.

    Args:
        application: Django.
        store: where the finished pages are. Those that are there at once are answered from the first request on.
    """

    def __init__(self, application: WSGIApplication, store: Store) -> None:
        self.application = application
        self.store = store
        self._answers: dict[str, _Answers] = {}
        self._version = 0
        self.take_what_is_new()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answers = self._answers.get(environ["PATH_INFO"])
        if answers is None or not _is_plain_reading(environ, answers):
            return self.application(environ, start_response)

        wanted = environ.get("HTTP_IF_NONE_MATCH")
        if wanted is not None and _matches(wanted, answers.etag):
            start_response("304 Not Modified", answers.not_modified)
            return ()
        fields, content = answers.in_encoding(best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
        start_response("200 OK", fields)
        return (content,) if environ["REQUEST_METHOD"] == "GET" else ()

    def take_what_is_new(self) -> None:
        """Hold what was put into the store since it was read last."""
        if not self.store.has_changed():
            return
        for version, path, page in self.store.changes_since(self._version):
            if page:
                self._answers[path_info(path)] = _Answers(page)
            else:
                self._answers.pop(path_info(path), None)
            self._version = version

    def follow(self) -> None:
        """Hold what is new, again and again, for as long as the process lives."""
        while True:
            time.sleep(LOOKS_EVERY)
            try:
                self.take_what_is_new()
            except Exception:
                # Whatever it is, the process goes on answering, and shall hear of the next edit.
                logger.exception("the store of finished pages cannot be read")


def in_front_of(application: WSGIApplication) -> WSGIApplication:
    """The application behind the layer, with the threads that the layer needs."""
    release = fingerprint()
    layer = FinishedPages(application, Store(settings.DATA_DIR, release))
    for task in (layer.follow, lambda: supervisor.keep_one_renderer(settings.DATA_DIR, release)):
        threading.Thread(target=task, daemon=True).start()
    return layer


def _is_plain_reading(environ: WSGIEnvironment, answers: _Answers) -> bool:
    """Whether any visitor at all would get the finished page for this."""
    return (
        environ["REQUEST_METHOD"] in _METHODS
        and not environ["QUERY_STRING"]
        and len(environ.get("HTTP_HOST", "")) <= _LONGEST_FIELD
        and is_allowed_host(environ.get("HTTP_HOST", ""))
        and not (answers.negotiated and not _WANTS_HTML.match(environ.get("HTTP_ACCEPT", "*/*")))
        and not any(name in environ for name in _PRECONDITIONS)
        and len(environ.get("HTTP_ACCEPT_ENCODING", "")) <= _LONGEST_FIELD
        # A curator sees each change at once, whoever has finished what.
        and f"{settings.SESSION_COOKIE_NAME}=" not in environ.get("HTTP_COOKIE", "")
    )


def _matches(if_none_match: str, etag: str) -> bool:
    """Whether a visitor has the page already, in whatever encoding (the weak comparison, RFC 9110 section 8.8.3.2)."""
    if if_none_match in (etag, f"W/{etag}"):
        return True
    candidates = [candidate.removeprefix("W/") for candidate in parse_etags(if_none_match)]
    return etag in candidates or candidates == ["*"]
