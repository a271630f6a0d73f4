"""`make test`: every test on SQLite, with a real Chromium, and on a real PostgreSQL what a database can matter to.

What is not installed is not hidden: the last lines say NOT RUN and how to install it. Under CI=true that is a failure.
`make test-quick` (with the argument `quick`): on SQLite, without a server or a browser, what takes no seconds.
`make soak` (with the argument `soak`): crashes, outages, slow clients and races behind the server, again and again.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PYTEST = [sys.executable, "-m", "pytest", "-q"]
# Tests that share the answers of all addresses run in one of the processes.
IN_PARALLEL = ["-n", "auto", "--dist", "loadgroup"]
WITHIN_THE_PROCESS = [*PYTEST, "-m", "not (browser or served)", *IN_PARALLEL]
QUICK = [*PYTEST, "-m", "not (browser or served or slow)", *IN_PARALLEL]
# All of these share one server, so one process runs them.
WITH_A_SERVER = [*PYTEST, "-m", "browser or served"]

LOW_PRIORITY = ["nice", "-n", "10"]

# What pg_virtualenv starts is a fresh cluster, gone afterwards; without fsync, since nothing in it is worth keeping.
# With -t it is in a folder of its own: without, root could start one at a time only, since all would have one name.
IN_CLUSTER = ["pg_virtualenv", "-t", "-o", "fsync=off", "-o", "log_min_messages=fatal"]
ON_POSTGRESQL = [*IN_CLUSTER, sys.executable, "-m", "tests.on_postgresql"]
# Every page is the same from both databases: a test says so (tests/test_both_databases.py). So what looks at pages of
# the shipped content, and what a client or a browser does with them, runs on SQLite only. Besides, a test that asks no
# database does not run on PostgreSQL (tests/conftest.py).
THE_SAME_FROM_BOTH = [
    *(
        f"--ignore=tests/{path}"
        for path in (
            "content/test_checks.py",
            "content/test_shipped_content.py",
            "documents",
            "drawings",
            "page_cache/test_shared_cache.py",
            "page_cache/test_turns.py",
            "page_cache/test_wsgi_middleware.py",
            "publishing/test_addresses.py",
            "publishing/test_export.py",
            "search",
            "test_api_on_the_wire.py",
            "test_first_view.py",
            "test_html.py",
            "test_page_heads.py",
            "test_request_log.py",
            "test_try_on_the_wire.py",
            "views/test_choose.py",
            "views/test_negotiation.py",
            "views/test_public_pages.py",
            "views/test_query_counts.py",
            "views/test_redirects.py",
            "views/test_representations.py",
        )
    ),
    *(
        f"--deselect=tests/{test}"
        for test in (
            # The page cache and the server, whatever the database is.
            "page_cache/test_served.py::test_a_slow_sender_is_told_so",
            "page_cache/test_served.py::test_a_renderer_dies_with_its_web_process",
            "page_cache/test_served.py::test_every_page_is_held_and_answered_after_a_restart",
            "page_cache/test_served.py::test_fifty_slow_clients",
            "page_cache/test_served.py::test_one_renderer_runs",
            "publishing/test_published.py::test_every_id_of_a_heading",
            "views/test_discovery.py::test_every_link_for_language_models_answers",
            "views/test_discovery.py::test_links_lead_from_home_to_every_page_of_the_sitemap",
            "views/test_hostile_values.py::test_a_hostile_accept_does_no_harm",
            "views/test_hostile_values.py::test_a_hostile_value_does_no_harm_whatever_is_accepted",
            "views/test_number.py::test_every_number_from_100_to_599_has_a_page",
        )
    ),
]
# In one process: a second one would load the content for itself.
WITHIN_THE_PROCESS_ON_POSTGRESQL = [*ON_POSTGRESQL, *PYTEST, "-m", "not (browser or served)", *THE_SAME_FROM_BOTH]
# Of the tests with a browser the one that saves is marked as served, too.
WITH_A_SERVER_ON_POSTGRESQL = [*ON_POSTGRESQL, *PYTEST, "-m", "served", *THE_SAME_FROM_BOTH]

# One round of these is in `make test`.
FAULTS = [*WITH_A_SERVER, "tests/page_cache"]
FAULTS_ON_POSTGRESQL = [*WITH_A_SERVER_ON_POSTGRESQL, "tests/page_cache"]
SOAK_ROUNDS = 20

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


def passes(run: tuple[str, list[str]]) -> bool:
    """Run a command, named by its database, with a data folder of its own; print what it says once it has ended."""
    database, command = run
    # What the developer's own installation chooses is not what the tests are about.
    chosen = ("STATUSDOCS_", "DATABASE_URL", "PORT", "WORKERS")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(chosen)}
    with tempfile.TemporaryDirectory() as data:
        done = subprocess.run(
            command,
            env={**environment, "STATUSDOCS_DATA": data},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    # In one piece: another run may end at the same moment.
    print(f"== On {database}: {' '.join(command[command.index('pytest') :])}\n{done.stdout}", flush=True)
    return done.returncode == 0


def all_pass(runs: Iterable[tuple[str, list[str]]]) -> bool:
    """Run commands one after the other, also after one that failed."""
    passed = [passes(run) for run in runs]
    return all(passed)


def main() -> int:
    if sys.argv[1:] == ["quick"]:
        return int(not passes(("SQLite", QUICK)))
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

    # What waits for a server or a browser leaves time to what does not, and goes first, since it takes longest. On
    # PostgreSQL it comes last, when the machine is less busy: two sites fill their stores there at once.
    in_turn = [[("SQLite", WITH_A_SERVER)], [("SQLite", [*LOW_PRIORITY, *WITHIN_THE_PROCESS])]]
    if has_postgresql:
        on_postgresql = [[*LOW_PRIORITY, *WITHIN_THE_PROCESS_ON_POSTGRESQL], WITH_A_SERVER_ON_POSTGRESQL]
        in_turn.append([("PostgreSQL", command) for command in on_postgresql])
    if sys.argv[1:] == ["soak"]:
        faults = [("SQLite", FAULTS)]
        if has_postgresql:
            faults.append(("PostgreSQL", FAULTS_ON_POSTGRESQL))
        in_turn = [faults * SOAK_ROUNDS]
    with ThreadPoolExecutor() as threads:
        passed = list(threads.map(all_pass, in_turn))

    for name in missing:
        print(f"NOT RUN: the tests that need {name}. To run them: {INSTALL[name]}")
    return int(not all(passed) or (bool(missing) and os.environ.get("CI") == "true"))


if __name__ == "__main__":
    sys.exit(main())
