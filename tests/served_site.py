"""The site as `make run` starts it: what the tests ask that need a real server."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from urllib.error import URLError

from django.conf import settings

STARTS_WITHIN = 300  # seconds; the first start loads the content, perhaps on a busy machine

LIST_ADDRESSES = """
from codes.publishing.addresses import every
from statusdocs.page_cache.static_files import static_files
print(*static_files(), *every(), sep="\\n")
"""


def free_port():
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Site:
    """A site as `make run` starts it, with a data folder and a database of its own.

    Args:
        folder: the data folder.
        port: where it listens; a free one where none is named.
        before: a command that starts the whole, such as taskset.
        environment: settings.
    """

    def __init__(self, folder, *, port=None, before=(), **environment):
        port = str(port or free_port())
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {**os.environ, "STATUSDOCS_DATA": str(folder), "PORT": port, **environment}
        self.environment["DJANGO_SETTINGS_MODULE"] = "statusdocs.settings"
        self.log = folder / "log"
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
