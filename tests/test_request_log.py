"""The log of requests, which the server writes where STATUSDOCS_REQUEST_LOG is on."""

import re
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.served_site import Site

pytestmark = pytest.mark.served

# As Python writes a text: what ends it is escaped inside.
QUOTED = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
LINE = re.compile(
    r"127\.0\.0\.1 - - \[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}\] "
    rf"(?P<request>GET {QUOTED}\?{QUOTED} HTTP/1\.1) (?P<status>\d{{3}}) - "
    r'"(?P<referer>.*)" "(?P<user_agent>.*)"'
)


@pytest.fixture(scope="module")
def site_with_log(site, tmp_path_factory):
    """A site with the content of another one, and a log."""
    database = f"sqlite:///{Path(site.environment['STATUSDOCS_DATA']) / 'statusdocs.sqlite3'}"
    logged = Site(
        tmp_path_factory.mktemp("logged"),
        DATABASE_URL=site.environment.get("DATABASE_URL") or database,
        STATUSDOCS_FINISHED_PAGES="off",
        STATUSDOCS_REQUEST_LOG="on",
    )
    try:
        logged.wait()
        yield logged
    finally:
        logged.stop()


def ask(site, target, *fields):
    """Send a request whose target no client library would send, and wait for the end of the answer."""
    address = urlsplit(site.url)
    with socket.create_connection((address.hostname, address.port), timeout=30) as client:
        lines = [f"GET {target} HTTP/1.1", f"Host: {address.netloc}", "Connection: close", *fields, "", ""]
        client.sendall("\r\n".join(lines).encode())
        while client.recv(65536):
            pass


def lines_with(site, mark):
    """The lines of the log that have this in them. They are awaited where it is on."""
    lines = []
    deadline = time.monotonic() + (10 if site.environment.get("STATUSDOCS_REQUEST_LOG") == "on" else 1)
    while not lines and time.monotonic() < deadline:
        time.sleep(0.1)
        lines = [line for line in site.log.read_bytes().decode().splitlines() if mark in line]
    return lines


def test_a_line_says_who_asked_for_what_and_got_what(site_with_log):
    ask(site_with_log, "/logged?q=a", "Referer: https://example.org/", "User-Agent: curl/8")

    (line,) = lines_with(site_with_log, "/logged")
    assert LINE.fullmatch(line).groupdict() == {
        "request": "GET '/logged'?'q=a' HTTP/1.1",
        "status": "404",
        "referer": "https://example.org/",
        "user_agent": "curl/8",
    }


@pytest.mark.parametrize(
    ("target", "request_line"),
    [
        ("/newline%0A192.0.2.9%20b%85", r"GET '/newline\n192.0.2.9 b\x85'?'' HTTP/1.1"),
        ("/return%0D%0Ab", r"GET '/return\r\nb'?'' HTTP/1.1"),
        ("/separator%E2%80%A8b", r"GET '/separator\xe2\x80\xa8b'?'' HTTP/1.1"),
        ("/quotes'%22%20200", r"""GET '/quotes\'" 200'?'' HTTP/1.1"""),
        ("/query?\xc2\x85", r"GET '/query'?'\xc3\x82\xc2\x85' HTTP/1.1"),
    ],
)
def test_nobody_can_write_a_line_of_another(site_with_log, target, request_line):
    ask(site_with_log, target, 'User-Agent: x" 200 - "y')

    (line,) = lines_with(site_with_log, re.match("/[a-z]+", target)[0])
    fields = LINE.fullmatch(line).groupdict()
    assert fields["request"] == request_line
    assert fields["status"] == "404"


def test_without_the_setting_no_request_is_logged(site):
    ask(site, "/unlogged")

    assert lines_with(site, "/unlogged") == []
