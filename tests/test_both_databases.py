"""Whichever database has the content, the pages are the same to the byte.

That is why tests that look at pages run on SQLite only (`tests/__main__.py`).
"""

import os

import pytest

pytestmark = [
    pytest.mark.served,
    pytest.mark.skipif("DATABASE_URL" not in os.environ, reason="compares PostgreSQL with SQLite, which ran before"),
]


def test_every_page_from_postgresql_is_the_one_from_sqlite(filled_site):
    assert filled_site.had_store, "no store of a site on SQLite was kept: run a test with a server there first"

    # Static files come from no database; they were collected anew, which their header fields say.
    assert {path for path in filled_site.rendered | filled_site.removed if not path.startswith("/static/")} == set()
