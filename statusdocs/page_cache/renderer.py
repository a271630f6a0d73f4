"""Makes finished pages, in the order in which they are needed."""

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
LOOKS_EVERY = 0.1
TRIES_AGAIN_AFTER = 1
TRIES_FAILED_PAGES_AFTER = 10


# What a page links to, in whatever representation: within HTML a path, elsewhere the whole address.
_LINK = re.compile(rb'(?:href="|https?://[^\s/"]+)(/[^"\s?#)>]*)')
# The frame around it is the same for every page.
_FRAME = re.compile(rb"\A.*?<main\b|</main>.*\Z", re.DOTALL)


class Renderer:
    """Keeps the store in step with the content.

    Args:
        application: Django, asked as by a visitor.
        store: where the pages go.
        addresses: every path that has a finished page, percent-encoded.
        content_state: a token that changes with every commit that changes content.
        subjects: for some paths, plain data that changes when what the page is about does, so that it must be among the
            first. `/404` speaks for `/404.json` too, and for everything below `/404/`. The data of a page that lists is
            a list: it changes with everything in it, takes longer, and is linked to from everywhere.
    """

    def __init__(
        self,
        application: WSGIApplication,
        store: Store,
        *,
        addresses: Callable[[], Iterable[str]],
        content_state: Callable[[], str],
        subjects: Callable[[], Iterable[tuple[str, object]]],
    ) -> None:
        self.application = application
        self.store = store
        self.addresses = addresses
        self.content_state = content_state
        self.subjects = subjects
        self._links = {path: _links(page) for _, path, page in store.changes_since(0) if page}
        # The pages that linked to something that changed: they are next.
        self._waiting: set[str] = set()
        # When each page was made or confirmed, and when those that failed are tried again (seconds, monotonic).
        self._done_at: dict[str, float] = {}
        self._try_again_at = math.inf

    def run(self) -> None:
        """Keep up with the content for ever."""
        finished = ""
        while True:
            time.sleep(LOOKS_EVERY)
            try:
                if self.state() != finished or time.monotonic() >= self._try_again_at:
                    finished = self.finish()
            except Exception:
                # The database is away, or the disk is full: the last good pages are still there.
                logger.exception("pages cannot be finished at the moment")
                close_old_connections()
                time.sleep(TRIES_AGAIN_AFTER)

    def state(self) -> str:
        """What pages are made of: the content and the day (UTC), since registrations expire."""
        return f"{self.content_state()} {datetime.now(UTC).date()}"

    def finish(self) -> str:
        """Bring every page to the present state, or as many as there is time for until the content changes again.

        Returns:
            The state to which it brought the pages. It need not be the present one any more.
        """
        state = self.state()
        subjects = dict(self.subjects())
        digests = {path: _digest(subject) for path, subject in subjects.items()}
        lists = {path for path, subject in subjects.items() if isinstance(subject, list)}
        addresses = list(self.addresses())
        self._try_again_at = math.inf
        # What has no address any more may answer still, as what nobody links to, and is Django's again.
        for path in self.store.held().keys() - set(addresses):
            self._put_nothing(path, state=state)
        for path in self._in_turn(addresses, digests, lists, state):
            status, fields, content = request(self.application, settings.ORIGIN, path)
            # What was made while the content changed may hold something of both states. Its turn comes again.
            if self.state() != state:
                break
            self._keep(path, status, fields, content, state=state, subject=digests.get(_subject(path, digests), ""))
        return state

    def _in_turn(self, addresses: list[str], digests: dict[str, str], lists: set[str], state: str) -> list[str]:
        """The pages that are not of this state, those first for which a reader may be waiting.

        First come those whose subject changed, lists last, then those that link to them, then those that are not held
        at all (and so are Django's to answer). Of the rest the one comes first that waited longest: all get their turn
        also where somebody saves every second.
        """
        held = self.store.held()
        subjects = {path: _subject(path, digests) for path in addresses}
        changed = {path for path in held if path in subjects and held[path].subject != digests.get(subjects[path], "")}
        linked = {path for path in changed if subjects[path] not in lists}
        self._waiting |= {path for path, links in self._links.items() if links & linked}

        def turn(path: str) -> tuple[int, bool, float, bool]:
            is_changed = path in changed
            is_list = subjects[path] in lists
            has_subject = subjects[path] in digests
            turns = (is_changed and not is_list, is_changed, path in self._waiting, path not in held, True)
            speaks_for_others = path in digests
            # On a first start, what has a subject comes before the hundreds of pages that say that there is none.
            return turns.index(True), is_changed and not speaks_for_others, self._done_at.get(path, 0), not has_subject

        old = [path for path in addresses if path in changed or path not in held or held[path].state != state]
        return sorted(old, key=turn)

    def _keep(self, path: str, status: int, fields: Fields, content: bytes, *, state: str, subject: str) -> None:
        """Put what was answered into the store, unless it is an error or is there already."""
        if status == HTTPStatus.OK:
            present = self.store.page(path)
            if present and (present.fields, present.content) == (fields, content):
                self.store.confirm(path, state=state, subject=subject)
            else:
                page = CachedPage.of(fields, content)
                self.store.put(path, page, state=state, subject=subject)
                self._links[path] = _links(page)
        elif status == HTTPStatus.NOT_FOUND:
            self._put_nothing(path, state=state)
        else:
            logger.error("%s answers %s: its last good page stays", path, status)
            self._try_again_at = time.monotonic() + TRIES_FAILED_PAGES_AFTER
            return
        self._waiting.discard(path)
        self._done_at[path] = time.monotonic()

    def _put_nothing(self, path: str, *, state: str) -> None:
        """Note that a page is gone."""
        self.store.put(path, None, state=state, subject="")
        self._links.pop(path, None)


def _subject(path: str, subjects: Container[str]) -> str:
    """The path that speaks for a page: its own, without a suffix, or the nearest one above; empty where none does."""
    candidate = path
    while candidate and candidate not in subjects:
        candidate = candidate.rpartition("." if "." in candidate else "/")[0]
    return candidate


def _digest(subject: object) -> str:
    return hashlib.sha256(repr(subject).encode()).hexdigest()[:16]


def _links(page: CachedPage) -> set[str]:
    return {path.decode("latin-1") for path in _LINK.findall(_FRAME.sub(b"", page.content))}
