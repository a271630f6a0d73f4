"""/classes, /rfcs, /vendors, /headers and their details."""

import re

from codes.models import RFC


def numbers(document):
    return [code["number"] for code in document["codes"]]


def test_the_five_classes(get_html, get_json):
    document = get_json("/classes.json")

    assert document["count"] == 5
    assert [status_class["class"] for status_class in document["results"]] == ["1xx", "2xx", "3xx", "4xx", "5xx"]
    assert "Client Error" in get_html("/classes")


def test_a_class_has_its_codes_and_no_other(get_html, get_json):
    document = get_json("/classes/4xx.json")

    assert document["class"] == "4xx"
    assert document["name"] == "Client Error"
    assert {404, 499} <= set(numbers(document))
    assert all(400 <= number <= 499 for number in numbers(document))
    assert 'href="/499/nginx"' in get_html("/classes/4xx")


def test_there_is_no_sixth_class(client, db):
    assert client.get("/classes/6xx").status_code == 404
    assert client.get("/classes/4XX").status_code == 404


def test_the_lineage_of_an_rfc_goes_both_ways(get_json, get_html):
    document = get_json("/rfcs/2616.json")

    assert document["number"] == 2616
    assert document["published"] == "1999-06"
    assert document["status"] == "draft-standard"
    assert document["obsoletes"] == [2068]
    assert document["obsoleted_by"] == [7230, 7231, 7232, 7233, 7234, 7235]
    assert {2817, 6585} <= set(document["updated_by"])
    assert get_json("/rfcs/2068.json")["obsoleted_by"] == [2616]
    assert "Obsolete." in get_html("/rfcs/2616")
    assert "Obsolete." not in get_html("/rfcs/9110")


def test_an_obsolete_rfc_names_what_is_in_force_now(get_html):
    """RFC 2616 was replaced by 7230 to 7235, and those by 9110 to 9112."""
    page = get_html("/rfcs/2616")

    notice = page[page.index("Obsolete.") : page.index("instead.")]
    assert [number for number in ("7230", "7231", "9110", "9111", "9112") if number in notice] == [
        "9110",
        "9111",
        "9112",
    ]


def test_lists_are_in_order_whatever_is_counted_in_them(get_json):
    for path, key in (("/headers.json", "slug"), ("/rfcs.json", "number"), ("/vendors.json", "slug")):
        keys = [result[key] for result in get_json(path)["results"]]
        assert keys == sorted(keys), path


def test_an_rfc_has_the_codes_that_it_defined(get_json, get_html):
    assert numbers(get_json("/rfcs/6585.json")) == [428, 429, 431, 511]
    assert "Moved Temporarily" in get_html("/rfcs/2068")


def test_every_rfc_is_in_the_list(get_json, get_html):
    document = get_json("/rfcs.json")

    assert {1945, 2068, 2616, 7231, 9110, 2324} <= {rfc["number"] for rfc in document["results"]}
    assert 'href="/rfcs/9110"' in get_html("/rfcs")


def test_an_unknown_rfc_is_not_found_with_the_nearest(client, problem):
    assert client.get("/rfcs/9109").status_code == 404
    assert problem("/rfcs/9109.json", 404)["nearest"][0]["number"] == 9110
    assert client.get("/rfcs/09110").status_code == 404
    assert client.get("/rfcs/99999").status_code == 404


def test_a_vendor_has_its_codes_and_no_other(get_json, get_html):
    document = get_json("/vendors/cloudflare.json")

    assert {key: document[key] for key in ("slug", "kind", "retired")} == {
        "slug": "cloudflare",
        "kind": "product",
        "retired": False,
    }
    assert set(range(520, 528)) <= set(numbers(document))
    assert 499 not in numbers(get_json("/vendors/iis.json"))
    assert 'href="/520/cloudflare"' in get_html("/vendors/cloudflare")


def test_iis_points_to_the_codes_that_the_first_list_filed_under_it(get_html):
    page = get_html("/vendors/iis")

    for path in ("/440/exchange", "/449/microsoft-webdav", "/451/exchange-activesync"):
        assert f'href="{path}"' in page


def test_an_unknown_vendor_is_not_found_with_the_nearest(client, problem):
    assert client.get("/vendors/ngnix").status_code == 404
    assert problem("/vendors/ngnix.json", 404)["nearest"][0]["slug"] == "nginx"


def test_a_header_field_has_its_codes_with_the_requirement(get_json, get_html):
    document = get_json("/headers/www-authenticate.json")

    assert document["name"] == "WWW-Authenticate"
    assert document["rfc"] == 9110
    assert {(code["number"], code["requirement"]) for code in document["codes"]} >= {(401, "MUST")}
    assert 'href="/401"' in get_html("/headers/www-authenticate")


def test_which_codes_need_retry_after(get_json):
    codes = {code["number"]: code["requirement"] for code in get_json("/headers/retry-after.json")["codes"]}

    assert {413: "SHOULD", 429: "MAY", 503: "MAY"}.items() <= codes.items()


def test_an_unknown_header_field_is_not_found_with_the_nearest(problem):
    assert problem("/headers/retry-afer.json", 404)["nearest"][0]["slug"] == "retry-after"


def test_a_vendor_tells_how_to_find_its_codes_in_its_logs(get_html, get_json):
    assert "sc-substatus" in get_json("/vendors/iis.json")["logs"]
    assert "<code>sc-substatus</code>" in get_html("/vendors/iis")
    assert 'id="logs"' not in get_html("/vendors/spring")


def test_an_rfc_shows_its_lineage_where_it_has_one(get_html):
    page = get_html("/rfcs/7231")

    assert 'aria-current="page"><title>RFC 7231' in page
    assert 'href="/rfcs/9110"><title>RFC 9110: HTTP Semantics (2022-06)</title>' in page
    assert "RFC 7230" not in page[page.index("<svg") : page.index("</svg>")]
    assert "<svg" not in get_html("/rfcs/6585")


def test_a_header_field_says_how_strongly_by_code(get_html):
    page = get_html("/headers/retry-after")

    assert "No code requires it." in page
    should, may = page.split('id="may"')
    assert 'href="/413"' in should[should.index('id="should"') :]
    assert 'href="/503"' in may
    assert 'href="/429"' in may
    assert "No code requires it." not in get_html("/headers/allow")


def test_a_class_keeps_registered_codes_and_vendors_apart(get_html):
    registered, by_vendors = get_html("/classes/4xx").split('id="vendors"')

    assert 'href="/404"' in registered
    assert 'href="/499/nginx"' not in registered
    assert 'href="/499/nginx"' in by_vendors
    assert 'href="/404"' not in by_vendors


def test_a_class_links_to_the_numbers_that_nobody_uses_and_tells_them_apart(get_html):
    _, unused = get_html("/classes/4xx").split('id="unused"')

    assert {'href="/427"', 'href="/432"'} <= set(re.findall(r'href="/4\d\d"', unused))
    assert not {'href="/404"', 'href="/418"', 'href="/499"'} & set(re.findall(r'href="/4\d\d"', unused))


def test_the_list_of_rfcs_answers_before_there_is_content(get_html, monkeypatch):
    monkeypatch.setattr(RFC.objects, "for_list", RFC.objects.none)

    assert 'id="lineage"' not in get_html("/rfcs")


def in_order(page, *words):
    """Whether words stand on a page one after the other."""
    places = [page.index(word) for word in words]
    return places == sorted(places)


def test_people_find_vendors_by_name_and_programs_by_slug(get_html, get_json):
    page, listing = get_html("/vendors"), get_html("/codes")
    slugs = [vendor["slug"] for vendor in get_json("/vendors.json")["results"]]

    names = re.findall(r'<h2><a href="/vendors/[^"]+">([^<]+)<', page)
    assert names == sorted(names, key=str.lower)
    assert re.findall(r'name="vendor" value="([^"]+)"', listing) == re.findall(r'<h2><a href="/vendors/([^"]+)"', page)
    assert slugs == sorted(slugs)


def test_a_meaning_without_a_phrase_is_told_by_its_summary(get_html):
    codes = re.findall(r'<a class="code-link"[^>]*>(.+?)</a>', get_html("/vendors"))

    assert len(codes) > 10
    assert [code for code in codes if re.fullmatch(r'<span class="code-link__number">\d{3}</span>\s*', code)] == []


def test_a_header_field_begins_with_its_codes_and_a_list_with_the_strictest_rule(get_html):
    assert in_order(get_html("/headers/retry-after"), 'id="codes"', 'id="about"')
    strengths = [re.findall(r'class="requirement">([^<]+)<', row) for row in get_html("/headers").split("<tr>")]
    strictest_first = ["MUST", "MUST NOT", "SHOULD", "MAY"]
    assert any(len(row) > 1 for row in strengths)
    assert all(row == sorted(row, key=strictest_first.index) for row in strengths)
