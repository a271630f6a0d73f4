"""The site as `make run` starts it: what the tests ask that need a real server."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from urllib.error import URLError

from django.conf import settings

STARTS_WITHIN = 120  # seconds; the first start loads the content


class Site:
    """A site as `make run` starts it, with a data folder and a database of its own."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {**os.environ, "STATUSDOCS_DATA": str(folder), "PORT": port}
        self.environment["DJANGO_SETTINGS_MODULE"] = "statusdocs.settings"
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                ["make", "run"],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def manage(self, *arguments, **environment):
        subprocess.run(
            [".venv/bin/python", "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env={**self.environment, **environment},
            check=True,
            capture_output=True,
        )

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
