"""Renders the pages that are outdated, those first for which a reader may be waiting."""

from __future__ import annotations

import logging
import math
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.db import close_old_connections

from statusdocs.page_cache.cached_page import CachedPage, Fields, request
from statusdocs.page_cache.queries import Query, answers, database_vendor, recorded_queries
from statusdocs.page_cache.store import Entry, Store

logger = logging.getLogger(__name__)

# Seconds.
POLL_INTERVAL = 0.1
RETRY_DELAY = 1
FAILED_PAGE_RETRY_DELAY = 10
# In bytes, more than any list: of a page that no edit outdated. Another day began, or it is not cached yet, so that
# Django responds with it and nobody sees anything old.
_DEFAULT_COST = 10_000_000


class Renderer:
    """Keeps the store in step with the content.

    Args:
        application: Django, as a WSGI application.
        store: where the pages go.
        addresses: every path to cache, percent-encoded.
        content_state: a token that changes with every commit that changes content.
    """

    def __init__(
        self,
        application: WSGIApplication,
        store: Store,
        *,
        addresses: Callable[[], Iterable[str]],
        content_state: Callable[[], str],
    ) -> None:
        self.application = application
        self.store = store
        self.addresses = addresses
        self.content_state = content_state
        # What each page that was not reached costs at the next update.
        self._costs: dict[str, float] = {}
        # When failed pages are tried again (seconds, monotonic).
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
        """What pages are rendered from: the content, the day (UTC), since registrations expire, and the database."""
        return f"{self.content_state()} {datetime.now(UTC).date()} {database_vendor()}"

    def update(self) -> str:
        """Bring every page to the present state, or as many as possible until the content changes again.

        Returns:
            The state to which the pages were brought. It need not be the present one any more.
        """
        state = self.state()
        addresses = list(self.addresses())
        entries = self.store.entries()
        _, day, vendor = state.split(" ")
        stored = self.store.state().split(" ")
        is_same_day = day in stored
        # Queries are in the SQL of one database. With another one, all that is known is forgotten.
        is_same_database = vendor in stored
        used: set[Query] = set().union(*(entry.queries for entry in entries.values()))
        present = answers(used) if is_same_database else {}
        if self.state() != state:
            # The answers may be of two states.
            return ""

        changed = {query for query, answer in self.store.answers().items() if present.get(query) != answer}
        outdated = {
            path
            for path, entry in entries.items()
            if entry.outdated or entry.queries & changed or not (is_same_day and is_same_database)
        }
        self.store.advance(state, {query: present.get(query) for query in changed}, outdated)
        self._retry_at = math.inf
        # A path that is no address any more may still answer, but nothing links to it: Django can do that.
        for path in entries.keys() - set(addresses):
            self.store.remove(path)
        waiting = [path for path in addresses if path in outdated or path not in entries]
        for path in self._by_priority(waiting, entries, changed):
            with recorded_queries() as queries:
                status, fields, content = request(self.application, settings.ORIGIN, path)
            present |= answers(queries - present.keys())
            # A page rendered while the content changed may mix two states. It stays outdated.
            if self.state() != state:
                break
            self._store_response(path, status, fields, content, {query: present[query] for query in queries})
        return state

    def _by_priority(self, waiting: list[str], entries: dict[str, Entry], changed: set[Query]) -> list[str]:
        """The pages that have to be rendered, in the order in which readers miss them.

        What was edited is on small pages that share the change with few others; lists are longer, and what only
        mentions it is on many pages. Each time that a page was not reached it costs half, so that every page gets its
        turn even where somebody saves every second.
        """
        sharers = Counter(query for entry in entries.values() for query in entry.queries & changed)

        def cost(path: str) -> float:
            before = self._costs.get(path, _DEFAULT_COST)
            entry = entries.get(path)
            if entry is None or not entry.queries & changed:
                return before
            return min(before, entry.length * min(sharers[query] for query in entry.queries & changed))

        costs = {path: cost(path) for path in waiting}
        self._costs = {path: cost / 2 for path, cost in costs.items()}
        return sorted(waiting, key=costs.__getitem__)

    def _store_response(
        self, path: str, status: int, fields: Fields, content: bytes, queries: dict[Query, str]
    ) -> None:
        """Store a response; confirm the page where it is the same, and keep it where the response is an error."""
        if status == HTTPStatus.OK:
            present = self.store.page(path)
            if present and (present.fields, present.content) == (fields, content):
                self.store.confirm(path, len(content), queries)
            else:
                self.store.put(path, CachedPage.from_response(fields, content), queries)
        elif status == HTTPStatus.NOT_FOUND:
            self.store.remove(path)
        else:
            logger.error("%s answers %s: its last good page is kept", path, status)
            self._retry_at = time.monotonic() + FAILED_PAGE_RETRY_DELAY
            return
        self._costs.pop(path, None)
