"""One cached page, and what a client prefers."""

import gzip
from wsgiref.validate import validator

import brotli
import pytest

from statusdocs.page_cache.cached_page import CachedPage, best_encoding, not_modified_fields, request, zstd

LONG = "The same again. " * 50


def test_a_text_is_there_in_every_encoding(make_page):
    page = make_page(LONG)

    assert brotli.decompress(page.contents["br"]).decode() == LONG
    assert gzip.decompress(page.contents["gzip"]).decode() == LONG
    assert zstd.decompress(page.contents["zstd"]).decode() == LONG
    assert page.content.decode() == LONG


def test_a_picture_and_a_text_too_short_to_gain_stay_as_they_are(make_page):
    picture = CachedPage.from_response([("Content-Type", "image/png")], LONG.encode())

    assert picture.contents == {"identity": LONG.encode()}
    assert make_page("ok").contents == {"identity": b"ok"}


def test_an_encoded_page_says_its_own_length_and_has_a_weak_entity_tag(make_page):
    page = make_page(LONG)
    fields = dict(page.fields_for("br"))

    assert fields["Content-Encoding"] == "br"
    assert fields["Content-Length"] == str(len(page.contents["br"]))
    assert fields["ETag"] == 'W/"etag"'
    assert dict(page.fields_for("identity"))["ETag"] == '"etag"'


def test_what_has_no_content_describes_none(make_page):
    page = make_page(LONG)

    assert not_modified_fields(page.fields) == [("Vary", "Accept-Encoding"), ("ETag", '"etag"')]
    assert not_modified_fields(page.fields_for("br")) == [("Vary", "Accept-Encoding"), ("ETag", 'W/"etag"')]


@pytest.mark.parametrize(
    ("accept_encoding", "encoding"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("zstd, gzip", "zstd"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.4", "br"),
        ("br;q=0.4, gzip ; q=0.5", "gzip"),
        ("br;q=1.0, gzip", "br"),
        ("br;q=0, gzip;q=0", "identity"),
        ("br;q=much", "identity"),
        ("deflate", "identity"),
        ("*", "identity"),
    ],
)
def test_the_encoding_that_a_client_prefers(accept_encoding, encoding):
    assert best_encoding(accept_encoding) == encoding


@pytest.mark.parametrize(
    ("origin", "scheme", "host", "name", "port"),
    [
        ("http://127.0.0.1:8000", "http", "127.0.0.1:8000", "127.0.0.1", "8000"),
        ("http://status.example", "http", "status.example", "status.example", "80"),
        ("https://status.example", "https", "status.example", "status.example", "443"),
        ("https://status.example:8443", "https", "status.example:8443", "status.example", "8443"),
    ],
)
def test_a_page_is_requested_as_by_a_client_without_preferences(origin, scheme, host, name, port):
    asked = {}

    def application(environ, start_response):
        asked.update(environ, content=environ["wsgi.input"].read(1))
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"one, ", b"two"]

    status, fields, content = request(validator(application), origin, "/a%20b%C3%A9")

    assert (status, fields, content) == (404, [("Content-Type", "text/plain")], b"one, two")
    assert {key: value for key, value in asked.items() if key.isupper()} == {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/a b\u00c3\u00a9",
        "QUERY_STRING": "",
        "SERVER_NAME": name,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host,
        "HTTP_X_FORWARDED_PROTO": scheme,
    }
    assert (asked["wsgi.url_scheme"], asked["content"]) == (scheme, b"")
