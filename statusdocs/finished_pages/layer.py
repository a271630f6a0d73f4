"""The layer in front of Django that answers with finished pages from memory."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterable
from functools import lru_cache
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.utils.http import parse_etags

from statusdocs.finished_pages import supervisor
from statusdocs.finished_pages.page import IDENTITY, Page, best_encoding, field, fields_of_not_modified, path_info
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
_PRECONDITIONS = frozenset({"HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"})
# Characters. What Host, Accept and Accept-Encoding mean is remembered, in a bound of memory that no visitor can exceed.
# Where together they are longer, the request is Django's.
_LONGEST_FIELDS = 500


class _Answers:
    """A page as the layer sends it: next to nothing is left to compute when a request comes."""

    __slots__ = ("etags", "fields", "negotiated", "not_modified", "page")

    def __init__(self, page: Page) -> None:
        self.page = page
        self.etags = (page.etag, f"W/{page.etag}")
        self.negotiated = "accept" in re.split("[ ,]+", field(page.fields, "vary").lower())
        # By encoding, the identity among them.
        self.fields = {encoding: page.fields_of(encoding) for encoding in (IDENTITY, *page.contents)}
        self.not_modified = {encoding: fields_of_not_modified(fields) for encoding, fields in self.fields.items()}


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

        encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if encoding not in answers.fields:
            encoding = IDENTITY
        # The server sends a list in one go, and anything else piece by piece, which takes it longer.
        if "HTTP_IF_NONE_MATCH" in environ and _matches(environ["HTTP_IF_NONE_MATCH"], answers.etags):
            start_response("304 Not Modified", answers.not_modified[encoding])
            return []
        start_response("200 OK", answers.fields[encoding])
        return [answers.page.content_in(encoding)] if environ["REQUEST_METHOD"] == "GET" else []

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
    host = environ.get("HTTP_HOST", "")
    accept = environ.get("HTTP_ACCEPT", "*/*")
    return (
        environ["REQUEST_METHOD"] in _METHODS
        and not environ["QUERY_STRING"]
        and len(host) + len(accept) + len(environ.get("HTTP_ACCEPT_ENCODING", "")) <= _LONGEST_FIELDS
        and is_allowed_host(host)
        and (not answers.negotiated or _wants_html(accept))
        and environ.keys().isdisjoint(_PRECONDITIONS)
        # A curator sees each change at once, whoever has finished what.
        and ("HTTP_COOKIE" not in environ or f"{settings.SESSION_COOKIE_NAME}=" not in environ["HTTP_COOKIE"])
    )


@lru_cache(maxsize=1024)
def _wants_html(accept: str) -> bool:
    return _WANTS_HTML.match(accept) is not None


def _matches(if_none_match: str, etags: tuple[str, str]) -> bool:
    """Whether a visitor has the page already, in whatever encoding (the weak comparison, RFC 9110 section 8.8.3.2)."""
    if if_none_match in etags:
        return True
    candidates = parse_etags(if_none_match)
    return candidates == ["*"] or not set(etags).isdisjoint(candidates)
