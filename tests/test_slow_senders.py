"""Who waits while others send slowly."""

import pytest
from django.test import RequestFactory

from statusdocs.slow_senders import AT_ONCE, FewWithContent


def send(application, path, host):
    """The status of the answer to a request with content."""
    statuses = []
    environ = RequestFactory(headers={"Host": host}).post(path, {"a": "b"}).environ
    application(environ, lambda status, fields: statuses.append(status))
    return statuses[0]


def while_others_send(path, host="127.0.0.1"):
    """The status of the answer to a request with content while as many as may be are still being received."""
    said = []
    others = iter(range(AT_ONCE))

    def receive(environ, start_response):
        # Before it is answered the next one comes, and after the last one the one that is asked about.
        turn = next(others, None)
        if turn is not None:
            is_last = turn == AT_ONCE - 1
            said.append(send(few, path, host) if is_last else send(few, "/admin/login/", "127.0.0.1"))
        start_response("200 OK", [])
        return []

    few = FewWithContent(receive)
    send(few, "/admin/login/", "127.0.0.1")
    return said[0]


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/admin/login/", "127.0.0.1", "503 Service Unavailable"),
        ("/404", "127.0.0.1", "503 Service Unavailable"),
        # Nothing of these is read.
        ("/try/200", "127.0.0.1", "200 OK"),
        ("/admin/login/", "evil.example", "200 OK"),
    ],
)
def test_only_those_wait_whose_content_is_read(path, host, status):
    assert while_others_send(path, host) == status
