"""No value, in no part of an address, is a server error, comes back unescaped, sets a cookie or leads elsewhere."""

from urllib.parse import quote

import pytest
from django.db import connection

from codes.listing.filters import CodeFilter

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "x" * 3_000,
    "9" * 3_000,
    "-1",
    "0",
    "٤٠٤",
    "\u202e404",
    "\x00",
    "\r\nSet-Cookie: a=b",
    "..",
    "../../etc/passwd",
    "//evil.example",
    "\\\\evil.example",
    "%2e%2e%2f",
    "%s%n{{7*7}}${7*7}",
    "' OR 1=1 --",
    "\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
    "null",
    "a" * 101,
    "a-" * 60,
    "404" * 30,
]
# Every part of an address that a stranger chooses.
PLACES = [
    *("/{}", "/404-{}", "/{}-404", "/404/{}", "/499/nginx/{}", "/classes/{}", "/rfcs/{}", "/vendors/{}", "/headers/{}"),
    *("/codes/{}", "/compare/{}", "/compare/404,{}", "/choose/{}", "/404?q={}", "/404?{}=x", "/suggest?q={}"),
    *(f"/codes?class=1&{name}={{}}" for name in (*CodeFilter.base_filters, "x")),
]
SUFFIXES = ["", ".json", ".md", ".txt", ".csv"]
ACCEPTS = ["text/html", "application/json", "text/markdown", "text/plain", "text/csv", "image/png"]


def assert_harmless(response, value):
    assert response.status_code < 500
    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    if 300 < response.status_code < 400:
        assert response.headers["Location"].startswith("/")
        assert not response.headers["Location"].startswith(("//", "/\\"))
    if response.headers.get("Content-Type", "").startswith("text/html"):
        page = response.content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        if set('<"') & set(value):
            assert value not in page
    assert all("\n" not in field and "<" not in field for name, field in response.items() if name != "Link")


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_a_hostile_value_does_no_harm_with_any_suffix(client, db, place):
    path, mark, query = place.partition("?")
    # With each suffix a database is asked for the same.
    suffixes = SUFFIXES if connection.vendor == "sqlite" else SUFFIXES[:1]
    for value in HOSTILE:
        for suffix in suffixes:
            address = f"{path}{suffix}{mark}{query}".replace("{}", quote(value, safe=""))
            assert_harmless(client.get(address), value)


@pytest.mark.slow
@pytest.mark.parametrize(
    "place", ["/{}", "/404/{}", "/vendors/{}", "/codes?class={}", "/codes?class=1&q={}", "/compare/{}"]
)
@pytest.mark.parametrize("accept", ACCEPTS)
def test_a_hostile_value_does_no_harm_whatever_is_accepted(client, db, place, accept):
    for value in HOSTILE:
        address = place.replace("{}", quote(value, safe=""))
        assert_harmless(client.get(address, headers={"Accept": accept}), value)


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/404", "/codes?class=1", "/nope", "/early-hints", "/not-found", "/try/503"])
def test_a_hostile_accept_does_no_harm(client, db, path):
    for value in HOSTILE:
        for accept in (value, f"text/html;q={value}", f"{value}/*", f"application/json;{value}=1, */*"):
            response = client.get(path, headers={"Accept": accept.replace("\r\n", " ")})
            if path != "/try/503":
                assert_harmless(response, value)
            else:
                assert response.status_code == 503


def test_an_unknown_address_costs_little_once_the_names_are_known(client, db, django_assert_max_num_queries):
    client.get("/nope")

    # Each asks for the state of the content: to find the name, and to find what is spelled like it.
    with django_assert_max_num_queries(2):
        client.get("/wp-login")
