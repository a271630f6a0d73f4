"""`make test`: the whole suite on SQLite, then again on a real PostgreSQL, with a real Chromium.

What is not installed is not hidden: the last lines say NOT RUN and how to install it. Under CI=true that is a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PYTEST = [sys.executable, "-m", "pytest", "-q"]
RUNS = [
    [*PYTEST, "-m", "not (browser or served)", "-n", "auto"],
    # All of these share one server, so one process runs them.
    [*PYTEST, "-m", "browser or served"],
]
# What pg_virtualenv starts is a fresh cluster, gone afterwards; without fsync, since nothing in it is worth keeping.
IN_CLUSTER = ["pg_virtualenv", "-o", "fsync=off", "-o", "log_min_messages=fatal"]
ON_POSTGRESQL = [*IN_CLUSTER, sys.executable, "-m", "tests.on_postgresql"]

HTML_CHECKER = Path(__file__).parent / "html_checker/node_modules/vnu-jar/build/dist/vnu.jar"

INSTALL = {
    "Chromium": "apt-get install chromium",
    "nginx": "apt-get install nginx-light",
    "Caddy": "apt-get install caddy",
    "PostgreSQL": "apt-get install postgresql postgresql-common",
    "the HTML checker": "apt-get install default-jre-headless npm; npm ci --ignore-scripts --prefix tests/html_checker",
}


def has_html_checker() -> bool:
    """Whether the W3C's checker, and the Java that it runs on, are installed."""
    return HTML_CHECKER.exists() and shutil.which("java") is not None


def main() -> int:
    has_chromium = shutil.which("chromium") is not None
    # pg_virtualenv comes without a server: each version of the server has a folder of its own.
    has_postgresql = shutil.which("pg_virtualenv") is not None and os.path.isdir("/usr/lib/postgresql")
    there = {
        "Chromium": has_chromium,
        "nginx": shutil.which("nginx") is not None,
        "Caddy": shutil.which("caddy") is not None,
        "PostgreSQL": has_postgresql,
        "the HTML checker": has_html_checker(),
    }
    missing = [name for name, is_there in there.items() if not is_there]

    commands = {"SQLite": RUNS}
    if has_postgresql:
        commands["PostgreSQL"] = [[*ON_POSTGRESQL, *run] for run in RUNS]

    failed = False
    for database, on_database in commands.items():
        for command in on_database:
            print(f"== On {database}: {' '.join(command[-4:])}", flush=True)
            with tempfile.TemporaryDirectory() as folder:
                # What the developer's own installation chooses is not what the tests are about.
                chosen = ("STATUSDOCS_", "DATABASE_URL", "PORT", "WORKERS")
                environment = {name: value for name, value in os.environ.items() if not name.startswith(chosen)}
                environment["STATUSDOCS_DATA"] = folder
                failed |= subprocess.run(command, env=environment, check=False).returncode != 0

    for name in missing:
        print(f"NOT RUN: the tests that need {name}. To run them: {INSTALL[name]}")
    return int(failed or (bool(missing) and os.environ.get("CI") == "true"))


if __name__ == "__main__":
    sys.exit(main())
