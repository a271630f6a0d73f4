"""What tests start from, made once and kept in pytest's cache: the shipped content, and a site with every page."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings

from tests.served_site import Site, free_port

FIXTURES = settings.BASE_DIR / "fixtures"
# What decides how the content gets into a database.
_CODE = settings.BASE_DIR / "codes"
_ROOMS = [_CODE / room for room in ("content", "management", "migrations", "models")]


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Wait until no other process of tests uses a folder."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copy_content(folder: Path, target: sqlite3.Connection) -> None:
    """Copy the shipped content into a SQLite database.

    It is loaded as on the first start of a site, once for each state of the fixtures and of the code that loads them.

    Args:
        folder: where the loaded content is kept.
        target: the database; what is in it is lost.
    """
    digest = hashlib.sha256()
    for path in sorted(
        [_CODE / "querysets.py", *FIXTURES.rglob("*.yaml"), *(path for room in _ROOMS for path in room.rglob("*.py"))]
    ):
        digest.update(path.read_bytes())
    database = folder / digest.hexdigest()[:16] / "statusdocs.sqlite3"
    with _locked(folder):
        # Of the processes of a run the first loads, the others copy.
        if not database.exists():
            for old in folder.glob("*/"):
                shutil.rmtree(old)
            loading = folder / "loading"
            environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
            environment |= {"STATUSDOCS_DATA": str(loading), "DJANGO_SETTINGS_MODULE": "statusdocs.settings"}
            subprocess.run(["make", "--silent", "content"], cwd=settings.BASE_DIR, env=environment, check=True)
            loading.rename(database.parent)
        with closing(sqlite3.connect(database)) as source:
            source.backup(target)


@contextmanager
def site(folder: Path, content: Path) -> Iterator[Site]:
    """The site behind its real server.

    The first site fills its store, and `keep_store` keeps it. The next ones start with a copy, and with all that makes
    the store valid: the same folder, port and secret key. Their renderer renders again what the program or the database
    has changed.

    Args:
        folder: where the site's data folder is, and the copy.
        content: where the loaded content is kept. A site on PostgreSQL loads its own.
    """
    data, kept = folder / "data", folder / "kept"
    with _locked(folder):
        shutil.rmtree(data, ignore_errors=True)
        if kept.exists():
            shutil.copytree(kept, data)
        data.mkdir(exist_ok=True)
        if "DATABASE_URL" not in os.environ:
            with closing(sqlite3.connect(data / "statusdocs.sqlite3")) as database:
                copy_content(content, database)
        port = data / "port"
        port.write_text(str(free_port(int(port.read_text()) if port.exists() else 0)))
        served = Site(data, port=port.read_text())
        try:
            served.wait()
            yield served
        finally:
            served.stop()


def keep_store(folder: Path, served: Site) -> None:
    """Keep the store of a filled site for the next ones, unless it is the one that is kept.

    Args:
        folder: that of `site()`.
        served: the site. Its content must be the shipped one.
    """
    if not (served.rendered or served.removed):
        return
    kept, copy, store = folder / "kept", folder / "copy", served.store()
    for old in (kept, copy):
        shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(served.folder, copy, ignore=shutil.ignore_patterns("*.sqlite3*", "log"))
    with closing(sqlite3.connect(store)) as source, closing(sqlite3.connect(copy / store.name)) as target:
        source.backup(target)
    # In one step: another process may be waiting for it.
    copy.rename(kept)
