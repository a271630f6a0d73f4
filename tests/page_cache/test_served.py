"""Cached pages behind the real server: edits, crashes, a database that is away, clients that are slow."""

import html
import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings

from statusdocs.slow_senders import MAX_SECONDS
from tests.served_site import Site, free_port

pytestmark = pytest.mark.served

DATABASE_URL = os.environ.get("DATABASE_URL")
# A second is promised; on a busy machine the test is patient.
VISIBLE_WITHIN = 10
# A process that was killed has to start first, and Django with it; a database that was stopped has to recover.
STARTED_WITHIN = 90
FILLED_WITHIN = 900
ON_POSTGRESQL = pytest.mark.skipif(not DATABASE_URL, reason="one database for several hosts is PostgreSQL's")


def data(site):
    """The site's data folder."""
    return Path(site.environment["STATUSDOCS_DATA"])


def get(site, path):
    """Status and content at an address; every request is a new connection, so that any process may get it."""
    with urllib.request.urlopen(site.url + path, timeout=10) as response:
        return response.status, response.read()


def save(site, note):
    """Write a note on 404's registration into the database, past Django. Its pages show it."""
    execute(site, f"UPDATE codes_statuscode SET registration_note = '{note}' WHERE number = 404 AND vendor_id IS NULL")


def execute(site, statement):
    """Change the content past Django."""
    if DATABASE_URL:
        with psycopg.connect(DATABASE_URL) as connection:
            connection.execute(statement)
    else:
        with closing(sqlite3.connect(data(site) / "statusdocs.sqlite3")) as connection:
            connection.execute(statement)
            connection.commit()


def cached_paths(site):
    """The paths of the pages in the site's store."""
    paths = set()
    for store in data(site).glob("finished-*.sqlite3"):
        with closing(sqlite3.connect(store)) as connection:
            paths |= {path for (path,) in connection.execute("SELECT path FROM page WHERE fields IS NOT NULL")}
    return paths


def wait_until(happened, seconds):
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def is_everywhere(site, text, path="/404"):
    """Whether every process of a site shows a text: of so many connections each has got some."""
    return all(text.encode() in get(site, path)[1] for _ in range(20))


@pytest.fixture(scope="module")
def site_with_404(filled_site):
    """A site that gets its 404 back as it was."""
    yield filled_site
    save(filled_site, "")


def renderers(site):
    """The ids of the site's renderers."""
    command = ["pgrep", "-f", "--", "-m statusdocs.page_cache"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    of_the_site = f"STATUSDOCS_DATA={data(site)}\0"
    return [int(pid) for pid in found.stdout.split() if of_the_site in read(f"/proc/{pid}/environ")]


def read(path):
    """A file of /proc; empty where the process has just ended."""
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def test_an_edit_shows_in_every_process(site_with_404):
    for edit in ("An edit by SQL.", "Another edit by SQL."):
        save(site_with_404, edit)

        wait_until(lambda edit=edit: is_everywhere(site_with_404, edit), VISIBLE_WITHIN)
        wait_until(lambda edit=edit: edit.encode() in get(site_with_404, "/404.json")[1], VISIBLE_WITHIN)


# It is not cached in advance; each process caches its own responses.
FILTERED = "/codes?vendor=nginx"


def test_an_edit_of_another_code_than_the_last_one_shows_on_the_page_of_its_vendor_too(site_with_404):
    save(site_with_404, "An edit of another code.")
    wait_until(lambda: is_everywhere(site_with_404, "An edit of another code."), VISIBLE_WITHIN)
    assert is_everywhere(site_with_404, "Client Closed Request", FILTERED)

    of_nginx = "number = 499 AND vendor_id = (SELECT id FROM codes_vendor WHERE slug = 'nginx')"
    execute(site_with_404, f"UPDATE codes_statuscode SET phrase = 'An edited phrase' WHERE {of_nginx}")

    try:
        for path in ("/499", "/499/nginx", "/vendors/nginx", FILTERED):
            wait_until(lambda path=path: is_everywhere(site_with_404, "An edited phrase", path), VISIBLE_WITHIN)
    finally:
        execute(site_with_404, f"UPDATE codes_statuscode SET phrase = 'Client Closed Request' WHERE {of_nginx}")


def test_one_renderer_runs_and_another_one_takes_over_when_it_dies(site_with_404):
    (renderer,) = renderers(site_with_404)

    os.kill(renderer, signal.SIGKILL)
    save(site_with_404, "After the renderer died.")

    wait_until(lambda: is_everywhere(site_with_404, "After the renderer died."), STARTED_WITHIN)
    (other,) = renderers(site_with_404)
    assert other != renderer


def test_a_renderer_dies_with_its_web_process_and_another_web_process_starts_the_next(site_with_404):
    (renderer,) = renderers(site_with_404)
    parent = int(read(f"/proc/{renderer}/stat").rpartition(")")[2].split()[1])

    os.kill(parent, signal.SIGKILL)
    wait_until(lambda: not os.path.exists(f"/proc/{renderer}"), VISIBLE_WITHIN)
    wait_until(lambda: renderers(site_with_404), STARTED_WITHIN)
    save(site_with_404, "After a web process died.")

    wait_until(lambda: is_everywhere(site_with_404, "After a web process died."), STARTED_WITHIN)


POST = "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
COOKIE = "Cookie: csrftoken=0123456789abcdef0123456789abcdef\r\n"
OF_KNOWN_LENGTH = "Content-Length: 1000\r\n\r\nusername"
CHUNKED = "Transfer-Encoding: chunked\r\n\r\n3e8\r\nusername"
SLOW = {
    "header": "GET /404 HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow",
    "content": POST.format("/admin/login/", "127.0.0.1") + COOKIE + OF_KNOWN_LENGTH,
    "chunked content": POST.format("/admin/login/", "127.0.0.1") + COOKIE + CHUNKED,
    "content for a page": POST.format("/404", "127.0.0.1") + COOKIE + OF_KNOWN_LENGTH,
    "chunked content for a page": POST.format("/404", "127.0.0.1") + COOKIE + CHUNKED,
    "ignored content": POST.format("/try/200", "127.0.0.1") + OF_KNOWN_LENGTH,
    "content for a foreign host": POST.format("/admin/login/", "evil.example") + COOKIE + OF_KNOWN_LENGTH,
    "reading": "GET /codes.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
}


def begin(site, request):
    """A client that sends the beginning of a request and then nothing."""
    client = socket.create_connection(("127.0.0.1", int(site.environment["PORT"])))
    client.sendall(request.encode())
    return client


@pytest.fixture(scope="module")
def account(site):
    """Name and password of somebody who may save."""
    # Other tests have a curator of their own on the same site.
    name, password = "sender", "a long password"
    arguments = ["createsuperuser", "--no-input", f"--username={name}", "--email="]
    site.manage(*arguments, DJANGO_SUPERUSER_PASSWORD=password)
    return {"username": name, "password": password}


def send(browser, url, **fields):
    """Fill in a form of the desk and send it; the address where that leads."""
    with browser.open(url, timeout=30) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
    content = urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
    with browser.open(url, content, timeout=30) as page:
        return page.url


@pytest.mark.parametrize("kind", SLOW)
def test_fifty_slow_clients_disturb_neither_readers_nor_curators(site_with_404, account, kind):
    site, desk = site_with_404, f"{site_with_404.url}/admin/"
    form = f"{desk}codes/statusclass/4/change/"
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    clients = [begin(site, SLOW[kind]) for _ in range(50)]
    try:
        time.sleep(1)

        assert [get(site, "/404")[0] for _ in range(20)] == [200] * 20
        assert [get(site, "/codes?class=1")[0] for _ in range(5)] == [200] * 5

        assert send(browser, f"{desk}login/?next=/admin/", **account) == desk
        with browser.open(form, timeout=30) as page:
            shown = page.read().decode()
        fields = {
            "name": re.search(r'name="name" value="([^"]+)"', shown)[1],
            "description": html.unescape(re.search(r'name="description"[^>]*>\s?(.*?)</textarea>', shown, re.S)[1]),
            # Many times what comes in one piece.
            "ignored": "x" * 1_000_000,
        }
        assert send(browser, form, **fields) == f"{desk}codes/statusclass/"
    finally:
        for client in clients:
            client.close()


def test_a_slow_sender_is_told_so_and_disconnected(site_with_404):
    clients = [begin(site_with_404, SLOW["content"]) for _ in range(50)]
    told = 0
    try:
        for client in clients:
            client.settimeout(2 * MAX_SECONDS)
            while received := client.recv(65536):
                told += received.startswith(b"HTTP/1.1 408 ")
    finally:
        for client in clients:
            client.close()

    # A server that is very busy ends some connections before it has said why.
    assert told > len(clients) / 2


ANSWER_ALL = """
import sys
from statusdocs.wsgi import application
from statusdocs.page_cache.cached_page import request
print([path for path in sys.stdin.read().split() if request(application, sys.argv[1], path)[0] != 200])
"""


def test_every_page_is_held_and_answered_after_a_restart_without_a_database(site_with_404):
    addresses = site_with_404.addresses()
    assert any(path.startswith("/static/site.") for path in addresses)
    assert set(addresses) <= cached_paths(site_with_404)

    # A web process as it starts, with a database that nobody answers for.
    restarted = subprocess.run(
        [".venv/bin/python", "-c", ANSWER_ALL, site_with_404.url],
        cwd=settings.BASE_DIR,
        env={**site_with_404.environment, "DATABASE_URL": f"postgres://a:b@127.0.0.1:{free_port()}/nowhere"},
        input="\n".join(addresses),
        capture_output=True,
        text=True,
        check=True,
    )

    assert restarted.stdout == "[]\n"


@ON_POSTGRESQL
def test_an_edit_shows_on_another_host_too_and_all_pages_outlive_the_database(site_with_404, tmp_path):
    other = Site(tmp_path)
    try:
        other.wait()
        wait_until(lambda: "/404" in cached_paths(other), FILLED_WITHIN)
        save(site_with_404, "Seen on both hosts.")
        for site in (site_with_404, other):
            wait_until(lambda site=site: is_everywhere(site, "Seen on both hosts."), VISIBLE_WITHIN)

        with database_stopped():
            for path in cached_paths(site_with_404):
                assert get(site_with_404, path)[0] == 200, path
            with pytest.raises(URLError):
                get(site_with_404, "/codes?q=not+asked+before")

        save(site_with_404, "After the database came back.")
        for site in (site_with_404, other):
            wait_until(lambda site=site: is_everywhere(site, "After the database came back."), STARTED_WITHIN)
    finally:
        other.stop()


def status_and_seconds(site, path):
    """The status at an address, and how long a visitor waits for it."""
    start = time.monotonic()
    try:
        status, _ = get(site, path)
    except HTTPError as error:
        status = error.code
    return status, time.monotonic() - start


@ON_POSTGRESQL
def test_without_the_database_a_search_is_refused_at_once_and_keeps_no_page_waiting_and_is_answered_once_it_is_back(
    site_with_404,
):
    # More than the server has threads. It takes some hundredths of a second; a busy machine is given more.
    with database_stopped(), ThreadPoolExecutor(48) as visitors:
        # None of them was asked before, and so remembered.
        searches = [visitors.submit(status_and_seconds, site_with_404, f"/codes?q=away+{n}") for n in range(40)]
        pages = [visitors.submit(status_and_seconds, site_with_404, "/404") for _ in range(8)]

        assert {(search.result()[0], search.result()[1] < 4) for search in searches} == {(503, True)}
        assert {(page.result()[0], page.result()[1] < 4) for page in pages} == {(200, True)}

    # Every request is a new connection: of so many each process gets some.
    assert [status_and_seconds(site_with_404, f"/codes?q=back+{n}")[0] for n in range(20)] == [200] * 20


class database_stopped:  # noqa: N801 (read as words: with database_stopped())
    """The cluster that pg_virtualenv made, stopped."""

    def __enter__(self):
        listed = subprocess.run(["pg_lsclusters", "-h"], capture_output=True, text=True, check=True).stdout
        clusters = [line.split() for line in listed.splitlines()]
        # The machine may have others, which are none of ours.
        ((version, name),) = [line[:2] for line in clusters if line[2] == os.environ["PGPORT"] and line[1] == "regress"]
        self.control = ["pg_ctlcluster", version, name]
        subprocess.run([*self.control, "stop", "-m", "fast"], check=True)

    def __exit__(self, *exception):
        subprocess.run([*self.control, "start"], check=True)
