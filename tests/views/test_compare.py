"""/compare and /compare/…: meanings side by side."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from codes.models import Comparison, StatusCode


def columns(page):
    """The numbers at the heads of the columns, in order."""
    return re.findall(r'class="comparison__number">([0-9]{3})<', page)


def row(page, name):
    """The text of the row of a fact, without markup."""
    (found,) = [part for part in page.split("<tr")[1:] if re.search(rf'<th scope="row">(<[^>]+>)*{name}<?', part)]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def canonical(page):
    return re.search(r'rel="canonical" href="[a-z]+://[^/]+([^"]+)"', page)[1]


def test_the_columns_stand_in_the_order_of_the_address(get_html):
    page = get_html("/compare/308,301")

    assert columns(page) == ["308", "301"]
    assert canonical(page) == "/compare/301,308"


def test_properties_stand_side_by_side_with_their_sections_and_say_where_they_differ(get_html):
    page = get_html("/compare/301,308")

    method = row(page, "Method when redirected")
    assert "differs" in method
    assert "301 POST may become GET" in method
    assert "308 Kept" in method
    assert "RFC 9110 §15.4.2" in method
    assert "differs" not in row(page, "Cacheable")


def test_header_fields_wire_state_and_place_stand_side_by_side(get_html):
    page = get_html("/compare/405,499")

    assert "405 MUST" in row(page, "Allow")
    assert "499 nginx No rule" in row(page, "Allow")
    assert "differs" in row(page, "Appears in responses")
    assert "499 nginx Never" in row(page, "Appears in responses")
    assert row(page, "In use").endswith("All: Active")
    assert "405 Origin server" in row(page, "Arises at")
    assert "405 Registered" in row(page, "In the registry")


def test_what_is_not_recorded_is_no_difference(get_html):
    """A vendor's meaning has no properties: nothing to disagree with."""
    cacheable = row(get_html("/compare/405,499"), "Cacheable")

    assert "499 nginx No specification known" in cacheable
    assert "differs" not in cacheable


def test_what_all_say_stands_there_once(get_html):
    page = get_html("/compare/404,410")

    assert row(page, "In the registry").endswith("In the registry All: Registered")
    assert "All" not in row(page, "Cacheable")


def test_meanings_that_no_specification_defines_have_no_rows_about_specifications(get_html):
    page = get_html("/compare/499:nginx,499:arcgis")

    assert "Cacheable" not in page
    assert "Appears in responses" in page


def test_the_sentence_that_decides_between_two_codes_is_what_tells_them_apart(get_html):
    page = get_html("/compare/308,301")

    decides = page[page.index("How to choose") : page.index("Fact by fact")]
    assert "308 or" in " ".join(decides.split())
    assert "301 allows POST to become GET; 308 keeps the method." in decides


def test_a_ready_made_comparison_has_its_own_title_and_sentence(get_html):
    page = get_html("/compare/410,404")

    assert "<h1>Missing or gone</h1>" in page
    assert "ought to be sent" in page


def test_a_comparison_that_nobody_prepared_lists_those_with_the_same_codes(get_html):
    page = get_html("/compare/301,410")

    assert "<h1>301, 410 side by side</h1>" in page
    assert 'href="/compare/404,410"' in page
    assert 'href="/compare/301,302,303,307,308"' in page
    assert 'href="/compare/401,403,404"' not in page


def test_one_code_alone_is_shown_too(get_html):
    page = get_html("/compare/404")

    assert columns(page) == ["404"]
    assert "differs" not in page


def test_a_number_alone_is_the_registrys_meaning(get_html):
    page = get_html("/compare/403,404")

    assert "IIS" not in page
    assert "The registry has no meaning" not in page


def test_a_number_that_the_registry_lacks_is_the_usual_vendors_and_the_page_says_so(get_html):
    page = get_html("/compare/499,404")

    assert "The registry has no meaning for 499. This is the most common one, from nginx." in page
    assert canonical(page) == "/compare/404,499:nginx"
    assert "The registry has no meaning" not in get_html("/compare/499:nginx,404")


def test_a_number_outside_the_range_can_be_compared(get_html):
    assert columns(get_html("/compare/000,999")) == ["000", "999"]


@pytest.mark.parametrize(
    ("codes", "words", "nearest"),
    [
        ("427,404", "No meaning is known for 427", "/426"),
        ("499:ngnix,404", "No meaning is known for 499 by “ngnix”", "/499/nginx"),
        ("404:nginx", "No meaning is known for 404 by “nginx”", "/404"),
        ("777,427", "No meaning is known for 777 or 427", "/783/shopify"),
    ],
)
def test_an_unknown_code_is_not_found_and_named_with_the_nearest(client, db, codes, words, nearest):
    response = client.get(f"/compare/{codes}")

    page = response.content.decode()
    assert response.status_code == 404
    assert words in page
    assert f'href="{nearest}"' in page


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ("abc", "“abc” is not a code"),
        ("404,40", "“40” is not a code"),
        ("404,,410", "“” is not a code"),
        ("404 410", "“404 410” is not a code"),
        ("404 ", "“404 ” is not a code"),
        ("499:", "“499:” is not a code"),
        ("499:NGINX", "“499:NGINX” is not a code"),
        ("４０４", "“４０４” is not a code"),
        ("404%00", "Null characters are not allowed"),
        ("<script>", "“&lt;script&gt;” is not a code"),
        ("200,201,202,203,204,205,206", "That is 7 codes. At most 6"),
        ("301,301", "301 is listed twice."),
        ("499,499:nginx", "499:nginx is listed twice."),
        ("404," * 2000, "at most 400 characters"),
    ],
)
def test_a_list_that_cannot_be_compared_is_refused_with_the_form(client, db, codes, words):
    response = client.get(f"/compare/{codes}")

    page = response.content.decode()
    assert response.status_code == 400
    assert words in page
    assert 'name="codes"' in page
    assert "404" * 500 not in page


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("301,308", "/compare/301,308"),
        (" 301 308 ", "/compare/301,308"),
        ("499:nginx; 499:arcgis", "/compare/499:nginx,499:arcgis"),
        ("000", "/compare/000"),
    ],
)
def test_the_form_leads_to_the_address_of_what_was_typed(client, db, typed, path):
    response = client.get("/compare", {"codes": typed})

    assert response.status_code == 302
    assert response.headers["Location"] == path


def test_the_form_shows_what_is_wrong_with_what_was_typed(client, db):
    response = client.get("/compare", {"codes": "301 and/or 308"})

    assert response.status_code == 400
    assert "“and/or” is not a code" in response.content.decode()
    assert 'value="301,and/or,308"' in response.content.decode()


def test_an_empty_form_is_the_page_itself(client, db):
    assert client.get("/compare", {"codes": "  "}).content == client.get("/compare").content


def test_every_ready_made_comparison_is_listed_and_is_its_own_canonical_address(get_html):
    listed = get_html("/compare")

    for comparison in Comparison.objects.for_links():
        path = comparison.get_absolute_url()
        assert f'href="{path}"' in listed
        assert comparison.title in get_html(path).replace("&#x27;", "'")
        assert canonical(get_html(path)) == path


@pytest.mark.parametrize(
    "path",
    [
        "/compare/301,302,303,307,308",
        "/compare/401,403,404",
        "/compare/400,409,422",
        "/compare/404,410",
        "/compare/502,503,504",
        "/compare/408,504,524:cloudflare",
    ],
)
def test_what_people_ask_for_is_ready_made(get_html, path):
    assert f'href="{path}"' in get_html("/compare")


def test_499_by_vendor_is_ready_made(get_html):
    page = get_html(Comparison.objects.get(slug="499-by-vendor").get_absolute_url())

    assert set(columns(page)) == {"499"}
    assert "Token Required" in page
    assert "The registry has no meaning" not in page


def test_the_page_of_a_code_leads_to_the_comparisons_it_stands_in(get_html):
    assert 'href="/compare/404,410"' in get_html("/410")
    assert 'href="/compare/408,504,524:cloudflare"' in get_html("/524/cloudflare")
    assert 'href="/compare/404,410"' not in get_html("/409")


def test_a_curator_cannot_compare_one_meaning_or_seven(client, db):
    client.force_login(User.objects.create_superuser("curator", password="a long password"))
    numbers = range(400, 407)
    codes = list(StatusCode.objects.registered().filter(number__in=numbers).values_list("pk", flat=True))
    data = {"title": "New", "slug": "new", "position": 1, "decision": "This decides."}

    def answer(pks):
        return client.post(reverse("admin:codes_comparison_add"), {**data, "codes": pks})

    assert "meanings, not 7" in answer(codes).content.decode()
    assert "meanings, not 1" in answer(codes[:1]).content.decode()
    assert answer(codes[:2]).status_code == 302
    assert Comparison.objects.get(slug="new").get_absolute_url() == "/compare/400,401"


def test_what_differs_comes_before_what_agrees(get_html):
    facts = re.findall(
        r'class="comparison__row( comparison__row--differs)?"[^>]*>\s*<th scope="row">[A-Z]',
        get_html("/compare/301,308"),
    )

    differing = [bool(differs) for differs in facts[1:]]
    assert True in differing
    assert differing == sorted(differing, reverse=True)
