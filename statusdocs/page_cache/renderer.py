"""Renders the pages that are outdated, those first for which a reader may be waiting."""

from __future__ import annotations

import hashlib
import logging
import math
import re
import time
from collections.abc import Callable, Container, Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.db import close_old_connections

from statusdocs.page_cache.cached_page import CachedPage, Fields, request
from statusdocs.page_cache.store import Store

logger = logging.getLogger(__name__)

# Seconds.
POLL_INTERVAL = 0.1
RETRY_DELAY = 1
FAILED_PAGE_RETRY_DELAY = 10

# The path of a link in any representation: in HTML as it is, elsewhere within an absolute address.
_LINK = re.compile(rb'(?:href="|https?://[^\s/"]+)(/[^"\s?#)>]*)')
# What surrounds the main content is the same on every page.
_FRAME = re.compile(rb"\A.*?<main\b|</main>.*\Z", re.DOTALL)


class Renderer:
    """Keeps the store in step with the content.

    Args:
        application: Django, as a WSGI application.
        store: where the pages go.
        addresses: every path to cache, percent-encoded.
        content_state: a token that changes with every commit that changes content.
        dependencies: for some paths, the data that the page depends on; where it changes, the page is among the first
            to be rendered. The data of `/404` counts for `/404.json` too, and for everything below `/404/`. The data of
            a page that lists things is a list: such a page changes with each of them, takes longer to render, and is
            linked from everywhere.
    """

    def __init__(
        self,
        application: WSGIApplication,
        store: Store,
        *,
        addresses: Callable[[], Iterable[str]],
        content_state: Callable[[], str],
        dependencies: Callable[[], Iterable[tuple[str, object]]],
    ) -> None:
        self.application = application
        self.store = store
        self.addresses = addresses
        self.content_state = content_state
        self.dependencies = dependencies
        self._links = {path: _links(page) for _, path, page in store.changes_since(0) if page}
        # Pages that link to a changed page and were not rendered since.
        self._linking: set[str] = set()
        # When each page was rendered or confirmed, and when failed pages are tried again (seconds, monotonic).
        self._rendered_at: dict[str, float] = {}
        self._retry_at = math.inf

    def run(self) -> None:
        """Follow the content for ever."""
        rendered = ""
        while True:
            time.sleep(POLL_INTERVAL)
            try:
                if self.state() != rendered or time.monotonic() >= self._retry_at:
                    rendered = self.update()
            except Exception:
                # The database is away, or the disk is full: the last good pages are still there.
                logger.exception("pages cannot be rendered at the moment")
                close_old_connections()
                time.sleep(RETRY_DELAY)

    def state(self) -> str:
        """What pages are rendered from: the content and the day (UTC), since registrations expire."""
        return f"{self.content_state()} {datetime.now(UTC).date()}"

    def update(self) -> str:
        """Bring every page to the present state, or as many as possible until the content changes again.

        Returns:
            The state to which the pages were brought. It need not be the present one any more.
        """
        state = self.state()
        dependencies = dict(self.dependencies())
        digests = {path: _digest(data) for path, data in dependencies.items()}
        lists = {path for path, data in dependencies.items() if isinstance(data, list)}
        addresses = list(self.addresses())
        self._retry_at = math.inf
        # A path that is no address any more may still answer, but nothing links to it: Django can do that.
        for path in self.store.entries().keys() - set(addresses):
            self._remove(path, state=state)
        for path in self._outdated(addresses, digests, lists, state):
            status, fields, content = request(self.application, settings.ORIGIN, path)
            # A page rendered while the content changed may mix two states. It stays outdated.
            if self.state() != state:
                break
            digest = digests.get(_owner(path, digests), "")
            self._store_response(path, status, fields, content, state=state, dependencies=digest)
        return state

    def _outdated(self, addresses: list[str], digests: dict[str, str], lists: set[str], state: str) -> list[str]:
        """The pages that are not of this state, in order of priority.

        First the pages whose own dependencies changed, lists after the others; then the pages that link to them; then
        those that are not cached, which Django has to answer. Of the rest, the page that was rendered longest ago comes
        first, so that each gets its turn even where somebody saves every second.
        """
        entries = self.store.entries()
        owners = {path: _owner(path, digests) for path in addresses}
        changed = {
            path
            for path, entry in entries.items()
            if path in owners and entry.dependencies != digests.get(owners[path], "")
        }
        linked = {path for path in changed if owners[path] not in lists}
        self._linking |= {path for path, links in self._links.items() if links & linked}

        def priority(path: str) -> tuple[int, bool, float, bool]:
            is_changed = path in changed
            is_list = owners[path] in lists
            groups = (is_changed and not is_list, is_changed, path in self._linking, path not in entries, True)
            # `/404` before `/404.json`; and on a first start, pages with data before the hundreds of unused numbers.
            is_owner, has_owner = path in digests, owners[path] in digests
            return groups.index(True), is_changed and not is_owner, self._rendered_at.get(path, 0), not has_owner

        outdated = [
            path for path in addresses if path in changed or path not in entries or entries[path].state != state
        ]
        return sorted(outdated, key=priority)

    def _store_response(
        self, path: str, status: int, fields: Fields, content: bytes, *, state: str, dependencies: str
    ) -> None:
        """Store a response; confirm the page where it is the same, and keep it where the response is an error."""
        if status == HTTPStatus.OK:
            present = self.store.page(path)
            if present and (present.fields, present.content) == (fields, content):
                self.store.confirm(path, state=state, dependencies=dependencies)
            else:
                page = CachedPage.from_response(fields, content)
                self.store.put(path, page, state=state, dependencies=dependencies)
                self._links[path] = _links(page)
        elif status == HTTPStatus.NOT_FOUND:
            self._remove(path, state=state)
        else:
            logger.error("%s answers %s: its last good page is kept", path, status)
            self._retry_at = time.monotonic() + FAILED_PAGE_RETRY_DELAY
            return
        self._linking.discard(path)
        self._rendered_at[path] = time.monotonic()

    def _remove(self, path: str, *, state: str) -> None:
        self.store.put(path, None, state=state, dependencies="")
        self._links.pop(path, None)


def _owner(path: str, dependencies: Container[str]) -> str:
    """The path whose dependencies count for a page: its own, without a suffix, or the nearest above; else empty."""
    candidate = path
    while candidate and candidate not in dependencies:
        candidate = candidate.rpartition("." if "." in candidate else "/")[0]
    return candidate


def _digest(data: object) -> str:
    return hashlib.sha256(repr(data).encode()).hexdigest()[:16]


def _links(page: CachedPage) -> set[str]:
    """The paths that the main content of a page links to."""
    return {path.decode("latin-1") for path in _LINK.findall(_FRAME.sub(b"", page.content))}
