"""Run a command with DATABASE_URL set to the PostgreSQL that libpq's own variables name."""

import os
import sys
from urllib.parse import quote

user, password = quote(os.environ["PGUSER"]), quote(os.environ["PGPASSWORD"])
host, port, name = os.environ["PGHOST"], os.environ["PGPORT"], os.environ["PGDATABASE"]
os.environ["DATABASE_URL"] = f"postgres://{user}:{password}@{host}:{port}/{name}"
os.execv(sys.argv[1], sys.argv[1:])
