"""/try/NNN for every registered code, on the wire, against what the content itself says of the code."""

import socket
from urllib.parse import urlsplit

import h11
import pytest

from codes.models import StatusCode

pytestmark = [pytest.mark.django_db, pytest.mark.served]

# What a request has to bring for these.
BRINGS = {
    206: [("Range", "bytes=0-3")],
    226: [("A-IM", "gzip")],
    304: [("If-None-Match", '"statusdocs-try"')],
    412: [("If-Match", '"other"')],
    416: [("Range", "bytes=1000-")],
}
# Rules for the request, or for a response that is not this one.
NOT_FOR_THIS_ANSWER = {
    (226, "a-im"): "of the request",
    (226, "if-none-match"): "of the request, and only with a delta format",
    (226, "delta-base"): "only where the answer is a delta",
    (412, "if-none-match"): "of the request",
    (423, "if"): "of the request",
    (425, "early-data"): "of the request",
    (206, "content-type"): "only where there are several parts; one part has its own",
    # The text that 206 and 304 are about has none of these, so neither has a 200 with it.
    **{(number, name): "no 200 would have it" for number in (206, 304) for name in ("content-location", "expires")},
}


def ask(site, path, method="GET", headers=(), content=b""):
    """The answer to a request, with its content; whatever is on the wire behind it is an error."""
    address = urlsplit(site.url)
    connection = h11.Connection(h11.CLIENT)
    fields = [("Host", address.netloc), ("Connection", "close"), ("Content-Length", str(len(content))), *headers]
    request = connection.send(h11.Request(method=method, target=path, headers=fields))
    request += connection.send(h11.Data(data=content)) + connection.send(h11.EndOfMessage())
    with socket.create_connection((address.hostname, address.port), timeout=10) as wire:
        wire.sendall(request)
        while received := wire.recv(65536):
            connection.receive_data(received)
        connection.receive_data(b"")
    answer, body = connection.next_event(), b""
    while isinstance(event := connection.next_event(), h11.Data):
        body += bytes(event.data)
    assert isinstance(event, h11.EndOfMessage)
    assert connection.trailing_data[0] == b""
    return answer, body


def names(answer):
    return {name.decode() for name, _ in answer.headers}


def field(answer, name):
    return next((value.decode() for key, value in answer.headers if key.decode() == name), None)


@pytest.fixture
def final_codes():
    codes = StatusCode.objects.registered().exclude(status_class=1)
    return codes.prefetch_related("header_rules__header", "properties")


def test_every_registered_code_is_answered_with_itself(site, final_codes):
    assert {404, 418, 503} <= {code.number for code in final_codes}
    for code in final_codes:
        answer, _ = ask(site, f"/try/{code.number}", headers=BRINGS.get(code.number, ()))

        assert answer.status_code == code.number
        assert field(answer, "statusdocs-try") == str(code.number)
        assert field(answer, "cache-control") == "no-store"


def test_every_header_field_is_there_that_the_content_says_must_be_and_none_that_must_not(site, final_codes):
    held = set()
    for code in final_codes:
        answer, _ = ask(site, f"/try/{code.number}", headers=BRINGS.get(code.number, ()))
        for rule in code.header_rules.all():
            if (code.number, rule.header.slug) in NOT_FOR_THIS_ANSWER:
                continue
            if rule.requirement == "MUST":
                held.add((code.number, rule.header.slug))
                assert rule.header.slug in names(answer), (code, rule)
            elif rule.requirement == "MUST NOT":
                held.add((code.number, rule.header.slug))
                assert rule.header.slug not in names(answer), (code, rule)
    assert {(401, "www-authenticate"), (204, "content-length"), (426, "upgrade"), (226, "im")} <= held


def test_content_is_there_where_the_content_allows_it_and_never_for_head(site, final_codes):
    for code in final_codes:
        allowed = {row.name: row.value for row in code.properties.all()}["content"] != "none"
        _, content = ask(site, f"/try/{code.number}", headers=BRINGS.get(code.number, ()))
        answer, nothing = ask(site, f"/try/{code.number}", method="HEAD")

        assert bool(content) == allowed, code
        assert nothing == b"", code
        assert answer.status_code in (code.number, 400), code


def test_an_empty_answer_says_its_length_where_http_allows_it(site):
    assert field(ask(site, "/try/205")[0], "content-length") == "0"
    for method in ("GET", "HEAD"):
        assert field(ask(site, "/try/204", method=method)[0], "content-length") is None
        assert field(ask(site, "/try/304", method=method, headers=BRINGS[304])[0], "content-length") is None


@pytest.mark.parametrize("number", [100, 101, 102, 103, 104])
def test_an_interim_status_is_refused(site, number):
    answer, content = ask(site, f"/try/{number}")

    assert answer.status_code == 400
    assert b"interim" in content


@pytest.mark.parametrize("number", [299, 499, 599])
def test_a_number_that_is_not_registered_is_answered_with_itself(site, number):
    assert ask(site, f"/try/{number}")[0].status_code == number


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "PROPFIND"])
def test_every_method_is_answered_and_its_content_ignored(site, method):
    answer, _ = ask(site, "/try/418", method=method, content=b"coffee" * 10_000)

    assert answer.status_code == 418
