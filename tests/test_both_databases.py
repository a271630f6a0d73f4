"""Whichever database has the content, the pages are the same to the byte.

That is why tests that look at pages run on SQLite only (`tests/__main__.py`).
"""

import os
import subprocess
import time

import pytest
from django.conf import settings
from django.db import connection

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor == "sqlite", reason="compares PostgreSQL with SQLite"),
]

# Seconds. The site on SQLite of the same run fills its store meanwhile.
STORE_WITHIN = 600

# The unassigned numbers are all one page; 427 speaks for the rest.
COMPARE = """
import sys
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from statusdocs.page_cache.cached_page import request
from statusdocs.page_cache.fingerprint import fingerprint
from statusdocs.page_cache.store import Store

application = get_wsgi_application()
from codes.models import StatusCode
release = fingerprint()
# The pages of that site name its port, and its data folder is part of the fingerprint.
kept = settings.DATA_DIR.parent / "kept"
if not (kept / f"finished-{release}.sqlite3").exists():
    sys.exit("there is no store of this release")
unassigned = {f"/{number}" for number in range(100, 600)} - {f"/{number}" for number in StatusCode.objects.numbers()}
with Store(kept, release) as store:
    pages = {path: page for _, path, page in store.changes_since(0) if page and not path.startswith("/static/")}
compared = [path for path in pages if path.partition(".")[0] not in unassigned - {"/427"}]
others = [path for path in compared
          if request(application, settings.ORIGIN, path) != (200, pages[path].fields, pages[path].content)]
print(len(compared), *others, sep="\\n")
"""


def test_every_page_from_postgresql_is_the_one_from_sqlite(pytestconfig, tmp_path):
    data = pytestconfig.cache.mkdir("site") / "data"
    # The tests have a database of their own beside the one that DATABASE_URL names. The order of a set of strings is
    # that of the renderer (`supervisor.py`).
    environment = {
        **os.environ,
        "STATUSDOCS_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "statusdocs.settings",
        "PYTHONHASHSEED": "0",
    }

    def compare():
        return subprocess.run(
            [".venv/bin/python", "-c", COMPARE],
            cwd=settings.BASE_DIR,
            env={**environment, "PORT": (data / "port").read_text()},
            capture_output=True,
            text=True,
            check=False,
        )

    subprocess.run(
        ["make", "--silent", "content"],
        cwd=settings.BASE_DIR,
        env={**environment, "STATUSDOCS_DATA": str(tmp_path)},
        check=True,
    )
    deadline = time.monotonic() + STORE_WITHIN
    while not (data / "port").exists() or "no store of this release" in (compared := compare()).stderr:
        assert time.monotonic() < deadline, "no site on SQLite kept its store: run a test that takes `filled_site`"
        time.sleep(5)

    assert compared.returncode == 0, compared.stderr
    count, *others = compared.stdout.split()
    assert others == []
    assert int(count) > 1_500
