"""Every example is a valid HTTP/1.1 exchange and keeps the rules that the content itself states for its code."""

import re

import h11
import pytest

from codes.models import Example

pytestmark = pytest.mark.django_db

# These are seen only inside the content of a 207 (RFC 4918 section 13, RFC 5842 section 7.1).
INSIDE_207 = {208, 424}
# Sent by the client for what the server then complains of, so no client library would write it.
DELIBERATELY_WRONG = {400, 408, 505}


def on_the_wire(message):
    """A message as bytes: CRLF in every header section; what follows the last one is content, byte for byte."""
    blocks = message.split("\n\n")
    heads = [block for block in blocks if re.match(r"HTTP/1\.[01] \d{3}|[A-Z-]+ \S+ HTTP/", block)]
    head = b"".join(block.replace("\n", "\r\n").encode() + b"\r\n\r\n" for block in heads)
    return head + "\n\n".join(blocks[len(heads) :]).encode()


def responses_to(example):
    """The interim and final responses of an example, as h11 reads them, with the content of the final one."""
    method = example.request.partition(" ")[0]
    connection = h11.Connection(h11.CLIENT)
    request = [("Host", "example.com")]
    if upgrade := re.search(r"^Upgrade: (.*)$", example.request, re.MULTILINE):
        request += [("Connection", "upgrade"), ("Upgrade", upgrade[1])]
    connection.send(h11.Request(method=method, target="/", headers=request))
    connection.send(h11.EndOfMessage())
    connection.receive_data(on_the_wire(example.response))
    responses, content = [], b""
    while True:
        event = connection.next_event()
        if isinstance(event, h11.InformationalResponse | h11.Response):
            responses.append(event)
            if event.status_code == 101:
                return responses, content
        elif isinstance(event, h11.Data):
            content += bytes(event.data)
        elif event is h11.NEED_DATA and isinstance(responses[-1], h11.InformationalResponse):
            return responses, content
        elif event is h11.NEED_DATA:
            # Without Content-Length the end of the connection is the end of the content.
            connection.receive_data(b"")
        elif isinstance(event, h11.EndOfMessage):
            return responses, content


def examples():
    return Example.objects.select_related("code").prefetch_related("code__header_rules__header", "code__properties")


def the_response(example):
    """The response that the example is about."""
    responses, content = responses_to(example)
    wanted = 207 if example.code.number in INSIDE_207 else example.code.number
    return next(response for response in responses if response.status_code == wanted), content


def test_every_response_is_read_by_h11_and_has_its_number_and_phrase():
    for example in examples():
        response, content = the_response(example)
        if example.code.number in INSIDE_207:
            assert f"HTTP/1.1 {example.code.number} {example.code.phrase}".encode() in content, example.code
        else:
            # An unused number has no phrase; what is sent all the same is the name that it is known by.
            former = [former.phrase for former in example.code.former_phrases.all()]
            assert response.reason.decode() in ([example.code.phrase] if example.code.phrase else former), example.code


def test_every_request_is_read_by_h11():
    for example in examples():
        if example.code.number in DELIBERATELY_WRONG:
            continue
        connection = h11.Connection(h11.SERVER)
        connection.receive_data(on_the_wire(example.request))
        request = connection.next_event()
        assert isinstance(request, h11.Request), example.code
        assert (b"host", b"") not in request.headers


def test_every_response_has_the_header_fields_that_it_must_have_and_none_that_it_must_not():
    for example in examples():
        response, _ = the_response(example)
        present = {name.decode() for name, _ in response.headers}
        for rule in example.code.header_rules.all():
            # A condition narrows the rule to some responses, or to the request.
            if rule.requirement == "MUST" and not rule.condition:
                assert rule.header.slug in present, (example.code, rule)
            if rule.requirement == "MUST NOT" and not rule.condition:
                assert rule.header.slug not in present, (example.code, rule)


def test_a_response_without_content_has_none():
    for example in examples():
        _, content = the_response(example)
        if example.code.properties.get(name="content").value == "none" and example.code.status_class_id != 1:
            assert content == b"", example.code


def test_a_final_response_of_an_origin_server_has_a_date():
    """RFC 9110 section 6.6.1: in 2xx, 3xx and 4xx responses."""
    for example in examples():
        for response in responses_to(example)[0]:
            if 200 <= response.status_code <= 499:
                assert b"date" in dict(response.headers), example.code


def test_an_interim_response_is_followed_or_alone_but_has_no_length():
    for example in examples():
        for response in responses_to(example)[0]:
            if response.status_code < 200:
                assert b"content-length" not in dict(response.headers), example.code
