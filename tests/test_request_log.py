"""The log of requests."""

from statusdocs.request_log import RequestLog


def log(**environ):
    """The lines that a request leaves behind."""

    def application(environ, start_response):
        start_response("404 Not Found", [("Content-Length", "7")])
        return [b"Nothing"]

    lines = []
    request_log = RequestLog(application, lines.append)
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/nope",
        "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.1",
        **environ,
    }
    assert request_log(environ, lambda status, fields: None) == [b"Nothing"]
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
