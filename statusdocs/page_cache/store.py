"""The cached pages on disk: a SQLite file that the renderer writes and every web process reads."""

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

# A removed page keeps its row, without fields, so that the web processes learn of it.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS page (
    path TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    dependencies TEXT NOT NULL,
    fields TEXT,
    identity BLOB, br BLOB, zstd BLOB, gzip BLOB
);
CREATE INDEX IF NOT EXISTS page_version ON page (version);
"""
_ENCODINGS = (IDENTITY, "br", "zstd", "gzip")


class Entry(NamedTuple):
    """What the renderer compares to tell whether a page is outdated.

    Attributes:
        version: counts up with every write to the store.
        state: the state of the content from which the page was rendered or confirmed.
        dependencies: a digest of the data that the page depends on.
    """

    version: int
    state: str
    dependencies: str


class Store:
    """The cached pages of one release.

    Args:
        folder: the data folder.
        release: the fingerprint of the release. Every release has a file of its own.
    """

    def __init__(self, folder: Path, release: str) -> None:
        # An older name of cached pages, so that the stores of older releases are still found and removed.
        self.path = folder / f"finished-{release}.sqlite3"
        # Used by one thread at a time, but not always by the one that opened it. Losing the last pages in a power cut
        # does no harm: they are rendered again.
        self.connection = sqlite3.connect(self.path, timeout=5, isolation_level=None, check_same_thread=False)
        # When two processes switch a new file to WAL at once, SQLite refuses one of them in spite of the timeout.
        with self.path.with_suffix(".opening").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.connection.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; {_SCHEMA}")
        self._data_version = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.connection.close()

    def has_changed(self) -> bool:
        """Whether another connection wrote since the last call. It reads no page."""
        (data_version,) = self.connection.execute("PRAGMA data_version").fetchone()
        changed = data_version != self._data_version
        self._data_version = data_version
        return changed

    def changes_since(self, version: int) -> Iterator[tuple[int, str, CachedPage | None]]:
        """The version, path and page of every later write, oldest first; None in place of a removed page."""
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
                present = {encoding: content for encoding, content in by_encoding if content is not None}
                yield version, path, CachedPage([_field(name, value) for name, value in json.loads(fields)], present)

    def page(self, path: str) -> CachedPage | None:
        """The page at a path, if there is one."""
        (version,) = self.connection.execute("SELECT version FROM page WHERE path = ?", [path]).fetchone() or (None,)
        return None if version is None else next(self.changes_since(version - 1))[2]

    def entries(self) -> dict[str, Entry]:
        """The entry of every page, by path."""
        rows = self.connection.execute("SELECT path, version, state, dependencies FROM page WHERE fields IS NOT NULL")
        return {path: Entry(*row) for path, *row in rows}

    def put(self, path: str, page: CachedPage | None, *, state: str, dependencies: str) -> None:
        """Store a page, or record that it was removed.

        Args:
            path: the path of its address, percent-encoded.
            page: the page; None where it was removed.
            state: the state of the content from which it was rendered.
            dependencies: the digest of the data that it depends on.
        """
        fields = json.dumps(page.fields) if page else None
        contents = [page.contents.get(encoding) if page else None for encoding in _ENCODINGS]
        self.connection.execute(
            "REPLACE INTO page SELECT ?, coalesce(max(version), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM page",
            [path, state, dependencies, fields, *contents],
        )

    def confirm(self, path: str, *, state: str, dependencies: str) -> None:
        """Record that a page is the same in a later state of the content."""
        self.connection.execute(
            "UPDATE page SET state = ?, dependencies = ? WHERE path = ?", [state, dependencies, path]
        )

    def remove_other_releases(self) -> None:
        """Delete the files of other releases, except those that still have a running web process."""
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
    """A header field. Most are the same on thousands of pages, which share one object in memory."""
    return name, value
