"""/try/503: the answer has the status that the address names."""

import gzip
import logging

import pytest
from django.test import Client


def test_the_answer_has_the_status_and_says_that_it_was_asked_for(client):
    response = client.get("/try/503")

    assert response.status_code == 503
    assert response.headers["Statusdocs-Try"] == "503"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "You asked for a 503, so this is one. It says nothing about the state of this site.\n"
        "What it means: http://127.0.0.1:8000/503\n"
    )


@pytest.mark.parametrize("accept", ["application/json", "text/plain;q=0.5, application/json"])
def test_the_answer_is_json_where_json_is_preferred(client, accept):
    response = client.get("/try/404", headers={"Accept": accept})

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == {
        "status": 404,
        "detail": "You asked for a 404, so this is one. It says nothing about the state of this site.",
        "about": "http://127.0.0.1:8000/404",
    }


@pytest.mark.parametrize("accept", ["*/*", "text/html,*/*;q=0.8", "image/png", "nonsense", "", "a/b;c*=no-encoding''d"])
def test_the_answer_is_text_otherwise(client, accept):
    response = client.get("/try/500", headers={"Accept": accept})

    assert response.status_code == 500
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("number", [299, 418, 427, 499, 599])
def test_a_number_is_answered_with_whether_or_not_it_is_registered(client, number):
    assert client.get(f"/try/{number}").status_code == number


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_every_method_gets_the_status(method):
    # As a server sees it: the usual test client would let every form through.
    response = Client(enforce_csrf_checks=True).generic(method, "/try/503", b"a=b", "application/x-www-form-urlencoded")

    assert response.status_code == 503
    assert not response.cookies


@pytest.mark.parametrize("number", [100, 101, 103, 199])
def test_an_interim_status_is_explained(client, number):
    response = client.get(f"/try/{number}")

    assert response.status_code == 400
    assert b"RFC 9110 section 15.2" in response.content
    assert "Statusdocs-Try" not in response.headers


@pytest.mark.parametrize("number", ["000", "099", "600", "999"])
@pytest.mark.parametrize("accept", ["application/json", "application/problem+json, text/plain;q=0.9"])
def test_a_number_outside_http_is_not_found(client, number, accept):
    response = client.get(f"/try/{number}", headers={"Accept": accept})

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == "HTTP has numbers from 100 to 599, and 200 to 599 can be tried."
    assert "Statusdocs-Try" not in response.headers


@pytest.mark.parametrize("path", ["/try/", "/try", "/try/1000", "/try/50", "/try/５０３", "/try/503/nginx"])
def test_what_is_no_number_is_not_found(client, db, path):
    response = client.get(path)

    assert response.status_code == 404
    assert "Statusdocs-Try" not in response.headers


@pytest.mark.parametrize(
    ("number", "headers", "missing"),
    [
        (206, {}, "Range: bytes=0-3"),
        (206, {"Range": "bytes=1000-"}, "Range: bytes=0-3"),
        (206, {"Range": "bytes=-0"}, "Range: bytes=0-3"),
        (206, {"Range": "bytes=3-0"}, "Range: bytes=0-3"),
        (206, {"Range": "bytes=-"}, "Range: bytes=0-3"),
        (206, {"Range": "bytes=0-3,5-6"}, "Range: bytes=0-3"),
        (206, {"Range": "lines=0-3"}, "Range: bytes=0-3"),
        (206, {"Range": "bytes=0-3", "If-Range": '"other"'}, "Range: bytes=0-3"),
        (226, {}, "A-IM: gzip"),
        (226, {"A-IM": "diffe"}, "A-IM: gzip"),
        (304, {}, 'If-None-Match: "statusdocs-try"'),
        (304, {"If-None-Match": '"other"'}, 'If-None-Match: "statusdocs-try"'),
        (304, {"If-Modified-Since": "Mon, 01 Dec 2025 00:00:00 GMT"}, 'If-None-Match: "statusdocs-try"'),
        (412, {}, 'If-Match: "other"'),
        (412, {"If-Match": '"statusdocs-try"'}, 'If-Match: "other"'),
        (416, {}, "Range: bytes=1000-"),
        (416, {"Range": "bytes=0-3"}, "Range: bytes=1000-"),
    ],
)
def test_what_a_request_lacks_for_a_status_is_named(client, number, headers, missing):
    response = client.get(f"/try/{number}", headers=headers)

    assert response.status_code == 400
    assert missing in response.content.decode()
    assert "Statusdocs-Try" not in response.headers


@pytest.mark.parametrize(
    ("asked_for", "content", "content_range"),
    [
        ("bytes=0-3", b"This", "bytes 0-3/25"),
        ("bytes=18-", b"anges.\n", "bytes 18-24/25"),
        ("bytes=-4", b"es.\n", "bytes 21-24/25"),
        ("bytes=0-999", b"This text never changes.\n", "bytes 0-24/25"),
        ("bytes=-999", b"This text never changes.\n", "bytes 0-24/25"),
    ],
)
def test_a_part_is_the_one_that_was_asked_for(client, asked_for, content, content_range):
    response = client.get("/try/206", headers={"Range": asked_for, "Accept-Encoding": "gzip, br"})

    assert response.status_code == 206
    assert response.content == content
    assert response.headers["Content-Range"] == content_range
    assert response.headers["ETag"] == '"statusdocs-try"'
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("asked_for", ["bytes=25-", "bytes=1000-2000", "bytes=-0"])
def test_a_range_behind_the_end_is_answered_with_the_length(client, asked_for):
    response = client.get("/try/416", headers={"Range": asked_for})

    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */25"


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"statusdocs-try"'},
        {"If-None-Match": '"other", W/"statusdocs-try"'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Mon, 01 Jun 2026 00:00:00 GMT"},
    ],
)
def test_an_unchanged_text_is_not_sent_again(client, headers):
    for method in (client.get, client.head):
        response = method("/try/304", headers=headers)

        assert response.status_code == 304
        assert response.headers["ETag"] == '"statusdocs-try"'
        assert response.headers["Statusdocs-Try"] == "304"
        assert response.content == b""
        assert "Content-Type" not in response.headers


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {"If-Match": '"other"'}),
        ("PUT", {"If-Match": '"other"'}),
        ("PUT", {"If-None-Match": "*"}),
        ("GET", {"If-Unmodified-Since": "Mon, 01 Dec 2025 00:00:00 GMT"}),
    ],
)
def test_a_condition_that_fails_is_answered_with_412(client, method, headers):
    response = client.generic(method, "/try/412", headers=headers)

    assert response.status_code == 412
    assert response.headers["Statusdocs-Try"] == "412"


def test_the_accepted_manipulation_is_applied(client):
    response = client.get("/try/226", headers={"A-IM": "vcdiff, gzip", "If-None-Match": '"statusdocs-try"'})

    assert response.status_code == 226
    assert response.headers["IM"] == "gzip"
    assert response.headers["ETag"] == '"statusdocs-try"'
    assert gzip.decompress(response.content) == b"This text never changes.\n"


@pytest.mark.parametrize("number", [200, 404, 503])
def test_conditions_are_for_the_statuses_that_need_them(client, number):
    response = client.get(f"/try/{number}", headers={"If-None-Match": "*", "If-Match": '"other"', "Range": "bytes=0-3"})

    assert response.status_code == number
    assert "ETag" not in response.headers


def test_a_redirect_stays_on_the_site(client):
    for number in (301, 302, 303, 307, 308):
        assert client.get(f"/try/{number}").headers["Location"] == "/try/200"


def test_no_scheme_opens_a_login_window(client):
    assert client.get("/try/401").headers["WWW-Authenticate"].startswith("Bearer ")
    assert client.get("/try/407").headers["Proxy-Authenticate"].startswith("Bearer ")


def test_scripts_of_any_site_can_read_the_answer_and_its_fields(client):
    for path in ("/try/503", "/try/204", "/try/100"):
        headers = client.get(path).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Access-Control-Expose-Headers"] == "*"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_what_a_browser_asks_beforehand_is_answered_with_yes(client):
    response = client.options(
        "/try/503", headers={"Origin": "https://a.example", "Access-Control-Request-Method": "PUT"}
    )

    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Methods"] == "*"
    assert response.headers["Access-Control-Allow-Headers"] == "*, Authorization"
    assert "Statusdocs-Try" not in response.headers


def test_nothing_of_the_request_comes_back(client):
    response = client.get("/try/404?echo=me", headers={"X-Echo": "me", "User-Agent": "me"})

    assert b"echo" not in response.content
    assert "me" not in response.headers.values()


def test_no_answer_needs_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        client.get("/try/503")
        client.get("/try/103")


@pytest.mark.parametrize("number", [204, 301, 404, 503])
def test_a_trailing_slash_is_sent_to_the_address_without_it(client, db, number):
    response = client.get(f"/try/{number}/")

    assert response.status_code == 301
    assert response.headers["Location"] == f"/try/{number}"


def test_a_failure_that_was_asked_for_is_not_logged(client, monkeypatch):
    lines = []
    monkeypatch.setattr(logging.getLogger("django.request").handlers[0], "emit", lines.append)

    client.get("/try/500")

    assert lines == []


def test_an_installation_can_turn_it_off(client, settings):
    settings.TRY = False

    for path in ("/try/503", "/try/100", "/try/999"):
        response = client.get(path)
        assert response.status_code == 404
        assert response.content == b"This installation does not offer /try: its setting STATUSDOCS_TRY is off.\n"
        assert "Statusdocs-Try" not in response.headers
