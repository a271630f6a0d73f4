"""The site as `make run` starts it: what the tests ask that need a real server."""

import os
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from contextlib import closing
from urllib.error import URLError

from django.conf import settings

STARTS_WITHIN = 300  # seconds; the first start loads the content, perhaps on a busy machine
FILLED_WITHIN = 900  # seconds, with every page to render

SHOW_STATE = "from codes.content.state import content_state; print(content_state())"
LIST_ADDRESSES = """
from codes.publishing.addresses import every
from statusdocs.page_cache.static_files import static_files
print(*static_files(), *every(), sep="\\n")
"""


def free_port(preferred=0):
    """A port on which nobody listens."""
    with socket.socket() as free:
        # What the last server's clients left behind keeps no port busy.
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            free.bind(("127.0.0.1", preferred))
        except OSError:
            free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Site:
    """A site as `make run` starts it, with a data folder and a database of its own.

    Args:
        folder: the data folder.
        port: where it listens; a free one where none is named.
        before: a command that starts the whole, such as taskset.
        environment: settings.

    Attributes:
        rendered: the paths of the pages that were not in the store that it started with, or were others; known once it
            is filled.
        removed: the paths of the pages that were in that store and are no more.
    """

    def __init__(self, folder, *, port=None, before=(), **environment):
        port = str(port or free_port())
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {**os.environ, "STATUSDOCS_DATA": str(folder), "PORT": port, **environment}
        self.environment["DJANGO_SETTINGS_MODULE"] = "statusdocs.settings"
        self.folder = folder
        self.log = folder / "log"
        self.rendered, self.removed = set(), set()
        self._kept = {store.name: self._pages(store) for store in folder.glob("finished-*.sqlite3")}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*before, "make", "run"],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def manage(self, *arguments, **environment):
        """What a command of the site prints."""
        return subprocess.run(
            [".venv/bin/python", "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env={**self.environment, **environment},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def addresses(self):
        """Every path that is answered from memory."""
        return self.manage("shell", "--no-imports", "-c", LIST_ADDRESSES).split()

    def store(self):
        """The file of the store; None while there is none yet, or still that of another release."""
        stores = list(self.folder.glob("finished-*.sqlite3"))
        return stores[0] if len(stores) == 1 else None

    @staticmethod
    def _pages(store):
        """The version of each page in a store, by its path."""
        with closing(sqlite3.connect(store)) as connection:
            return dict(connection.execute("SELECT path, version FROM page WHERE fields IS NOT NULL"))

    @staticmethod
    def _is_of(store, state):
        """Whether every page in a store is of a state of the content."""
        with closing(sqlite3.connect(store)) as connection:
            asked = "SELECT state FROM state WHERE NOT EXISTS (SELECT * FROM entry WHERE outdated)"
            return any(of_state.startswith(state) for (of_state,) in connection.execute(asked))

    def wait_until_filled(self):
        """Wait until the store has every page, rendered or confirmed from the present content."""
        addresses, state = set(self.addresses()), self.manage("shell", "--no-imports", "-c", SHOW_STATE).strip()
        deadline = time.monotonic() + FILLED_WITHIN
        while True:
            if (
                (store := self.store())
                and self._is_of(store, state)
                and addresses <= (pages := self._pages(store)).keys()
            ):
                break
            assert time.monotonic() < deadline, "the store is not filled in time"
            time.sleep(0.5)
        kept = self._kept.get(store.name, {})
        self.rendered = {path for path, version in pages.items() if version != kept.get(path)}
        self.removed = kept.keys() - pages.keys()

    def wait(self):
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.2)
        raise AssertionError(f"the site does not answer: {self.log.read_text()}")

    def stop(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                # Seen once in many runs, after the test that kills the workers: the server waited for one of them.
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(timeout=30)
