"""One cached page, and what a client prefers."""

import gzip

import brotli
import pytest

from statusdocs.page_cache.cached_page import CachedPage, best_encoding, not_modified_fields, zstd

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
