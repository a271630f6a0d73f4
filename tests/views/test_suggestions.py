"""/suggest: what a text may mean, in the form that browsers read (OpenSearch Suggestions 1.1)."""

import pytest
from django.conf import settings

HOSTILE = [
    "x" * 2000,
    "9" * 2000,
    "a " * 100,
    "co " * 66,
    "404 " * 50,
    "%" * 2000,
    "\x00" * 2000,
    "\N{GRINNING FACE}" * 2000,
    "\N{RIGHT-TO-LEFT OVERRIDE}404",
    '"' * 2000,
    "(" * 2000,
    "." * 2000,
    "403." * 50,
    "HTTP/1.1 " * 22,
    "'; DROP TABLE codes_statuscode; --",
    '"><script>alert(1)</script>',
    "\N{LATIN SMALL LIGATURE FFI}" * 2000,
]


@pytest.fixture
def suggested(client, db):
    """The titles, details and paths that are suggested for a text."""

    def get(text):
        response = client.get("/suggest", {"q": text})
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/x-suggestions+json"
        said, titles, details, urls = response.json()
        assert said == text
        assert len(titles) == len(details) == len(urls) <= 8
        assert all(url.startswith(f"{settings.ORIGIN}/") for url in urls)
        return titles, details, [url.removeprefix(settings.ORIGIN) for url in urls]

    return get


def test_a_text_has_suggestions_with_title_detail_and_address(suggested):
    titles, details, paths = suggested("nginx 499")

    assert titles[0] == "499 Client Closed Request (nginx)"
    assert details[0].endswith(".")
    assert paths[0] == "/499/nginx"


def test_a_nameless_registered_code_is_suggested_by_the_name_that_people_know(suggested):
    assert suggested("418")[0][0] == "418 I'm a Teapot"


def test_a_beginning_has_suggestions(suggested):
    assert "/418" in suggested("teap")[2]
    assert suggested("40")[2][:3] == ["/400", "/401", "/402"]
    assert suggested("4")[2][0] == "/classes/4xx"


def test_at_most_eight_are_suggested(suggested):
    assert len(suggested("cloudflare")[0]) == 8


@pytest.mark.parametrize("text", ["", "   ", "?!", "qqqqqq"])
def test_a_text_that_means_nothing_has_no_suggestions(suggested, text):
    assert suggested(text) == ([], [], [])


def test_no_text_has_no_suggestions(client, db):
    assert client.get("/suggest").json() == ["", [], [], []]


def test_a_text_that_is_too_long_is_refused_by_name(client, problem):
    document = problem("/suggest?q=" + "x" * 2001, 400)

    assert document["errors"][0]["parameter"] == "q"
    assert "at most 2000 characters" in document["detail"]
    assert client.get("/suggest?q=" + "x" * 2000).status_code == 200


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_server_error(suggested, text):
    suggested(text)


def test_suggestions_can_be_read_from_any_origin(client, db):
    response = client.get("/suggest?q=404")

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
