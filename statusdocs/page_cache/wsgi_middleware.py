"""The WSGI middleware in front of Django that responds with cached pages from memory."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings

from statusdocs.page_cache import supervisor
from statusdocs.page_cache.cached_page import path_info
from statusdocs.page_cache.cached_response import CachedResponse, is_cacheable_request
from statusdocs.page_cache.fingerprint import fingerprint
from statusdocs.page_cache.response_cache import ResponseCache
from statusdocs.page_cache.store import Store

logger = logging.getLogger(__name__)

# Seconds. With the renderer's own interval and the time of a few renderings, an edit shows within a second.
POLL_INTERVAL = 0.1


class PageCacheMiddleware:
    """Responds with cached pages, and hands every other request on to the response cache and Django.

    Args:
        application: Django, as a WSGI application.
        store: the cached pages. Those that are there already are used from the first request on.
    """

    def __init__(self, application: WSGIApplication, store: Store) -> None:
        self.response_cache = ResponseCache(application)
        self.store = store
        self._responses: dict[str, CachedResponse] = {}
        self._version = 0
        self.refresh()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        cached = self._responses.get(environ["PATH_INFO"])
        if (
            cached is None
            or environ["QUERY_STRING"]
            or not is_cacheable_request(environ)
            or not cached.is_preferred(environ)
        ):
            return self.response_cache(environ, start_response)
        return cached.respond(environ, start_response)

    def refresh(self) -> None:
        """Load what was written to the store since the last time."""
        if not self.store.has_changed():
            return
        for version, path, page in self.store.changes_since(self._version):
            if page:
                self._responses[path_info(path)] = CachedResponse(page)
            else:
                self._responses.pop(path_info(path), None)
            self._version = version
        # A change of content reaches the store within a second.
        self.response_cache.clear()

    def poll(self) -> None:
        """Refresh again and again, for as long as the process lives."""
        while True:
            time.sleep(POLL_INTERVAL)
            try:
                self.refresh()
            except Exception:
                # Whatever it is, the process must go on and learn of the next edit.
                logger.exception("the store of cached pages cannot be read")


def with_page_cache(application: WSGIApplication) -> WSGIApplication:
    """The application behind the page cache, with the threads that it needs."""
    release = fingerprint()
    page_cache = PageCacheMiddleware(application, Store(settings.DATA_DIR, release))
    for task in (page_cache.poll, lambda: supervisor.supervise_renderer(settings.DATA_DIR, release)):
        threading.Thread(target=task, daemon=True).start()
    return page_cache
