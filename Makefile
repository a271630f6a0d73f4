# `make run` serves the site, `make test` proves it; CONTRIBUTING.md says what else there is.
PYTHON ?= python3
PORT ?= 8000
STATUSDOCS_DATA ?= var
export PORT STATUSDOCS_DATA

VENV := .venv
MANAGE := $(VENV)/bin/python manage.py
PYTHON_FILES := manage.py statusdocs codes tests
# A process for each core that it may use; a killed one comes back. Four threads let the others answer while one waits
# for the database or for a slow sender (`statusdocs/slow_senders.py`); each more costs time for those who read.
WORKERS ?= $(shell nproc 2>/dev/null || echo 2)
# Where the system knows batch scheduling, a thread that is handed a request does not interrupt the one that reads
# requests: that one reads all that are there first. It saves most switches between threads, and so a fifth of the time.
BATCH := $(shell chrt --batch 0 true 2>/dev/null && echo chrt --batch 0)
# What is served: `make bench` has another one, too.
STATUSDOCS_APPLICATION ?= statusdocs.wsgi:application
# The line of a request: the fields of the combined log format, as far as Granian has them. Path and query are decoded,
# so %a quotes and escapes them: they cannot pass for other fields or begin another line. Header fields can only be
# written as they are (Granian 2.8); they hold no line break, and stand last.
LOG_FORMAT := %(addr)s - - [%(time)s] %(method)s %(path)a?%(query_string)a %(protocol)s %(status)d - \
	"%(header{referer})s" "%(header{user-agent})s"
# A value that is neither `on` nor `off` is refused by the settings before the server starts.
REQUEST_LOG := $(if $(filter on,$(STATUSDOCS_REQUEST_LOG)),--access-log --access-log-fmt '$(LOG_FORMAT)')
GRANIAN := $(BATCH) $(VENV)/bin/granian $(STATUSDOCS_APPLICATION) --interface wsgi --host 127.0.0.1 --port $(PORT) \
	--http 1 --no-ws --respawn-failed-workers --respawn-interval 1 --blocking-threads 4 --log-level warning \
	$(REQUEST_LOG)
# Two servers on one port would share its requests between them, and say nothing.
FREE_PORT := $(VENV)/bin/python -c 'import socket, sys; s = socket.socket(); \
	s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", $(PORT)))' 2>/dev/null \
	|| { echo "statusdocs: port $(PORT) is in use. Choose another: make run PORT=8001"; exit 1; }
# `make check` asks for the settings of a public site, in a folder of its own.
PUBLIC_SETTINGS := STATUSDOCS_ORIGIN=https://statusdocs.example STATUSDOCS_DATA=$(VENV)/check

.DEFAULT_GOAL := help
.PHONY: help run dev admin test test-quick soak bench publish check fix lock content

help:
	@grep -hE '^# make ' Makefile | sed 's/^# //'

# make run    install, migrate, load the content and serve as in production
run: content
	@$(MANAGE) collectstatic --no-input --verbosity 0
	@$(FREE_PORT)
	@echo "statusdocs: serving http://127.0.0.1:$(PORT) (stop with Ctrl+C)"
	@exec $(GRANIAN) --workers $(WORKERS)

# make dev    the same server with DEBUG, reloading when a file changes
dev: content
	@$(FREE_PORT)
	@echo "statusdocs: developing on http://127.0.0.1:$(PORT) (stop with Ctrl+C)"
	@STATUSDOCS_DEBUG=on exec $(GRANIAN) --workers 1 --reload --reload-paths statusdocs --reload-paths codes \
		--reload-paths templates

# make admin  create the first curator account
admin: content
	@$(MANAGE) createsuperuser --email ''

# make test   every test, on SQLite, on PostgreSQL and in Chromium
test: $(VENV)/installed-dev
	@$(VENV)/bin/python -m tests

# make test-quick  on SQLite, without a server or a browser, the fast tests: within a minute
test-quick: $(VENV)/installed-dev
	@$(VENV)/bin/python -m tests quick

# make soak   crashes, outages, slow clients and races twenty times on both databases: in some forty minutes
soak: $(VENV)/installed-dev
	@$(VENV)/bin/python -m tests soak

# make publish  record new addresses, names and heading ids (tests/published/)
publish: $(VENV)/installed-dev
	@$(VENV)/bin/python -m pytest -q tests/published/record.py

# make bench  how fast it is, against nginx that serves the same bytes
bench: $(VENV)/installed-dev
	@DJANGO_SETTINGS_MODULE=statusdocs.settings $(VENV)/bin/python -m tests.bench

# make check  lint, types, migrations, deployment and content checks; changes nothing
check: $(VENV)/installed-dev
	$(VENV)/bin/ruff check $(PYTHON_FILES)
	$(VENV)/bin/ruff format --check $(PYTHON_FILES)
	git ls-files -z '*.html' | xargs -0 $(VENV)/bin/djade --target-version 5.2 --check
	$(VENV)/bin/mypy
	$(PUBLIC_SETTINGS) $(MANAGE) makemigrations --check --dry-run
	$(PUBLIC_SETTINGS) $(MANAGE) check --deploy --fail-level WARNING
	rm -f $(VENV)/check/statusdocs.sqlite3*
	$(PUBLIC_SETTINGS) $(MANAGE) migrate --verbosity 0
	$(PUBLIC_SETTINGS) $(MANAGE) load_content
	$(PUBLIC_SETTINGS) $(MANAGE) check_content

# make fix    apply automatic fixes
fix: $(VENV)/installed-dev
	git ls-files -z '*.py' | xargs -0 $(VENV)/bin/django-upgrade --target-version 5.2
	$(VENV)/bin/ruff check --fix $(PYTHON_FILES)
	$(VENV)/bin/ruff format $(PYTHON_FILES)
	git ls-files -z '*.html' | xargs -0 $(VENV)/bin/djade --target-version 5.2

# make lock   pin the dependencies of pyproject.toml in the requirements files
lock: $(VENV)/installed-dev
	$(VENV)/bin/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command 'make lock' -o requirements.txt
	$(VENV)/bin/uv pip compile -q pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command 'make lock' -o requirements-dev.txt

content: $(VENV)/installed
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_content

# The mark is made last: an interrupted start begins again.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "statusdocs needs Python 3.11 or newer; name one: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { echo "install the venv module: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/installed: requirements.txt $(VENV)/made
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
