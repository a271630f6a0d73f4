"""What every public address has in common."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# One of each kind of page, with the words by which it is known and the most queries that it may cost.
PAGES = [
    ("/", "What does this status code mean?", 4),
    ("/404", "Not Found", 7),
    ("/499", "Who sent it?", 7),
    ("/427", "Nobody is known to use 427", 5),
    ("/499/nginx", "Client Closed Request", 7),
    ("/403/iis/14", "403.14", 1),
    ("/codes", "All status codes", 2),
    ("/codes?q=bad+gateway&class=5&vendor=cloudflare&rfc=9110&sort=-updated", "No code matches", 3),
    ("/classes", "The five classes", 1),
    ("/classes/4xx", "Client Error", 2),
    ("/rfcs", "Obsoleted by", 5),
    ("/rfcs/9110", "HTTP Semantics", 10),
    ("/vendors", "Cloudflare", 2),
    ("/vendors/nginx", "Its codes", 2),
    ("/headers", "Retry-After", 2),
    ("/headers/retry-after", "Status codes it is used with", 2),
    ("/compare", "Often compared", 3),
    ("/compare/301,308", "Fact by fact", 8),
    ("/compare/499:nginx,499:arcgis", "Token Required", 8),
    ("/api", "A server for testing clients", 1),
    ("/choose", "What do you have to tell the client?", 2),
    ("/choose/moved-for-good", "May a POST arrive there as a GET?", 2),
    ("/choose/moved-method-kept", "Permanent Redirect", 4),
    ("/about", "About statusdocs", 4),
]
DOCUMENTS = [
    ("/404.json", 3),
    ("/499.json", 3),
    ("/499/nginx.json", 3),
    ("/codes.json", 3),
    ("/codes.json?class=4&vendor=nginx&q=client", 4),
    ("/classes.json", 1),
    ("/classes/4xx.json", 2),
    ("/rfcs.json", 5),
    ("/rfcs/9110.json", 6),
    ("/vendors.json", 1),
    ("/vendors/nginx.json", 2),
    ("/headers.json", 1),
    ("/headers/retry-after.json", 2),
    ("/suggest?q=teapot", 1),
    ("/schema.json", 0),
    ("/openapi.json", 1),
    ("/404.md", 3),
    ("/499.txt", 3),
    ("/499/nginx.md", 3),
    ("/codes.md", 3),
    ("/codes.txt?class=4&vendor=nginx&q=client", 4),
    ("/codes.csv", 3),
    ("/classes.md", 1),
    ("/classes/4xx.txt", 2),
    ("/rfcs.txt", 5),
    ("/rfcs/9110.md", 6),
    ("/vendors.md", 1),
    ("/vendors/nginx.txt", 2),
    ("/headers.txt", 1),
    ("/headers/retry-after.md", 2),
]
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
}
PATHS = [path for path, *_ in (*PAGES, *DOCUMENTS)]


@pytest.mark.parametrize(("path", "words", "budget"), PAGES)
def test_a_page_says_what_it_is_within_its_budget_of_queries(client, loaded_once, path, words, budget):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)

    assert response.status_code == 200
    assert words in response.content.decode()
    assert len(queries) <= budget, [query["sql"][:200] for query in queries]


@pytest.mark.parametrize(("path", "budget"), DOCUMENTS)
def test_a_document_stays_within_its_budget_of_queries(client, loaded_once, path, budget):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)

    assert response.status_code == 200
    assert len(queries) <= budget, [query["sql"][:200] for query in queries]


@pytest.mark.parametrize("path", [*PATHS, "/healthz", "/nope", "/777", "/codes?class=9", "/static/site.css", "/404/"])
def test_every_answer_has_the_strict_header_fields(client, db, path):
    response = client.get(path)
    # A static file stays open until then.
    response.close()

    headers = response.headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    is_data = path.partition("?")[0].endswith((".json", ".md", ".txt", ".csv", "/suggest"))
    assert headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if is_data else "same-origin")
    assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize("path", PATHS)
def test_a_page_depends_on_nothing_of_the_visitor(client, db, path):
    User.objects.create_superuser("curator", password="a long password")
    before = client.get(path)
    client.login(username="curator", password="a long password")
    client.cookies["anything"] = "else"

    after = client.get(path, headers={"Accept-Language": "de", "User-Agent": "curl/8"})

    assert after.content == before.content
    assert not before.cookies
    assert not after.cookies
    assert "Cookie" not in before.headers.get("Vary", "")


@pytest.mark.parametrize("path", [path for path, *_ in PAGES])
def test_a_page_has_no_inline_script_or_style(get_html, path):
    page = get_html(path)

    # JSON-LD is data: no browser runs it.
    page = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", page)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page)
    assert "csrf" not in page


@pytest.mark.parametrize("path", PATHS)
def test_an_unchanged_page_is_answered_with_304(client, db, path):
    etag = client.get(path).headers["ETag"]

    assert client.head(path).headers["ETag"] == etag
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    assert client.head(path, headers={"If-None-Match": etag}).status_code == 304
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("path", ["/404", "/404.json"])
def test_a_304_says_all_that_the_200_says_but_of_its_content(client, db, path, method):
    whole = getattr(client, method)(path)

    unchanged = getattr(client, method)(path, headers={"If-None-Match": whole.headers["ETag"]})

    of_content = {"Content-Type", "Content-Length"}
    assert unchanged.status_code == 304
    assert dict(unchanged.headers) == {name: said for name, said in whole.headers.items() if name not in of_content}


@pytest.mark.parametrize("path", PATHS)
def test_a_page_can_be_read_and_nothing_sent_to_it(db, path):
    # As a server sees it: the usual test client would let every form through.
    client = Client(enforce_csrf_checks=True)
    assert client.head(path).status_code == 200
    assert client.options(path).headers["Allow"] == "GET, HEAD, OPTIONS"
    for method in (client.post, client.put, client.patch, client.delete):
        response = method(path)
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_an_answer_that_can_have_no_content_has_no_length(client, db):
    """RFC 9110 section 8.6."""
    assert not {"Content-Length", "Content-Type"} & set(client.options("/404").headers)
    etag = client.get("/404").headers["ETag"]
    assert "Content-Length" not in client.get("/404", headers={"If-None-Match": etag}).headers


@pytest.mark.parametrize("path", PATHS)
def test_a_shared_cache_may_hold_a_page_and_shows_an_edit_within_a_minute(client, db, path):
    directives = dict(
        directive.partition("=")[::2] for directive in client.get(path).headers["Cache-Control"].split(", ")
    )

    assert "public" in directives
    assert directives["max-age"] == "0"
    assert 0 < int(directives["s-maxage"]) + int(directives["stale-while-revalidate"]) < 60
    assert int(directives["stale-if-error"]) >= 3600


@pytest.mark.parametrize("path", ["/777", "/777.json", "/nope", "/codes?class=9", "/suggest?q=" + "x" * 2001])
def test_no_cache_holds_an_error(client, db, path):
    assert client.get(path).headers["Cache-Control"] == "no-store"
    assert client.post("/404").headers["Cache-Control"] == "no-store"


def test_the_same_address_may_be_answered_compressed_and_says_so(client, db):
    assert "Accept-Encoding" in client.get("/404").headers["Vary"]
    assert client.get("/404", headers={"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"


def test_data_can_be_read_from_any_origin(client, db):
    assert client.get("/404.json").headers["Access-Control-Allow-Origin"] == "*"
    assert client.get("/777.json").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/404").headers


def test_a_program_on_another_site_may_ask_again_and_read_the_fields_that_tell_how(client, db):
    """Fetch Standard: only what a server names may be sent and read across origins."""
    asked = client.options("/404.json").headers
    answered = client.get("/404", headers={"Accept": "application/json"}).headers

    assert "If-None-Match" in asked["Access-Control-Allow-Headers"]
    assert {"ETag", "Link", "Content-Location"} <= set(answered["Access-Control-Expose-Headers"].split(", "))


def test_addresses_come_from_the_setting_never_from_the_host(client, db, settings):
    settings.ORIGIN = "https://status.example"
    settings.ALLOWED_HOSTS = ["status.example", "evil.example"]

    assert client.get("/404.json", headers={"Host": "evil.example"}).json()["url"] == "https://status.example/404"
    assert b"evil" not in client.get("/404", headers={"Host": "evil.example"}).content


def links(page):
    return {path.partition("#")[0] for path in re.findall(r'(?:href|src)="(/[^"]*)"', page)}


def test_every_link_on_every_page_leads_to_a_page(answer_at):
    seen, waiting, broken = set(), {"/", "/about"}, []
    while waiting:
        path = waiting.pop()
        seen.add(path)
        response = answer_at(path)
        if response.status_code != 200:
            broken.append((path, response.status_code))
        elif response.headers["Content-Type"].startswith("text/html"):
            waiting |= {link for link in links(response.content.decode()) if not link.startswith("/static/")} - seen

    assert not broken
    assert {"/499/nginx", "/rfcs/1945", "/vendors/iis", "/headers/allow", "/classes/1xx", "/427"} <= seen


def test_every_id_on_a_page_is_there_once_and_every_link_to_one_finds_it(get_html):
    for path in (
        "/404",
        "/499",
        "/103",
        "/499/nginx",
        "/codes",
        "/compare",
        "/compare/301,302",
        "/choose",
        "/choose/conflict",
        "/",
    ):
        page = get_html(path)
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), path
        targets = re.findall(r'(?:href="#|aria-labelledby="|aria-describedby="|for=")([^"]+)"', page)
        assert set(targets) <= set(ids), path
