"""The layer in front of Django that answers with finished pages from memory."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings

from statusdocs.page_cache import supervisor
from statusdocs.page_cache.cached_page import path_info
from statusdocs.page_cache.cached_response import CachedResponse, is_plain_reading
from statusdocs.page_cache.fingerprint import fingerprint
from statusdocs.page_cache.response_cache import ResponseCache
from statusdocs.page_cache.store import Store

logger = logging.getLogger(__name__)

# Seconds. With the time of the renderer's own look at the content and of a few renderings it stays below one second.
LOOKS_EVERY = 0.1


class PageCacheMiddleware:
    """A WSGI application that answers a plain reading of a finished page, and hands on everything else.

    Args:
        application: Django.
        store: where the finished pages are. Those that are there at once are answered from the first request on.
    """

    def __init__(self, application: WSGIApplication, store: Store) -> None:
        self.recent = ResponseCache(application)
        self.store = store
        self._answers: dict[str, CachedResponse] = {}
        self._version = 0
        self.take_what_is_new()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answers = self._answers.get(environ["PATH_INFO"])
        if (
            answers is None
            or environ["QUERY_STRING"]
            or not is_plain_reading(environ)
            or not answers.is_preferred(environ)
        ):
            return self.recent(environ, start_response)
        return answers.answer(environ, start_response)

    def take_what_is_new(self) -> None:
        """Hold what was put into the store since it was read last."""
        if not self.store.has_changed():
            return
        for version, path, page in self.store.changes_since(self._version):
            if page:
                self._answers[path_info(path)] = CachedResponse(page)
            else:
                self._answers.pop(path_info(path), None)
            self._version = version
        # A content that changed shows in the store within the second.
        self.recent.forget()

    def follow(self) -> None:
        """Hold what is new, again and again, for as long as the process lives."""
        while True:
            time.sleep(LOOKS_EVERY)
            try:
                self.take_what_is_new()
            except Exception:
                # Whatever it is, the process goes on answering, and shall hear of the next edit.
                logger.exception("the store of finished pages cannot be read")


def with_page_cache(application: WSGIApplication) -> WSGIApplication:
    """The application behind the layer, with the threads that the layer needs."""
    release = fingerprint()
    layer = PageCacheMiddleware(application, Store(settings.DATA_DIR, release))
    for task in (layer.follow, lambda: supervisor.keep_one_renderer(settings.DATA_DIR, release)):
        threading.Thread(target=task, daemon=True).start()
    return layer
