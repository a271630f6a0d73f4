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
WITHIN_THE_PROCESS = [*PYTEST, "-m", "not (browser or served)", "-n", "auto"]
# All of these share one server, so one process runs them.
WITH_A_SERVER = [*PYTEST, "-m", "browser or served"]
# What pg_virtualenv starts is a fresh cluster, gone afterwards; without fsync, since nothing in it is worth keeping.
IN_CLUSTER = ["pg_virtualenv", "-o", "fsync=off", "-o", "log_min_messages=fatal"]
ON_POSTGRESQL = [*IN_CLUSTER, sys.executable, "-m", "tests.on_postgresql"]
# What looks at finished bytes, which are the same from both databases, runs on SQLite only.
THE_SAME_FROM_BOTH = [
    f"--ignore={file}"
    for file in (
        "tests/test_html.py",
        "tests/publishing/test_export.py",
        "tests/browser/test_accessibility.py",
        "tests/browser/test_fonts.py",
    )
]

HTML_CHECKER = Path(__file__).parent / "html_checker/node_modules/vnu-jar/build/dist/vnu.jar"

FONTS = {"DejaVu Sans", "DejaVu Sans Mono", "Liberation Sans", "Liberation Mono", "Liberation Sans Narrow"}

INSTALL = {
    "Chromium": "apt-get install chromium",
    "the fonts DejaVu and Liberation": "apt-get install fonts-dejavu-core fonts-liberation",
    "nginx": "apt-get install nginx-light",
    "Caddy": "apt-get install caddy",
    "PostgreSQL": "apt-get install postgresql postgresql-common",
    "the HTML checker": "apt-get install default-jre-headless npm; npm ci --ignore-scripts --prefix tests/html_checker",
}


def has_html_checker() -> bool:
    """Whether the W3C's checker, and the Java that it runs on, are installed."""
    return HTML_CHECKER.exists() and shutil.which("java") is not None


def has_fonts() -> bool:
    """Whether the fonts are installed that pages are tried with."""
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", "--format", "%{family}\\n"], check=True, capture_output=True, text=True)
    return set(listed.stdout.splitlines()) >= FONTS


def passes_together(runs: list[tuple[str, list[str]]]) -> bool:
    """Run commands at the same time, each named by its database and in a data folder of its own; print one by one."""
    # What the developer's own installation chooses is not what the tests are about.
    chosen = ("STATUSDOCS_", "DATABASE_URL", "PORT", "WORKERS")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(chosen)}
    with tempfile.TemporaryDirectory() as folder:
        started = []
        for database, command in runs:
            data = Path(folder) / database
            data.mkdir()
            with (data / "output").open("w") as output:
                process = subprocess.Popen(
                    command, env={**environment, "STATUSDOCS_DATA": str(data)}, stdout=output, stderr=output
                )
            started.append((database, command, process, data / "output"))
        for database, command, process, output in started:
            process.wait()
            print(
                f"== On {database}: {' '.join(command[command.index('pytest') :])}",
                output.read_text(),
                sep="\n",
                flush=True,
            )
    return all(process.returncode == 0 for _, _, process, _ in started)


def main() -> int:
    has_chromium = shutil.which("chromium") is not None
    # pg_virtualenv comes without a server: each version of the server has a folder of its own.
    has_postgresql = shutil.which("pg_virtualenv") is not None and os.path.isdir("/usr/lib/postgresql")
    there = {
        "Chromium": has_chromium,
        "the fonts DejaVu and Liberation": has_fonts(),
        "nginx": shutil.which("nginx") is not None,
        "Caddy": shutil.which("caddy") is not None,
        "PostgreSQL": has_postgresql,
        "the HTML checker": has_html_checker(),
    }
    missing = [name for name, is_there in there.items() if not is_there]

    # What waits for a server or a browser leaves time to what does not.
    # Never both on PostgreSQL: some of the tests with a server stop the cluster.
    first, second = [("SQLite", WITHIN_THE_PROCESS)], [("SQLite", WITH_A_SERVER)]
    if has_postgresql:
        first.append(("PostgreSQL", [*ON_POSTGRESQL, *WITH_A_SERVER, *THE_SAME_FROM_BOTH]))
        second.append(("PostgreSQL", [*ON_POSTGRESQL, *WITHIN_THE_PROCESS, *THE_SAME_FROM_BOTH]))
    passed = [passes_together(runs) for runs in (first, second)]

    for name in missing:
        print(f"NOT RUN: the tests that need {name}. To run them: {INSTALL[name]}")
    return int(not all(passed) or (bool(missing) and os.environ.get("CI") == "true"))


if __name__ == "__main__":
    sys.exit(main())
