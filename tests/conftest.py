import gc
import shutil
from types import SimpleNamespace

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.http import QueryDict
from django.test import RequestFactory

from codes import search
from codes.content.loader import load
from codes.content.state import content_state
from codes.listing.filters import CodeFilter
from codes.models import StatusCode
from statusdocs.page_cache.cached_page import response_of
from tests import prepared
from tests.__main__ import INSTALL, has_fonts, has_html_checker
from tests.prepared import FIXTURES


def pytest_collection_finish():
    # What is loaded by now stays to the end. To search it for garbage again and again takes a sixth of the time.
    gc.freeze()
    gc.set_threshold(20_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    # What asks no database passes or fails on every one alike.
    if connection.vendor != "sqlite":
        config.hook.pytest_deselected(items=[item for item in items if not asks_database(item)])
        items[:] = filter(asks_database, items)
    for item in items:
        # Unmarked, it would start a server among the tests that run without one.
        is_marked = item.get_closest_marker("served") or item.get_closest_marker("browser")
        if "site" in item.fixturenames and not is_marked:
            raise pytest.UsageError(f"{item.nodeid} takes the fixture `site`, so it must be marked as served")
        if "answer_at" in item.fixturenames:
            # In one process, so that they share the answers.
            item.add_marker(pytest.mark.xdist_group("answers"))
            item.add_marker("slow")
    needs = {
        "browser": ("Chromium", shutil.which("chromium")),
        "fonts": ("the fonts DejaVu and Liberation", has_fonts()),
        "nginx": ("nginx", shutil.which("nginx")),
        "caddy": ("Caddy", shutil.which("caddy")),
        "html_checker": ("the HTML checker", has_html_checker()),
    }
    for item in items:
        for marker, (name, is_there) in needs.items():
            if item.get_closest_marker(marker) and not is_there:
                item.add_marker(pytest.mark.skip(reason=f"NOT RUN: needs {name}. To run it: {INSTALL[name]}"))


def asks_database(item):
    """Whether a test asks the database, or has the site ask it."""
    return {"django_db_setup", "db", "site"} & {*item.fixturenames} or item.get_closest_marker("django_db")


@pytest.fixture(autouse=True)
def connections_outlive_requests():
    """Tests that ask the WSGI application itself keep the connection that holds their transaction.

    On PostgreSQL Django would drop it at the end of a request, since a test's transaction is open; its own test client
    takes the same precaution.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, pytestconfig):
    """Every test sees the shipped content; what it changes is rolled back."""
    with django_db_blocker.unblock():
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            prepared.copy_content(pytestconfig.cache.mkdir("content"), connection.connection)
        elif not StatusCode.objects.exists():
            load(FIXTURES)
        # Django asks SQLite once a process whether it knows JSON; no page should be charged for that.
        assert connection.features.supports_json_field


@pytest.fixture(scope="session")
def site(pytestconfig):
    """The site behind its real server, with a data folder and a database of its own.

    Its store is being filled meanwhile. A test that needs the whole of it, or changes the content, takes `filled_site`.
    """
    folder = pytestconfig.cache.mkdir("site" if connection.vendor == "sqlite" else "site-on-postgresql")
    with prepared.site(folder, pytestconfig.cache.mkdir("content")) as site:
        yield site


@pytest.fixture(scope="session")
def filled_site(site, pytestconfig):
    """The site once every page is in its store. On PostgreSQL no test needs them all."""
    if connection.vendor == "sqlite":
        site.wait_until_filled()
        prepared.keep_store(pytestconfig.cache.mkdir("site"), site)
    return site


@pytest.fixture(scope="session")
def answer_at(django_db_setup, django_db_blocker):
    """The answer at an address, as long as the content is the shipped one: asked once for all tests of a process.

    It has the `status_code`, `headers` and `content` of a response.
    """
    application, answers = get_wsgi_application(), {}
    with django_db_blocker.unblock():
        shipped = content_state()

    def answer_at(path):
        if path not in answers:
            with django_db_blocker.unblock():
                assert content_state() == shipped, "a test that changes the content uses `client`"
                # Not with Django's client: it copies every context of a template, which takes a fifth of the time.
                status, fields, content = response_of(application, RequestFactory().get(path).environ)
            answers[path] = SimpleNamespace(status_code=int(status[:3]), headers=dict(fields), content=content)
        return answers[path]

    return answer_at


@pytest.fixture
def get_json(client, db):
    """The document at an address, which must answer 200 with JSON."""

    def get(path):
        response = client.get(path)
        assert response.status_code == 200, response.content
        assert response.headers["Content-Type"] == "application/json"
        return response.json()

    return get


@pytest.fixture
def get_html(client, db):
    """The text of the page at an address, which must answer 200."""

    def get(path):
        response = client.get(path)
        assert response.status_code == 200, response.content
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        return response.content.decode()

    return get


@pytest.fixture
def problem(client, db):
    """The problem document at an address, which must answer with this status (RFC 9457)."""

    def get(path, status):
        response = client.get(path)
        assert response.status_code == status
        assert response.headers["Content-Type"] == "application/problem+json"
        document = response.json()
        assert document["type"] == "about:blank"
        assert document["status"] == status
        return document

    return get


@pytest.fixture
def loaded_once(db):
    """What is loaded once for every state of the content, not for every visit: search index, values of the filters."""
    search.find("")
    CodeFilter(QueryDict(), StatusCode.objects.all())
