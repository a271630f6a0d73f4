"""The cached pages on disk: a SQLite file that the renderer writes and every web process reads."""

from __future__ import annotations

import fcntl
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Self

from statusdocs.page_cache.cached_page import IDENTITY, CachedPage
from statusdocs.page_cache.queries import Query, digest

# Of a page that was removed the row stays, without fields, so that the web processes learn of it. What only the
# renderer needs is in tables of its own: to change a row, SQLite writes all of it again.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS page (
    path TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    fields TEXT,
    identity BLOB, br BLOB, zstd BLOB, gzip BLOB
);
CREATE INDEX IF NOT EXISTS page_version ON page (version);
CREATE TABLE IF NOT EXISTS entry (
    path TEXT PRIMARY KEY,
    length INTEGER NOT NULL,
    queries TEXT NOT NULL,
    outdated INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS query (id TEXT PRIMARY KEY, statement TEXT, parameters TEXT, answer TEXT);
CREATE TABLE IF NOT EXISTS statement (id TEXT PRIMARY KEY, sql TEXT);
CREATE TABLE IF NOT EXISTS state (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL);
"""
_ENCODINGS = (IDENTITY, "br", "zstd", "gzip")


class Entry(NamedTuple):
    """What the renderer knows of a cached page.

    Attributes:
        length: of its content, in bytes.
        queries: what it was rendered from.
        outdated: whether it has to be rendered again.
    """

    length: int
    queries: frozenset[Query]
    outdated: bool


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

    def state(self) -> str:
        """The state of which all pages are that are not outdated; empty in a new store."""
        (state,) = self.connection.execute("SELECT state FROM state").fetchone() or ("",)
        return state

    def answers(self) -> dict[Query, str]:
        """The queries that pages were rendered from, with the digest of the answer to each."""
        return dict(self._queries().values())

    def entries(self) -> dict[str, Entry]:
        """The entry of every page, by path."""
        queries = {name: query for name, (query, _) in self._queries().items()}
        rows = self.connection.execute("SELECT path, length, queries, outdated FROM entry")
        return {
            # Those of an outdated page may be forgotten.
            path: Entry(length, frozenset(queries[name] for name in names.split() if name in queries), bool(outdated))
            for path, length, names, outdated in rows
        }

    def put(self, path: str, page: CachedPage, queries: Mapping[Query, str]) -> None:
        """Store a page.

        Args:
            path: the path of its address, percent-encoded.
            page: the page.
            queries: what it was rendered from, with the digest of the answer to each.
        """
        with self._transaction():
            self._put(path, page)
            self._put_entry(path, len(page.content), queries)

    def confirm(self, path: str, length: int, queries: Mapping[Query, str]) -> None:
        """Record that a page that was rendered again is the same; arguments as of `put`."""
        with self._transaction():
            self._put_entry(path, length, queries)

    def remove(self, path: str) -> None:
        """Record that a page was removed."""
        with self._transaction():
            self._put(path, None)
            self.connection.execute("DELETE FROM entry WHERE path = ?", [path])

    def advance(self, state: str, changed: Mapping[Query, str | None], outdated: Iterable[str]) -> None:
        """Record a later state of the content, and what is outdated in it.

        Args:
            state: the state.
            changed: the queries that have another answer, with its digest; None where the query is to be forgotten.
            outdated: the paths of the pages that have to be rendered again.
        """
        with self._transaction():
            self.connection.execute("REPLACE INTO state VALUES (1, ?)", [state])
            self.connection.executemany("UPDATE entry SET outdated = 1 WHERE path = ?", [[path] for path in outdated])
            for query, answer in changed.items():
                if answer is None:
                    self.connection.execute("DELETE FROM query WHERE id = ?", [digest(*query)])
                else:
                    self.connection.execute("UPDATE query SET answer = ? WHERE id = ?", [answer, digest(*query)])

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

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        # It commits at the end, and rolls back at an error.
        with self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            yield

    def _put(self, path: str, page: CachedPage | None) -> None:
        fields = json.dumps(page.fields) if page else None
        contents = [page.contents.get(encoding) if page else None for encoding in _ENCODINGS]
        self.connection.execute(
            "REPLACE INTO page SELECT ?, coalesce(max(version), 0) + 1, ?, ?, ?, ?, ? FROM page",
            [path, fields, *contents],
        )

    def _put_entry(self, path: str, length: int, queries: Mapping[Query, str]) -> None:
        names = {query: digest(*query) for query in queries}
        for query, answer in queries.items():
            statement = digest(query.statement)
            self.connection.execute("INSERT OR IGNORE INTO statement VALUES (?, ?)", [statement, query.statement])
            self.connection.execute(
                "REPLACE INTO query VALUES (?, ?, ?, ?)", [names[query], statement, query.parameters, answer]
            )
        self.connection.execute("REPLACE INTO entry VALUES (?, ?, ?, 0)", [path, length, " ".join(names.values())])

    def _queries(self) -> dict[str, tuple[Query, str]]:
        """The queries with their answers, by their ids."""
        statements = dict(self.connection.execute("SELECT id, sql FROM statement"))
        rows = self.connection.execute("SELECT id, statement, parameters, answer FROM query")
        return {
            name: (Query(statements[statement], parameters), answer) for name, statement, parameters, answer in rows
        }


@lru_cache(maxsize=1024)
def _field(name: str, value: str) -> tuple[str, str]:
    """A header field. Most are the same on thousands of pages, which share one object in memory."""
    return name, value
