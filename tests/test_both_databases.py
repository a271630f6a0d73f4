"""Whichever database has the content, the pages are the same to the byte.

That is why tests that look at pages run on SQLite only (`tests/__main__.py`).
"""

import os

import pytest

pytestmark = [
    pytest.mark.served,
    pytest.mark.skipif("DATABASE_URL" not in os.environ, reason="compares PostgreSQL with SQLite, which ran before"),
]


def test_every_page_from_postgresql_is_the_one_from_sqlite(site):
    if not site.had_store:
        pytest.skip("no store was kept of a site on SQLite: run a served test there first")

    # Static files come from no database; they were collected anew, which their header fields say.
    assert {path for path in site.rendered | site.removed if not path.startswith("/static/")} == set()
