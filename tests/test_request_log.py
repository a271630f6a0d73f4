"""The log of requests."""

import errno

import pytest

from statusdocs import request_log as request_logs
from statusdocs.request_log import RequestLog

REQUEST = {
    "REQUEST_METHOD": "GET",
    "PATH_INFO": "/nope",
    "QUERY_STRING": "",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "REMOTE_ADDR": "192.0.2.1",
}


def nothing(environ, start_response):
    start_response("404 Not Found", [("Content-Length", "7")])
    return [b"Nothing"]


def log(**environ):
    """The lines that a request leaves behind."""
    lines = []
    request_log = RequestLog(nothing, lines.append)
    assert request_log({**REQUEST, **environ}, lambda status, fields: None) == [b"Nothing"]
    request_log.write()
    return "".join(lines)


def test_a_line_says_who_asked_for_what_and_got_what():
    line = log(QUERY_STRING="q=a", HTTP_USER_AGENT="curl/8", HTTP_REFERER="https://example.org/")

    assert line.startswith("192.0.2.1 - - [")
    assert line.endswith(' +0000] "GET /nope?q=a HTTP/1.1" 404 7 "https://example.org/" "curl/8"\n')


def test_nobody_can_write_a_line_of_another():
    lines = log(PATH_INFO="/a\n192.0.2.9 b\x85", HTTP_USER_AGENT='x"\n"\x85\\')

    assert lines.splitlines() == [lines.removesuffix("\n")]
    assert '"GET /a%0A192.0.2.9%20b%85 HTTP/1.1"' in lines
    assert lines.endswith('"x\\"\\n\\"\\x85\\\\"\n')


def test_a_line_has_a_length_that_no_client_can_exceed():
    assert len(log(PATH_INFO="/ " * 10_000, HTTP_USER_AGENT='"' * 10_000, QUERY_STRING="a" * 10_000)) < 10_000


def test_a_full_disk_ends_no_log(monkeypatch):
    said = iter([OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])

    def write(lines):
        raise next(said)

    def pause(seconds):
        request_log(REQUEST, lambda status, fields: None)

    request_log = RequestLog(nothing, write)
    monkeypatch.setattr(request_logs.time, "sleep", pause)

    with pytest.raises(KeyboardInterrupt):
        request_log.keep_writing()


def test_lines_that_cannot_be_written_are_kept_in_a_bounded_number(monkeypatch):
    monkeypatch.setattr(request_logs, "MOST_WAITING", 3)
    written = []
    request_log = RequestLog(nothing, written.append)

    for _ in range(10):
        request_log(REQUEST, lambda status, fields: None)
    request_log.write()

    assert "".join(written).count("\n") == 3
