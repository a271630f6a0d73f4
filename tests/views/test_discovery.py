"""/sitemap.xml, /robots.txt, /opensearch.xml, /llms.txt, /llms-full.txt, and what pages say to search engines."""

import json
import re
from datetime import UTC, datetime
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from codes.models import StatusCode

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture
def sitemap(client, db, settings):
    """What the sitemap says: for each path the text of its date, or None."""

    def read():
        urls = ElementTree.fromstring(client.get("/sitemap.xml").content).findall(f"{SITEMAP}url")
        dates = {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in urls}
        assert all(address.startswith(settings.ORIGIN) for address in dates)
        return {address.removeprefix(settings.ORIGIN): modified for address, modified in dates.items()}

    return read


@pytest.fixture
def structured(get_html):
    """What a page says in JSON-LD."""

    def read(path):
        (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', get_html(path))
        return json.loads(data)

    return read


def test_the_sitemap_has_every_page_and_pages_only(sitemap):
    paths = set(sitemap())

    assert {"/", "/404", "/427", "/000", "/499/nginx", "/403/iis/14", "/codes", "/rfcs/9110", "/about"} <= paths
    assert not {"/404.json", "/404.png", "/777", "/healthz", "/suggest", "/try/404", "/sitemap.xml"} & paths


def test_links_lead_from_home_to_every_page_of_the_sitemap(answer_at, sitemap):
    seen, waiting = set(), {"/"}
    while waiting:
        path = waiting.pop()
        seen.add(path)
        response = answer_at(path)
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            links = re.findall(r'href="(/[^"?#]*)', response.content.decode())
            waiting |= {link for link in links if not link.startswith("/static/")} - seen

    assert set(sitemap()) - seen == set()


def test_the_sitemap_knows_when_the_meanings_on_a_page_changed(sitemap):
    StatusCode.objects.update(updated_at=datetime(2026, 1, 1, tzinfo=UTC))
    nginx = StatusCode.objects.filter(number=499, vendor__slug="nginx")
    nginx.update(updated_at=datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC))

    modified = sitemap()

    changed = "2026-05-04T03:02:01Z"
    assert {path for path, when in modified.items() if when == changed} == {
        "/", "/codes", "/499", "/499/nginx"
    }  # fmt: skip
    assert modified["/404"] == modified["/499/cloudflare"] == modified["/403/iis/14"] == "2026-01-01T00:00:00Z"


def test_the_sitemap_has_no_date_where_nothing_has_one(sitemap):
    modified = sitemap()

    assert modified["/427"] is None
    assert modified["/about"] is None
    # Their own texts do not say when they were changed.
    assert modified["/vendors/nginx"] is modified["/rfcs/9110"] is modified["/headers/retry-after"] is None


def test_robots_are_kept_from_what_is_no_page(client, db, settings):
    response = client.get("/robots.txt")

    robots = RobotFileParser()
    robots.parse(response.content.decode().splitlines())
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert robots.site_maps() == [f"{settings.ORIGIN}/sitemap.xml"]
    for path in ("/", "/404", "/codes", "/404.json", "/404.png", "/static/site.css"):
        assert robots.can_fetch("*", path), path
    for path in ("/admin/", "/try/503", "/suggest?q=4"):
        assert not robots.can_fetch("*", path), path
    # Python's own parser does not know the star (RFC 9309 section 2.2.3).
    assert "Disallow: /codes?*\n" in response.content.decode()


def test_a_browser_can_add_the_search(client, get_html, settings):
    response = client.get("/opensearch.xml")

    description = ElementTree.fromstring(response.content)
    urls = {url.get("type"): url.get("template") for url in description.iter(f"{OPENSEARCH}Url")}
    assert response.headers["Content-Type"] == "application/opensearchdescription+xml"
    assert urls["text/html"] == f"{settings.ORIGIN}/codes?q={{searchTerms}}"
    assert urls["application/x-suggestions+json"] == f"{settings.ORIGIN}/suggest?q={{searchTerms}}"
    # As the specification bounds it; browsers drop a longer one.
    assert len(description.findtext(f"{OPENSEARCH}ShortName")) <= 16
    icon = description.findtext(f"{OPENSEARCH}Image").removeprefix(settings.ORIGIN)
    assert b"".join(client.get(icon).streaming_content)
    assert (
        '<link rel="search" type="application/opensearchdescription+xml" title="statusdocs" href="/opensearch.xml">'
        in get_html("/404")
    )


def test_the_addresses_of_the_search_answer(client, db):
    assert client.get("/codes?q=teapot").status_code == 200
    assert client.get("/suggest?q=teapot").status_code == 200


def test_every_link_for_language_models_answers(answer_at, settings):
    response = answer_at("/llms.txt")

    text = response.content.decode()
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    links = re.findall(rf"\]\({settings.ORIGIN}([^)]+)\)", text)
    assert {"/404.md", "/499/nginx.md", "/codes.md"} <= set(links)
    assert [path for path in links if answer_at(path).status_code != 200] == []


def test_the_text_for_language_models_has_the_form_that_they_expect(client, db):
    lines = client.get("/llms.txt").content.decode().splitlines()

    # A title, a summary, then lists of links under headings (llmstxt.org).
    assert lines[0] == "# statusdocs"
    assert lines[2].startswith("> ")
    first_heading = next(index for index, line in enumerate(lines) if line.startswith("## "))
    below = [line for line in lines[first_heading:] if line and not line.startswith("## ")]
    assert [line for line in below if not re.fullmatch(r"- \[[^]]+\]\(http[^)]+\): .+", line)] == []


def test_one_file_has_everything(client, db):
    response = client.get("/llms-full.txt")

    text = response.content.decode()
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    for path in ("/404.md", "/499.md", "/999.md", "/vendors.md", "/headers.md", "/rfcs.md", "/classes.md"):
        assert client.get(path).content.decode() in text, path
    assert "# 427" not in text


def test_a_number_is_a_defined_term(structured, settings):
    terms = structured("/404")["@graph"]

    assert terms[0]["@type"] == "DefinedTermSet"
    assert terms[1] == {
        "@type": "DefinedTerm",
        "termCode": "404",
        "name": "Not Found",
        "description": StatusCode.objects.get(number=404, vendor=None).summary,
        "url": f"{settings.ORIGIN}/404",
        "inDefinedTermSet": {"@id": terms[0]["@id"]},
    }


def test_every_meaning_of_a_number_is_a_term_of_its_own(structured, settings):
    urls = {term["url"] for term in structured("/499")["@graph"][1:]}

    assert {f"{settings.ORIGIN}/499/nginx", f"{settings.ORIGIN}/499/arcgis"} <= urls
    assert structured("/000")["@graph"][1]["termCode"] == "000"


def test_a_number_without_a_meaning_defines_nothing(get_html):
    assert "ld+json" not in get_html("/427")


def test_the_home_page_names_the_site(structured, settings):
    assert structured("/")["name"] == "statusdocs"
    assert structured("/")["url"] == f"{settings.ORIGIN}/"


def test_what_a_curator_writes_cannot_end_the_data(get_html, structured, db):
    hostile = "</script><script>alert(1)</script> <!-- & \u2028"
    StatusCode.objects.filter(number=404).update(summary=hostile)

    assert structured("/404")["@graph"][1]["description"] == hostile
    assert "<script>alert" not in get_html("/404")
