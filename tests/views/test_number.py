"""/404, /499, /427, /499/nginx and their documents."""

import re

import pytest

from codes.models import HeaderField, StatusCode

KEYS_OF_A_NUMBER = {
    "number",
    "class",
    "url",
    "registration",
    "registration_expires",
    "registry_checked_on",
    "phrase",
    "meanings",
}
KEYS_OF_A_MEANING = {
    "number",
    "vendor",
    "phrase",
    "url",
    "former_phrases",
    "names",
    "registration_note",
    "state",
    "on_the_wire",
    "arises_at",
    "summary",
    "description",
    "use_when",
    "avoid_when",
    "advice",
    "definitions",
    "properties",
    "headers",
    "constants",
    "examples",
    "see_also",
    "subcodes",
    "keywords",
    "sources",
    "unsourced",
    "reviewed_on",
    "updated_at",
}


def parties(document):
    return [meaning["vendor"] and meaning["vendor"]["slug"] for meaning in document["meanings"]]


def test_499_has_the_meanings_of_its_vendors(get_html, get_json):
    page = get_html("/499")

    for vendor in ("nginx", "ArcGIS", "Antivirus software"):
        assert f"<strong>{vendor}</strong>" in page
    assert "Who sent it?" in page
    assert {"nginx", "arcgis", "antivirus"} <= set(parties(get_json("/499.json")))


def test_451_has_the_registered_meaning_first_and_exchange_activesync(get_json):
    assert parties(get_json("/451.json")) == [None, "exchange-activesync"]


def test_427_is_explained_although_nobody_uses_it(get_html, get_json):
    page = get_html("/427")

    assert "Nobody is known to use 427" in page
    assert 'href="/400"' in page
    assert 'href="/426"' in page
    document = get_json("/427.json")
    assert document["registration"] == "unassigned"
    assert document["meanings"] == []
    assert document["class"] == "4xx"


def test_every_number_from_100_to_599_has_a_page(answer_at):
    answers = {number: answer_at(f"/{number}").status_code for number in range(100, 600)}

    assert {number for number, status in answers.items() if status != 200} == set()


def test_000_and_999_have_a_page_since_somebody_uses_them(get_json):
    assert "linkedin" in parties(get_json("/999.json"))
    document = get_json("/000.json")
    assert document["number"] == 0
    assert document["class"] is None
    assert document["registration"] == "outside"
    assert document["url"].endswith("/000")


def test_a_number_outside_the_range_that_nobody_uses_is_not_found_with_the_nearest(client, db, problem):
    response = client.get("/777")

    assert response.status_code == 404
    assert 'href="/783/shopify"' in response.content.decode()
    nearest = problem("/777.json", 404)["nearest"]
    assert {"number", "vendor", "phrase", "url"} == set(nearest[0])
    assert 783 in [code["number"] for code in nearest]


@pytest.mark.parametrize("path", ["/4040", "/40", "/4", "/99999999999999999999999999"])
def test_digits_that_are_no_number_are_not_found_with_the_nearest(client, db, path):
    response = client.get(path)

    assert response.status_code == 404
    assert "A status code has three digits." in response.content.decode()


def test_digits_that_are_a_subcode_lead_there(client, db):
    assert 'href="/530/cloudflare/1016"' in client.get("/1016").content.decode()


@pytest.mark.parametrize("path", ["/４０４", "/40٤", "/404x", "/404.xml", "/-404", "/404%00", "/0x1"])
def test_only_ascii_digits_are_a_number(client, db, path):
    assert client.get(path).status_code == 404


def test_the_document_of_413_has_every_field_of_the_promise(get_json):
    document = get_json("/413.json")

    assert set(document) == KEYS_OF_A_NUMBER
    assert document["phrase"] == "Content Too Large"
    assert document["registration"] == "registered"
    assert document["registration_expires"] is None
    assert document["url"] == "http://127.0.0.1:8000/413"
    meaning = document["meanings"][0]
    assert set(meaning) == KEYS_OF_A_MEANING
    assert meaning["vendor"] is None
    assert meaning["former_phrases"][:2] == ["Payload Too Large", "Request Entity Too Large"]
    assert set(meaning["advice"]) == {"visitor", "client", "server"}
    assert [(d["rfc"], d["section"], d["current"]) for d in meaning["definitions"]] == [
        (2068, "10.4.14", False),
        (2616, "10.4.14", False),
        (7231, "6.5.11", False),
        (9110, "15.5.14", True),
    ]
    assert [d["published"] for d in meaning["definitions"]] == ["1997-01", "1999-06", "2014-06", "2022-06"]
    assert meaning["definitions"][3]["url"] == "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.14"
    assert set(meaning["properties"]) == {"interim", "content", "cacheable", "redirect_method", "retry"}
    assert meaning["properties"]["interim"]["value"] is False
    assert meaning["properties"]["redirect_method"] == {"value": "not-applicable", "note": "", "source": None}


def test_a_vendors_meaning_has_properties_that_are_not_recorded(get_json):
    meaning = get_json("/499/nginx.json")["meanings"][0]

    assert meaning["properties"]["cacheable"] == {"value": None, "note": "", "source": None}
    assert meaning["on_the_wire"] is False
    assert meaning["vendor"] == {"slug": "nginx", "name": "nginx", "url": "http://127.0.0.1:8000/vendors/nginx"}


def test_104_is_temporary_with_its_expiry_and_says_that_it_has_passed(get_html, get_json):
    document = get_json("/104.json")

    assert document["registration"] == "temporary"
    assert document["registration_expires"] == "2026-11-13"
    assert document["meanings"][0]["definitions"][-1]["rfc"] is None
    assert document["meanings"][0]["definitions"][-1]["draft"] == "draft-ietf-httpbis-resumable-upload-05"
    assert document["meanings"][0]["definitions"][-1]["published"] is None
    page = get_html("/104")
    assert "(expired)" in page
    assert "checked against the registry on" in page


@pytest.mark.parametrize(("number", "name"), [(306, "Switch Proxy"), (418, "I'm a teapot")])
def test_an_unused_number_has_no_phrase_but_the_name_it_is_known_by(get_json, number, name):
    document = get_json(f"/{number}.json")

    assert document["registration"] == "unused"
    assert document["phrase"] is None
    assert document["meanings"][0]["phrase"] is None
    assert name in document["meanings"][0]["former_phrases"]


def test_510_is_obsoleted(get_json):
    assert get_json("/510.json")["registration"] == "obsoleted"


def test_a_vendors_page_leads_to_the_other_meanings(get_html):
    page = get_html("/499/nginx")

    assert "<title>499 Client Closed Request (nginx)" in page
    assert 'href="/499/arcgis"' in page
    assert 'href="/vendors/nginx"' in page


def test_a_vendors_document_is_the_numbers_with_that_one_meaning(get_json):
    assert parties(get_json("/451/exchange-activesync.json")) == ["exchange-activesync"]
    assert get_json("/451/exchange-activesync.json")["phrase"] == "Unavailable For Legal Reasons"


def test_a_vendor_without_this_number_is_not_found_with_the_meanings_that_it_has(client, problem):
    assert client.get("/451/nginx").status_code == 404
    nearest = problem("/451/nginx.json", 404)["nearest"]
    assert [code["vendor"] and code["vendor"]["slug"] for code in nearest] == [None, "exchange-activesync"]


def test_a_subcode_has_a_page(get_html, client):
    page = get_html("/403/iis/14")

    assert "403.14" in page
    assert '<link rel="canonical" href="http://127.0.0.1:8000/403/iis/14">' in page
    assert client.get("/403/iis/9999").status_code == 404
    assert client.get("/403/iis/014").status_code == 404


def test_a_disputed_meaning_and_one_without_source_say_so(get_html, get_json):
    meaning = get_json("/419/smoothwall.json")["meanings"][0]

    assert meaning["state"] == "disputed"
    assert meaning["unsourced"] is True
    assert "We found no source for this meaning" in get_html("/419/smoothwall")


@pytest.mark.parametrize("path", ["/404", "/413", "/499", "/499/nginx", "/427", "/403/iis/14"])
def test_every_heading_below_the_first_is_a_link_to_itself(get_html, path):
    headings = re.findall(r"<h[2-6].*?</h[2-6]>", get_html(path), re.DOTALL)

    ids = [re.match(r'<h. [^>]*\bid="([^"]+)"', heading) for heading in headings]
    assert all(ids), headings
    # The title of a meaning names the whole of it.
    targets = [found[1].removesuffix("-title") for found in ids]
    assert all(f'href="#{target}"' in heading for target, heading in zip(targets, headings, strict=True))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/404", "Where it arises: Origin server"),
        ("/499/nginx", "Where it arises: Between client and server"),
        ("/504", "Where it arises: Between gateway and origin server"),
    ],
)
def test_a_page_marks_where_the_condition_arises_and_says_it_in_words(get_html, path, words):
    page = get_html(path)

    assert words in page
    assert 'class="drawing__here"' in page


def test_the_phrases_of_413_are_drawn_over_the_years(get_html):
    page = get_html("/413")

    for phrase in ("Request Entity Too Large", "Payload Too Large", "Content Too Large"):
        assert f">{phrase}</text>" in page
    assert '<time datetime="2014-06">' in page


def test_a_page_shows_what_is_recorded_of_a_meaning_that_no_rfc_defines(get_html):
    nginx = StatusCode.objects.get(number=499, vendor__slug="nginx")
    nginx.properties.create(name="cacheable", value="never")
    nginx.header_rules.create(
        header=HeaderField.objects.get(slug="retry-after"),
        requirement="other",
        condition="Sent by chance.",
        rfc_id=9110,
    )

    page = get_html("/499/nginx")

    assert {'id="nginx-properties"', 'id="nginx-headers"'} <= set(re.findall('id="nginx-[a-z]+"', page))
    assert "Sent by chance." in page
    assert "ot recorded" not in page


def test_the_closest_numbers_in_use_say_what_they_mean(get_html):
    page = get_html("/427")
    closest = page[page.index('id="closest"') :]

    assert "Upgrade Required" in closest
    assert "Precondition Required" in closest


def test_drawings_have_a_name(get_html):
    assert 'role="img" aria-label="Path of a request: client' in get_html("/502")
    assert 'role="img" aria-label="Over the years: Moved Temporarily, then Found"' in get_html("/302")


def test_a_subcode_leads_to_its_neighbours(get_html):
    page = get_html("/403/iis/14")

    assert 'href="/403/iis/13" rel="prev"' in page
    assert 'href="/403/iis/15" rel="next"' in page
    assert ">403 in Microsoft IIS: what to do</a>" in page
