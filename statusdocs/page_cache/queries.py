"""What pages are rendered from: queries of the database, and their answers.

A page is outdated if one of the queries that it was rendered from has another answer now. So nobody has to declare what
a page depends on, and an edit costs what it changes: all queries of all pages are asked again in a fraction of the time
that it takes to render the pages.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection


class Query(NamedTuple):
    """A query that reads, as it was sent to the database.

    Attributes:
        statement: the SQL.
        parameters: its parameters as JSON.
    """

    statement: str
    parameters: str


@contextmanager
def recorded_queries() -> Iterator[set[Query]]:
    """The queries that this thread sends to the database meanwhile.

    Raises:
        TypeError: a query has parameters that JSON cannot hold, so that it could not be asked again.
    """
    queries: set[Query] = set()

    def record(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith("SELECT"):
            queries.add(Query(sql, json.dumps(params)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record):
        yield queries


def answers(queries: Iterable[Query]) -> dict[Query, str]:
    """A digest of the present answer to each query."""
    found = {}
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(query.statement, json.loads(query.parameters))
            found[query] = digest(repr(cursor.fetchall()))
    return found


def digest(*texts: str) -> str:
    """A short digest of texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def database_vendor() -> str:
    """The kind of database. Its SQL is not another one's."""
    return connection.vendor
