"""Where finished pages are kept: a SQLite file that the renderer writes and every web process reads."""

from __future__ import annotations

import fcntl
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Self

from statusdocs.page_cache.cached_page import IDENTITY, CachedPage

# A page that is gone keeps its row, without fields, so that the web processes hear of it.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS page (
    path TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    subject TEXT NOT NULL,
    fields TEXT,
    identity BLOB, br BLOB, zstd BLOB, gzip BLOB
);
CREATE INDEX IF NOT EXISTS page_version ON page (version);
"""
_ENCODINGS = (IDENTITY, "br", "zstd", "gzip")


class Held(NamedTuple):
    """What the renderer must know of a page to tell when it is its turn again."""

    version: int
    state: str
    subject: str


class Store:
    """The finished pages of one release.

    Args:
        folder: the data folder.
        release: the fingerprint of the release. Every release has a file of its own.
    """

    def __init__(self, folder: Path, release: str) -> None:
        self.path = folder / f"finished-{release}.sqlite3"
        # One thread at a time uses it, but not always the one that opened it. Losing the last pages in a power cut
        # does no harm: they are made again.
        self.connection = sqlite3.connect(self.path, timeout=5, isolation_level=None, check_same_thread=False)
        # Of two that switch a new file to WAL at once SQLite refuses one, without the wait that it was told.
        with self.path.with_suffix(".opening").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.connection.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; {_SCHEMA}")
        self._data_version = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.connection.close()

    def has_changed(self) -> bool:
        """Whether somebody else wrote since this was asked last. It reads no page."""
        (data_version,) = self.connection.execute("PRAGMA data_version").fetchone()
        changed = data_version != self._data_version
        self._data_version = data_version
        return changed

    def changes_since(self, version: int) -> Iterator[tuple[int, str, CachedPage | None]]:
        """The version, path and page of everything that was put later, in that order; None where a page is gone."""
        columns = ", ".join(_ENCODINGS)
        rows = self.connection.execute(
            f"SELECT version, path, fields, {columns} FROM page WHERE version > ? ORDER BY version",  # noqa: S608
            [version],
        )
        with closing(rows):
            for version, path, fields, *contents in rows:
                if fields is None:
                    yield version, path, None
                    continue
                by_encoding = zip(_ENCODINGS, contents, strict=True)
                held = {encoding: content for encoding, content in by_encoding if content is not None}
                yield version, path, CachedPage([_field(name, value) for name, value in json.loads(fields)], held)

    def page(self, path: str) -> CachedPage | None:
        """The page at a path."""
        (version,) = self.connection.execute("SELECT version FROM page WHERE path = ?", [path]).fetchone() or (None,)
        return None if version is None else next(self.changes_since(version - 1))[2]

    def held(self) -> dict[str, Held]:
        """Every page that is there, by its path."""
        rows = self.connection.execute("SELECT path, version, state, subject FROM page WHERE fields IS NOT NULL")
        return {path: Held(*row) for path, *row in rows}

    def put(self, path: str, page: CachedPage | None, *, state: str, subject: str) -> None:
        """Keep a page, or note that it is gone (None).

        Args:
            path: the address's path.
            page: what is there now.
            state: the state of the content of which it was made.
            subject: the digest of what it is about.
        """
        fields = json.dumps(page.fields) if page else None
        contents = [page.contents.get(encoding) if page else None for encoding in _ENCODINGS]
        self.connection.execute(
            "REPLACE INTO page SELECT ?, coalesce(max(version), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM page",
            [path, state, subject, fields, *contents],
        )

    def confirm(self, path: str, *, state: str, subject: str) -> None:
        """Note that a page is still right in another state of the content."""
        self.connection.execute("UPDATE page SET state = ?, subject = ? WHERE path = ?", [state, subject, path])

    def remove_other_releases(self) -> None:
        """Delete what other releases left, where none of their web processes runs any more."""
        folder = self.path.parent
        for store in folder.glob("finished-*.sqlite3"):
            if store == self.path:
                continue
            with store.with_suffix(".lock").open("w") as lock, suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for path in folder.glob(f"{store.stem}.*"):
                    path.unlink(missing_ok=True)


@lru_cache(maxsize=1024)
def _field(name: str, value: str) -> tuple[str, str]:
    """A header field; most are the same for thousands of pages, which then share it in memory."""
    return name, value
