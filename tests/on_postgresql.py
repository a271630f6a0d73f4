"""Run commands on the PostgreSQL that libpq's own variables name, in a database with the shipped content.

`python -m tests.on_postgresql COMMAND [-- COMMAND …]` runs each, also after one that failed, and fails if one did.
"""

import os
import subprocess
import sys
from itertools import groupby
from urllib.parse import quote

import psycopg

# Its content is loaded as `make run` does it on a first start. The tests' own databases are copies of it.
NAME = "statusdocs"


def main() -> int:
    user, password = quote(os.environ["PGUSER"]), quote(os.environ["PGPASSWORD"])
    host, port = os.environ["PGHOST"], os.environ["PGPORT"]
    with psycopg.connect(autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {NAME}")
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgres://{user}:{password}@{host}:{port}/{NAME}",
        "STATUSDOCS_TESTS_TEMPLATE": NAME,
        "DJANGO_SETTINGS_MODULE": "statusdocs.settings",
    }
    subprocess.run(["make", "--silent", "content"], env=environment, check=True)
    environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    commands = [list(words) for is_command, words in groupby(sys.argv[1:], "--".__ne__) if is_command]
    return max(subprocess.run(command, env=environment, check=False).returncode for command in commands)


if __name__ == "__main__":
    sys.exit(main())
