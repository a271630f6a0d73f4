"""/codes: who is in the list and who is out."""

import re
from html import unescape

import pytest
from django.http import QueryDict

from codes.listing.filters import CodeFilter
from codes.models import StatusCode

HOSTILE = [
    "x" * 100_000,
    "9" * 5000,
    "99999999999999999999",
    "-1",
    "%",
    "_",
    "\\",
    "'; DROP TABLE codes_statuscode; --",
    '"><script>alert(1)</script>',
    "\x00",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "４０４",
    "a " * 50,
    "9 " * 50,
    "(((((((((",
    "[" * 90,
    "\u202e404",
    "true",
    "null",
    "1e9",
    "0001-01-01",
]
PARAMETERS = list(CodeFilter.base_filters)


def removals(page):
    """The links that take away what is active, by what each takes away."""
    links = re.findall(r'<a href="([^"]*)" aria-label="Remove ([^"]*)"', page)
    return {unescape(label): unescape(address) for address, label in links}


@pytest.fixture
def listed(get_json):
    """The meanings in the answer to a query, as `499/nginx` or `404`."""

    def get(query):
        document = get_json(f"/codes.json?{query}")
        assert document["count"] == len(document["results"])
        return {
            f"{number['number']:03d}" + (f"/{meaning['vendor']['slug']}" if meaning["vendor"] else "")
            for number in document["results"]
            for meaning in number["meanings"]
        }

    return get


def first_number(page):
    """The number in the first row of the table."""
    return re.search(r'class="code-table__number"[^>]*>([0-9]{3})<', page)[1]


def test_without_filters_every_meaning_is_in(listed):
    assert len(listed("")) == StatusCode.objects.count()


def test_filters_by_class(listed):
    codes = listed("class=1")

    assert {"100", "101", "104", "103/resumable-requests"} <= codes
    assert not {"200", "404", "000/nginx"} & codes


def test_filters_by_vendor(listed, get_html):
    codes = listed("vendor=nginx")

    assert {"444/nginx", "495/nginx", "496/nginx", "497/nginx", "499/nginx"} <= codes
    assert {code.partition("/")[2] for code in codes} == {"nginx"}
    page = get_html("/codes?vendor=nginx")
    assert 'href="/499/nginx"' in page
    assert 'href="/499/arcgis"' not in page
    assert 'href="/404"' not in page


@pytest.mark.parametrize(
    ("state", "inside", "outside"),
    [
        ("registered", {"404", "451"}, {"104", "306", "510", "451/exchange-activesync", "499/nginx"}),
        ("temporary", {"104"}, {"103", "103/resumable-requests"}),
        ("unused", {"306", "418"}, {"305", "419/laravel"}),
        ("obsoleted", {"510"}, {"511"}),
        ("unassigned", {"499/nginx", "520/cloudflare"}, {"404", "451/exchange-activesync", "999/linkedin"}),
        ("outside", {"000/squid", "999/linkedin"}, {"499/nginx", "404"}),
    ],
)
def test_filters_by_registration(listed, state, inside, outside):
    codes = listed(f"registration={state}")

    assert inside <= codes
    assert not outside & codes


def test_filters_by_state_in_use(listed):
    assert "527/cloudflare" in listed("state=retired")
    assert "419/smoothwall" in listed("state=disputed")
    assert not {"404", "419/smoothwall"} & listed("state=retired")


def test_filters_by_rfc_also_a_former_one(listed):
    codes = listed("rfc=2616")

    assert {"404", "413", "417"} <= codes
    assert not {"103", "308", "451"} & codes
    assert "308" in listed("rfc=7238")


def test_filters_by_header_field(listed):
    codes = listed("header=retry-after")

    assert {"413", "429", "503"} <= codes
    assert "404" not in codes
    assert "405" in listed("header=allow")


def test_filters_by_cacheability(listed):
    assert {code for code in listed("cacheable=heuristically") if "/" not in code} == {
        *("200", "203", "204", "206", "300", "301", "308", "404", "405", "410", "414", "451", "501")
    }


def test_filters_by_the_wire(listed):
    assert "499/nginx" in listed("wire=no")
    assert "404" not in listed("wire=no")
    assert "404" in listed("wire=yes")


def test_a_repeated_parameter_is_or(listed):
    assert listed("vendor=nginx&vendor=cloudflare") == listed("vendor=nginx") | listed("vendor=cloudflare")
    assert listed("q=teapot&q=bandwidth") == listed("q=teapot") | listed("q=bandwidth")


def test_different_parameters_are_and_for_one_and_the_same_meaning(listed):
    assert listed("class=5&vendor=cloudflare") >= {"520/cloudflare"}
    assert "499/cloudflare" not in listed("class=5&vendor=cloudflare")
    # 451 is registered, and Exchange ActiveSync uses it: no one meaning is both.
    assert listed("registration=registered&vendor=exchange-activesync") == set()


def test_an_empty_value_is_as_if_absent(listed):
    assert listed("vendor=&class=&q=&sort=") == listed("")
    assert listed("class=&class=1") == listed("class=1")


def test_a_number_carries_only_the_meanings_that_match(get_json):
    results = get_json("/codes.json?vendor=exchange-activesync&class=4")["results"]

    number = next(number for number in results if number["number"] == 451)
    assert [meaning["vendor"]["slug"] for meaning in number["meanings"]] == ["exchange-activesync"]
    assert number["phrase"] == "Unavailable For Legal Reasons"
    assert number["registration"] == "registered"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("499", "499/nginx"),
        ("nginx 499", "499/nginx"),
        ("000", "000/squid"),
        ("teapot", "418"),
        ("payload too large", "413"),
        ("moved temporarily", "302"),
        ("cloudflare handshake", "525/cloudflare"),
        ("TOO MANY", "429"),
        ("HTTP_404_NOT_FOUND", "404"),
        ("CONTENT_TOO_LARGE", "413"),
    ],
)
def test_search_finds(listed, words, code):
    assert code in listed(f"q={words}")


def test_search_takes_digits_as_the_beginning_of_a_number(listed):
    assert {code[:2] for code in listed("q=41")} == {"41"}
    assert listed("q=404") == {code for code in listed("") if code.startswith("404")}


def test_search_finds_a_subcode_and_leads_to_it(listed, get_html):
    assert "403/iis" in listed("q=403.14")
    assert 'href="/403/iis/14"' in get_html("/codes?q=403.14")
    assert "530/cloudflare" in listed("q=1016")
    assert 'href="/530/cloudflare/1016"' in get_html("/codes?q=cloudflare+1016")


def test_search_for_a_number_that_nobody_uses_leads_to_its_explanation(get_html):
    page = get_html("/codes?q=433")

    assert '<a href="/433">433</a>: Nobody is known to use it.' in page
    assert "code-table" not in page


def test_what_is_chosen_stands_first(get_html):
    page = get_html("/codes?vendor=nginx&class=4")

    assert page.index('name="vendor" value="nginx"') < page.index('name="vendor" value="anthropic"')


def test_everything_active_can_be_removed_by_itself(get_html):
    page = get_html("/codes?q=closed&vendor=nginx&vendor=arcgis&class=4&sort=-number&colour=red")

    assert removals(page) == {
        "Search: closed": "/codes?vendor=nginx&vendor=arcgis&class=4&sort=-number",
        "Class: 4xx Client Error": "/codes?q=closed&vendor=nginx&vendor=arcgis&sort=-number",
        "Vendor: nginx": "/codes?q=closed&vendor=arcgis&class=4&sort=-number",
        "Vendor: ArcGIS": "/codes?q=closed&vendor=nginx&class=4&sort=-number",
    }
    assert '<a href="/codes">Clear all</a>' in page


def test_a_list_without_filters_has_nothing_to_remove(get_html):
    page = get_html("/codes?sort=phrase&q=&vendor=")

    assert removals(page) == {}
    assert "Clear all" not in page


def test_a_wrong_value_can_be_removed(client, db):
    page = client.get("/codes?vendor=nonsense&class=4").content.decode()

    assert removals(page)["Vendor: nonsense"] == "/codes?class=4"


@pytest.mark.parametrize(
    "query", ["", "q=closed", "class=4&vendor=nginx", "q=cloudflare&registration=unassigned&wire=yes"]
)
def test_the_number_beside_a_choice_is_what_the_choice_gives(db, query):
    for field, choices in CodeFilter(QueryDict(query), StatusCode.objects.all()).groups():
        for choice in choices:
            data = QueryDict(query, mutable=True)
            data.setlist(field.name, [choice.value])
            given = CodeFilter(data, StatusCode.objects.all()).qs.count()
            assert choice.meanings == given, (field.name, choice.value)


def test_the_number_beside_a_choice_does_not_depend_on_the_choices_of_its_own_filter(get_html):
    count = re.compile(r'value="cloudflare"[^>]*> Cloudflare <span class="meta">(\d+)</span>')

    alone = count.search(get_html("/codes?class=5"))[1]
    beside_another = count.search(get_html("/codes?class=5&vendor=nginx"))[1]

    assert alone == beside_another != "0"


def test_json_is_ascending_whatever_the_sort(get_json):
    numbers = [number["number"] for number in get_json("/codes.json?sort=-number")["results"]]

    assert numbers == sorted(numbers)
    assert len(numbers) == len(set(numbers))


def test_html_has_the_likeliest_meaning_first_unless_a_sort_is_chosen(get_html):
    ranked = get_html("/codes?q=too+large")
    sorted_by_number = get_html("/codes?q=too+large&sort=-number")

    assert first_number(ranked) == "413"
    assert first_number(sorted_by_number) == "601"


def test_pages_that_are_no_meanings_stand_above_the_table_where_they_are_likelier(get_html):
    header, phrase = get_html("/codes?q=retry-after"), get_html("/codes?q=directory+listing+denied")

    assert header.index('href="/headers/retry-after"') < header.index("code-table")
    assert phrase.index("code-table") < phrase.index('href="/403/iis/14"')
    assert 'href="/headers/retry-after"' not in get_html("/codes?q=retry-after&class=4").partition("code-table")[0]


def test_html_sorts_together_with_a_filter(get_html):
    page = get_html("/codes?vendor=nginx&sort=-number")

    assert page.index('href="/499/nginx"') < page.index('href="/495/nginx"') < page.index('href="/444/nginx"')


def test_html_keeps_the_choices(get_html):
    page = get_html("/codes?vendor=nginx&class=4&sort=phrase&q=client")

    assert 'name="vendor" value="nginx" checked' in page
    assert 'name="class" value="4" checked' in page
    assert '<option value="phrase" selected>' in page
    assert 'value="client"' in page


def test_an_empty_result_says_which_filter_to_drop_and_what_that_gives(get_html, listed):
    page = get_html("/codes?vendor=nginx&class=2")

    assert "No code matches all of these filters." in page
    assert f'<a href="/codes?class=2">Without Vendor: nginx</a>: {len(listed("class=2"))} meanings' in page
    assert f'<a href="/codes?vendor=nginx">Without Class: 2xx Successful</a>: {len(listed("vendor=nginx"))} ' in page
    assert "start over with all codes" in page
    # The one that gives most comes first.
    assert page.index("Without Vendor: nginx") < page.index("Without Class: 2xx")


def test_an_empty_result_offers_to_drop_the_search(get_html, listed):
    page = get_html("/codes?vendor=nginx&q=teapot")

    assert f'<a href="/codes?vendor=nginx">Without Search: teapot</a>: {len(listed("vendor=nginx"))} meanings' in page


def test_a_filter_whose_removal_gives_nothing_is_not_offered(get_html):
    page = get_html("/codes?vendor=nginx&class=2&q=teapot")

    assert "Without" not in page
    assert "start over with all codes" in page


def test_without_a_sort_the_form_sends_none(get_html):
    assert '<option value="">Best match, then number</option>' in get_html("/codes?q=closed")
    assert " selected" not in get_html("/codes?q=closed")


def test_a_row_shows_the_facts_that_one_filters_by(get_html):
    vendor_row, registered_row = (
        get_html(f"/codes?q={query}").partition("<tbody>")[2].partition("</tr>")[0] for query in ("nginx+499", "404")
    )

    assert all(words in vendor_row for words in ("nginx", "Not registered", "Never in a response"))
    assert "Cacheable" not in vendor_row
    assert all(words in registered_row for words in ("Registry", "Registered", "Heuristically"))
    assert "Never in a response" not in registered_row


def test_an_unknown_parameter_is_ignored_and_said(get_html, listed):
    assert "<code>colour</code>" in get_html("/codes?colour=red")
    assert "no such filter" not in get_html("/codes?class=4")
    assert listed("colour=red") == listed("")


@pytest.mark.parametrize("name", sorted({*PARAMETERS} - {"q"}))
def test_an_unknown_value_is_refused_with_what_is_allowed(client, problem, name):
    response = client.get(f"/codes?{name}=nonsense")

    assert response.status_code == 400
    page = response.content.decode()
    assert "“nonsense” is not a value of this filter. Allowed: " in page
    assert "<form" in page
    document = problem(f"/codes.json?{name}=nonsense", 400)
    assert document["errors"][0]["parameter"] == name
    assert document["errors"][0]["allowed"]
    assert name in document["detail"]


def test_a_long_wrong_value_is_not_repeated_whole(client, problem):
    assert len(problem("/codes.json?vendor=" + "x" * 50_000, 400)["detail"]) < 2_000
    assert len(client.get("/codes?vendor=" + "x" * 50_000).content) < 60_000


def test_five_searches_of_fifty_words_are_answered(client, db):
    query = "&".join("q=" + "+".join([f"{letter}"] * 50) for letter in "abcde")

    assert client.get(f"/codes?{query}").status_code == 200


def test_a_search_that_is_too_long_is_refused_by_name(client, problem):
    assert client.get("/codes?q=" + "x" * 2001).status_code == 400
    assert set(problem("/codes.json?q=" + "x" * 2001, 400)["errors"][0]) == {"parameter", "messages"}
    assert client.get("/codes?q=" + "x" * 2000).status_code == 200


@pytest.mark.parametrize("name", PARAMETERS)
@pytest.mark.parametrize("path", ["/codes", "/codes.json"])
def test_no_value_is_a_server_error_or_comes_back_unescaped(client, db, path, name):
    for value in HOSTILE:
        response = client.get(path, {name: value})
        assert response.status_code in (200, 400), value
        if path == "/codes":
            assert "<script>alert" not in response.content.decode()


def test_no_name_is_a_server_error_or_comes_back_unescaped(client, db):
    for value in HOSTILE:
        response = client.get("/codes", {value: "x"})
        assert response.status_code == 200, value
        assert "<script>alert" not in response.content.decode()


def test_a_thousand_repetitions_are_no_server_error(client, db):
    query = "&".join(f"class={number}" for number in range(1000))

    assert client.get(f"/codes?{query}").status_code == 400
    assert client.get("/codes?" + "&".join(["q=a"] * 1500)).status_code == 400


@pytest.mark.parametrize("name", ["q", "class"])
def test_the_links_of_a_thousand_values_do_not_repeat_all_of_them(client, db, name):
    query = "&".join(f"{name}={number}" for number in range(1000))

    assert len(client.get(f"/codes?{query}").content) < 100 * len(query)


@pytest.mark.parametrize("path", ["/codes", "/codes.json"])
def test_many_searches_at_once_are_refused_and_few_are_not(client, db, path):
    many = "&".join(f"q={number}" for number in range(990))

    assert client.get(f"{path}?{many}").status_code == 400
    assert client.get(f"{path}?{'&'.join(['q=teapot'] * 900)}").status_code == 200
    assert client.get(f"{path}?q=a&q=b&q=c&q=d&q=e").status_code == 200


def test_a_value_of_spaces_is_no_empty_value(client, db):
    assert client.get("/codes?class=+").status_code == 400


def test_an_empty_search_beside_another_is_as_if_absent(listed):
    assert listed("q=teapot&q=%20&q=") == listed("q=teapot")


def test_a_search_for_spaces_is_as_if_absent(get_html):
    page = get_html("/codes?q=+&class=4")

    assert removals(page) == {"Class: 4xx Client Error": "/codes"}
    assert re.search(r'value="nginx"> nginx <span class="meta">[1-9]', page)


def test_form_api_and_openapi_name_the_same_parameters(get_html, get_json):
    form = get_html("/codes").partition('<form class="filters"')[2].partition("</form>")[0]
    table = get_html("/api").partition('id="filters"')[2].partition("</table>")[0]
    parameters = get_json("/openapi.json")["paths"]["/codes"]["get"]["parameters"]

    in_form = list(dict.fromkeys(re.findall(r'<(?:input|select)[^>]* name="([^"]+)"', form)))
    assert re.findall(r'<th scope="row"><code>([^<]+)</code>', table) == in_form
    assert [parameter["name"] for parameter in parameters] == in_form


def test_every_sort_that_is_given_must_be_known(client, db):
    assert client.get("/codes?sort=bogus&sort=number").status_code == 400
    assert client.get("/codes?sort=phrase&sort=number").status_code == 200


def test_the_form_keeps_every_search(get_html):
    page = get_html("/codes?q=nginx&q=cloudflare")

    assert 'value="nginx"' in page
    assert '<input type="hidden" name="q" value="cloudflare">' in page
