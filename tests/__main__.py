"""`make test`: the whole suite on SQLite, then again on a real PostgreSQL, with a real Chromium.

What is not installed is not hidden: the last lines say NOT RUN and how to install it. Under CI=true that is a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile

PYTEST = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadgroup", "-q", *sys.argv[1:]]
# What pg_virtualenv starts is a fresh cluster, gone afterwards; without fsync, since nothing in it is worth keeping.
POSTGRESQL = ["pg_virtualenv", "-o", "fsync=off", sys.executable, "-m", "tests.on_postgresql", *PYTEST]

INSTALL = {
    "Chromium": "apt-get install chromium",
    "PostgreSQL": "apt-get install postgresql postgresql-common",
}


def main() -> int:
    missing = []
    if not shutil.which("chromium"):
        missing.append("Chromium")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "STATUSDOCS_DATA": folder}
        environment.pop("DATABASE_URL", None)
        print("== On SQLite", flush=True)
        failed = subprocess.run(PYTEST, env=environment, check=False).returncode != 0

        # pg_virtualenv comes without a server: the server has a folder of its own for each version.
        if shutil.which("pg_virtualenv") and os.path.isdir("/usr/lib/postgresql"):
            print("== On PostgreSQL", flush=True)
            failed |= subprocess.run(POSTGRESQL, env=environment, check=False).returncode != 0
        else:
            missing.append("PostgreSQL")

    for name in missing:
        print(f"NOT RUN: the tests that need {name}. To run them: {INSTALL[name]}")
    return int(failed or (bool(missing) and os.environ.get("CI") == "true"))


if __name__ == "__main__":
    sys.exit(main())
