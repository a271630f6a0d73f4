"""Which representation an address answers with, and what caches and programs are told about the others."""

import pytest

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
}
DOCUMENTS = [
    *("/404", "/499", "/427", "/499/nginx", "/codes", "/classes", "/classes/4xx", "/rfcs", "/rfcs/9110"),
    *("/vendors", "/vendors/nginx", "/headers", "/headers/retry-after"),
]


@pytest.mark.parametrize(
    ("accept", "representation"),
    [
        (None, "html"),
        ("", "html"),
        ("*/*", "html"),
        (BROWSER, "html"),
        ("text/*", "html"),
        ("application/json", "json"),
        ("application/*", "json"),
        ("APPLICATION/JSON", "json"),
        ("application/json; charset=utf-8", "json"),
        ("application/json; charset=UTF-8", "json"),
        ("text/html;charset=UTF-8", "html"),
        ("text/html;level=1", "html"),
        ("text/markdown; variant=CommonMark", "md"),
        ("application/json, text/plain, */*", "json"),
        ("text/markdown", "md"),
        ("text/markdown, text/html;q=0.9, */*;q=0.1", "md"),
        ("text/plain", "txt"),
        ("application/json;q=0.5, text/plain;q=0.6", "txt"),
        ("application/json;q=0.5, text/plain;q=0.4", "json"),
        ("application/json;q=0, text/plain;q=0.1", "txt"),
        ("text/html;q=0, */*", "json"),
        ("text/*;q=0, text/markdown;q=0.2, application/json;q=0.1", "md"),
        ("image/png, text/plain;q=0.001", "txt"),
        ("application/json;q=nonsense", "json"),
        (",, ,text/plain,", "txt"),
        ('text/html;a="' + "\\" * 500, "html"),
    ],
)
@pytest.mark.parametrize("path", ["/404", "/codes"])
def test_accept_chooses(client, db, path, accept, representation):
    response = client.get(path, headers={} if accept is None else {"Accept": accept})

    assert response.status_code == 200
    assert response.headers["Content-Type"] == TYPES[representation]


@pytest.mark.parametrize(
    "accept",
    [
        "image/png",
        "application/xml",
        "text/html;q=0",
        "*/*;q=0",
        "text/csv",
        "nonsense",
        "/",
        "application/json; x*=no-such-encoding'en'x",
        "application/json, " * 10_000,
        "\u00e9\u20ac",
        ";;;;",
    ],
)
def test_what_is_not_there_is_406_with_the_choices(client, db, accept):
    response = client.get("/404?a=b", headers={"Accept": accept})

    assert response.status_code == 406
    page = response.content.decode()
    for choice in ("/404?a=b", "/404.json?a=b", "/404.md?a=b", "/404.txt?a=b"):
        assert f'<a href="{choice}">' in page
    assert response.headers["Cache-Control"] == "no-store"
    assert "Accept" in response.headers["Vary"].split(", ")


def test_csv_is_a_choice_for_the_list_only(client, db):
    for accept in ("text/csv", "text/csv; header=present"):
        assert client.get("/codes", headers={"Accept": accept}).headers["Content-Type"] == TYPES["csv"]
    assert client.get("/vendors", headers={"Accept": "text/csv"}).status_code == 406
    assert client.get("/vendors.csv").status_code == 404


@pytest.mark.parametrize("path", DOCUMENTS)
@pytest.mark.parametrize("suffix", ["json", "md", "txt"])
def test_a_negotiated_answer_is_the_one_with_the_suffix(client, db, path, suffix):
    accept = TYPES[suffix].partition(";")[0]

    negotiated, named = client.get(path, headers={"Accept": accept}), client.get(f"{path}.{suffix}")

    assert negotiated.content == named.content
    assert negotiated.headers["ETag"] == named.headers["ETag"]
    assert negotiated.headers["Content-Type"] == named.headers["Content-Type"] == TYPES[suffix]
    assert negotiated.headers["Content-Location"] == f"{path}.{suffix}"
    assert negotiated.headers["Cache-Control"] == "private, no-cache"
    assert negotiated.headers["Access-Control-Allow-Origin"] == named.headers["Access-Control-Allow-Origin"] == "*"
    assert set(negotiated.headers["Vary"].split(", ")) == {"Accept", "Accept-Encoding"}
    assert "Content-Location" not in named.headers
    assert "private" not in named.headers.get("Cache-Control", "")
    assert "Accept" not in named.headers["Vary"].split(", ")


def test_a_page_varies_with_accept_and_may_be_held(client, db):
    response = client.get("/404", headers={"Accept": BROWSER})

    assert set(response.headers["Vary"].split(", ")) == {"Accept", "Accept-Encoding"}
    assert "Content-Location" not in response.headers
    assert "private" not in response.headers.get("Cache-Control", "")


def test_a_suffix_counts_more_than_accept(client, db):
    assert client.get("/404.json", headers={"Accept": "text/html"}).headers["Content-Type"] == TYPES["json"]
    assert client.get("/404.md", headers={"Accept": "image/png"}).headers["Content-Type"] == TYPES["md"]


@pytest.mark.parametrize("path", ["/404", "/codes"])
def test_a_negotiated_answer_is_answered_with_304_by_its_own_etag_only(client, db, path):
    page = client.get(path).headers["ETag"]
    data = client.get(path, headers={"Accept": "application/json"}).headers["ETag"]

    assert page != data
    assert client.get(path, headers={"Accept": "application/json", "If-None-Match": data}).status_code == 304
    assert client.get(path, headers={"Accept": "application/json", "If-None-Match": page}).status_code == 200
    assert client.head(path, headers={"Accept": "application/json"}).headers["ETag"] == data


def test_the_query_stays_in_the_other_addresses(client, db):
    response = client.get("/codes?class=4&q=a%20%3Cb%3E", headers={"Accept": "text/csv"})

    assert response.headers["Content-Location"] == "/codes.csv?class=4&q=a%20%3Cb%3E"
    links = response.headers["Link"].split(", ")
    assert '<http://127.0.0.1:8000/codes>; rel="canonical"' in links
    assert '<http://127.0.0.1:8000/codes.md?class=4&q=a%20%3Cb%3E>; rel="alternate"; type="text/markdown"' in links


def test_a_long_query_is_repeated_in_no_field(client, db):
    response = client.get(f"/codes?{'class=4&' * 70}q=teapot", headers={"Accept": "text/csv"})

    assert response.status_code == 200
    assert "Content-Location" not in response.headers
    assert "class=4" not in response.headers["Link"]


@pytest.mark.parametrize(
    ("path", "others"),
    [
        ("/499/nginx", {"json", "md", "txt"}),
        ("/499/nginx.json", {"html", "md", "txt"}),
        ("/rfcs/9110.txt", {"html", "json", "md"}),
        ("/codes", {"json", "md", "txt", "csv"}),
        ("/codes.csv", {"html", "json", "md", "txt"}),
    ],
)
def test_every_representation_links_to_the_others_and_to_the_page(client, db, path, others):
    bare = f"http://127.0.0.1:8000{path.partition('.')[0]}"

    links = set(client.get(path).headers["Link"].split(", "))

    assert links == {f'<{bare}>; rel="canonical"'} | {
        f'<{bare if other == "html" else f"{bare}.{other}"}>; rel="alternate"; type="{TYPES[other].partition(";")[0]}"'
        for other in others
    }


def test_a_long_query_does_not_fill_the_header_fields(client, db):
    response = client.get("/codes?" + "&".join(["q=teapot"] * 900))

    assert response.headers["Link"] == '<http://127.0.0.1:8000/codes>; rel="canonical"'


@pytest.mark.parametrize("path", ["/777", "/nope", "/499/nobody", "/vendors/nobody", "/codes?class=9"])
@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/json", "application/problem+json"),
        ("application/problem+json", "application/problem+json"),
        ("application/problem+json, text/html;q=0.9", "application/problem+json"),
        ("application/*;q=0.5, text/html;q=0.4", "application/problem+json"),
        ("application/problem+json;q=0.5, text/html", TYPES["html"]),
        ("text/markdown", TYPES["md"]),
        ("text/plain", TYPES["txt"]),
        (BROWSER, TYPES["html"]),
        ("image/png", TYPES["html"]),
    ],
)
def test_an_error_comes_in_what_accept_prefers(client, db, path, accept, content_type):
    response = client.get(path, headers={"Accept": accept})

    assert response.status_code in (400, 404)
    assert response.headers["Content-Type"] == content_type
    assert "Accept" in response.headers["Vary"].split(", ")
    assert response.headers["Cache-Control"] == "no-store"


def test_406_is_a_problem_document_for_who_accepts_nothing_else(client, db):
    response = client.get("/404", headers={"Accept": "application/problem+json"})

    assert response.status_code == 406
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_method_that_is_not_allowed_is_said_in_what_accept_prefers(client, db):
    response = client.post("/404", headers={"Accept": "text/markdown"})

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["Content-Type"] == TYPES["md"]
    assert response.content.decode().startswith("# 405 Method Not Allowed\n")
