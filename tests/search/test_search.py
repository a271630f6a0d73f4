"""The search: what people type, and the page that they mean."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from codes import search
from codes.models import RFC, Constant, HeaderField, StatusClass, StatusCode, Subcode, Vendor
from codes.search.pasted import parse_pasted

MEANT = {
    "numbers": {
        "404": "/404",
        "499": "/499",
        "000": "/000",
        "444": "/444/nginx",
        "418": "/418",
        "433": "/433",
        "600": "/600",
        "http 502": "/502",
        "error 503": "/503",
        "status code 429": "/429",
        "what is 418": "/418",
        "what does 304 mean": "/304",
        "HTTP404": "/404",
        "４０４": "/404",
        "1": "/classes/1xx",
        "4xx": "/classes/4xx",
        "5XX errors": "/classes/5xx",
    },
    "with a vendor": {
        "nginx 499": "/499/nginx",
        "499 arcgis": "/499/arcgis",
        "cloudflare ssl": "/525/cloudflare",
        "cloudflare 524": "/524/cloudflare",
        "cloudflare timeout": "/524/cloudflare",
        "nginx 404": "/404",
        "iis 403": "/403/iis",
        "laravel page expired": "/419/laravel",
        "aws 460": "/460/aws-elb",
        "elb 561": "/561/aws-elb",
        "pantheon 561": "/561/pantheon",
        "anthropic overloaded": "/529/anthropic",
        "overloaded_error": "/529/anthropic",
        "shopify security rejection": "/430/shopify",
        "twitter 420": "/420/twitter",
        "squid 000": "/000/squid",
        "exchange 440": "/440/exchange",
        "resume incomplete google": "/308/google-apis",
        "traefik context canceled": "/499/traefik",
        "kaspersky": "/499/antivirus",
    },
    "sub-codes": {
        "403.14": "/403/iis/14",
        "404.13": "/404/iis/13",
        "500.19": "/500/iis/19",
        "error 1020": "/403/cloudflare/1020",
        "1016": "/530/cloudflare/1016",
        "cloudflare 1015": "/429/cloudflare/1015",
        "error code: 1033": "/530/cloudflare/1033",
        "HTTP Error 500.30 - ASP.NET Core app failed to start": "/500/iis/30",
        "HTTP Error 404.15 - Not Found": "/404/iis/15",
        "argo tunnel error": "/530/cloudflare/1033",
    },
    "phrases": {
        "too many requests": "/429",
        "not found": "/404",
        "page not found": "/404",
        "bad gateway": "/502",
        "internal server error": "/500",
        "i'm a teapot": "/418",
        "im a teapot": "/418",
        "teapot": "/418",
        "teap": "/418",
        "unavailable for legal reasons": "/451",
        "content too large": "/413",
        "misdirected request": "/421",
        "bandwidth limit exceeded": "/509/cpanel",
        "found": "/302",
        "gone": "/410",
        "ok": "/200",
        "no content": "/204",
        "created": "/201",
        "locked": "/423",
        "http 226 im used": "/226",
        "multi status": "/207",
        "proxy authentication required": "/407",
        "too early": "/425",
        "network authentication required": "/511",
        "web server returned an unknown error": "/520/cloudflare",
        "origin unreachable": "/523/cloudflare",
        "directory listing denied": "/403",
        "plain http request was sent to https port": "/497/nginx",
        "blocked by parental controls": "/450/windows-parental-controls",
        "token required": "/499/arcgis",
    },
    "former phrases": {
        "request entity too large": "/413",
        "payload too large": "/413",
        "moved temporarily": "/302",
        "unprocessable entity": "/422",
        "request-uri too long": "/414",
        "requested range not satisfiable": "/416",
        "switch proxy": "/306",
        "request time-out": "/408",
    },
    "constants": {
        "HTTP_422_UNPROCESSABLE_ENTITY": "/422",
        "UnprocessableEntity": "/422",
        "unprocessable-entity": "/422",
        "http.StatusTeapot": "/418",
        "NOT_FOUND": "/404",
        ":not_found": "/404",
        "HttpStatusCode.NotFound": "/404",
        "StatusCodes.Status404NotFound": "/404",
        "HttpServletResponse.SC_BAD_GATEWAY": "/502",
        "StatusCode::IM_A_TEAPOT": "/418",
        "HTTPStatus.TOO_MANY_REQUESTS": "/429",
        "status.HTTP_403_FORBIDDEN": "/403",
        "HttpStatus.SC_NO_CONTENT": "/204",
        "NGX_HTTP_CLIENT_CLOSED_REQUEST": "/499/nginx",
        "requests.codes.teapot": "/418",
        "Response::HTTP_I_AM_A_TEAPOT": "/418",
        "HTTP_REQUEST_ENTITY_TOO_LARGE": "/413",
        "toomanyrequests": "/429",
        "NotFoundException": "/404",
        "HTTPBadRequest": "/400",
        "HTTP_STATUS_NOT_FOUND": "/404",
        "HttpStatus.UNPROCESSABLE_CONTENT": "/422",
        "HttpResponseForbidden": "/403",
        "ServiceUnavailableException": "/503",
        "Rack :too_many_requests": "/429",
        "HttpURLConnection.HTTP_UNAUTHORIZED": "/401",
        "axum::http::StatusCode::FOUND": "/302",
        "StatusCodes.Status204NoContent": "/204",
        "werkzeug.exceptions.NotFound": "/404",
        "E_NOT_FOUND": "/404",
        "kFound": "/302",
        "httpx.codes.FOUND": "/302",
        "HttpStatus.I_AM_A_TEAPOT": "/418",
        ":unprocessable_entity": "/422",
    },
    "header fields": {
        "retry-after": "/headers/retry-after",
        "Retry-After header": "/headers/retry-after",
        "WWW-Authenticate": "/headers/www-authenticate",
        "location header": "/headers/location",
        "if-match": "/headers/if-match",
        "content length": "/headers/content-length",
        "allow": "/headers/allow",
        "etag": "/headers/etag",
        "www authenticate": "/headers/www-authenticate",
        "accept header": "/headers/accept",
    },
    "vendors, classes, RFCs": {
        "nginx": "/vendors/nginx",
        "cloudflare": "/vendors/cloudflare",
        "aws elb": "/vendors/aws-elb",
        "microsoft iis": "/vendors/iis",
        "linkedin": "/vendors/linkedin",
        "client error": "/classes/4xx",
        "redirection": "/classes/3xx",
        "informational": "/classes/1xx",
        "rfc 9110": "/rfcs/9110",
        "RFC9110": "/rfcs/9110",
        "9110": "/rfcs/9110",
        "http caching": "/rfcs/9111",
        "problem details": "/rfcs/7807",
        "coffee pot": "/418",
        "http/2": "/rfcs/9113",
        "semantics": "/rfcs/9110",
        "rfc2616": "/rfcs/2616",
        "server errors": "/classes/5xx",
    },
    "plain words": {
        "not logged in": "/401",
        "wrong password": "/401",
        "access denied": "/403",
        "file too big": "/413",
        "upload limit": "/413",
        "rate limit": "/429",
        "broken link": "/404",
        "server down": "/503",
        "maintenance": "/503",
        "permanent redirect": "/308",
        "redirect": "/302",
        "disk full": "/507",
        "censorship": "/451",
        "captive portal": "/511",
        "card declined": "/402",
        "csrf": "/419/laravel",
        "cookie too large": "/431",
        "upstream timed out": "/504",
        "connection refused": "/502",
        "empty response": "/204",
        "edit conflict": "/409",
        "validation error": "/422",
        "timeout": "/408",
        "time out": "/408",
        "websocket": "/101",
        "preload": "/103",
        "early hints": "/103",
        "post becomes get": "/302",
        "client closed connection": "/460/aws-elb",
        "invalid token": "/498/arcgis",
        "what is http 431": "/431",
        "graphql 400 bad request": "/400",
        "no healthy upstream": "/503",
        "client_max_body_size": "/413",
        "worker threw exception": "/500/cloudflare",
        "application pool unavailable": "/503/iis/0",
        "user not allowed": "/403",
        "token expired": "/401",
        "paywall": "/402",
        "seo redirect": "/301",
        "resume download": "/206",
        "page doesnt exist": "/404",
        "invalid json": "/400",
        "database conflict": "/409",
        "slow backend": "/504",
        "fahrenheit 451": "/451",
        "wifi login page": "/511",
        "duplicate entry": "/409",
        "how long should i wait retry after": "/headers/retry-after",
        "upstream prematurely closed connection while reading response header from upstream": "/502",
        "no live upstreams while connecting to upstream": "/502",
        "upstream sent too big header while reading response header from upstream": "/502",
        "recv() failed (104: Connection reset by peer) while reading response header from upstream": "/502",
        "client denied by server configuration": "/403",
        "Premature end of script headers: index.cgi": "/500",
        "the server encountered an internal error or misconfiguration": "/500",
    },
    "words that others have too": {
        "too large": "/413",
        "too long": "/414",
        "405 allow header": "/405",
        "docker pull 429": "/429",
        "rails :forbidden": "/403",
        "elixir :not_acceptable": "/406",
        "gin StatusBadRequest": "/400",
        "http 1.1": "/rfcs/9112",
        "3xx redirects": "/classes/3xx",
        "not authorised": "/401",
        "need to log in": "/401",
        "blocked by cloudflare": "/403/cloudflare",
        "request cancelled by client": "/499/nginx",
        "unknown error": "/520/cloudflare",
        "read timeout": "/598/informal",
        "certificate expired": "/526/cloudflare",
        "unauthenticated": "/401",
        "200 ok": "/200",
        "iis 401.3 acl": "/401/iis/3",
        '{"status":"error","code":429}': "/429",
        "Error 522 Ray ID: 8f0 • 2026-11-22 10:00:00 UTC Connection timed out": "/522/cloudflare",
    },
    "typos": {
        "4o4": "/404",
        "error 5oo": "/500",
        "bad gatewy": "/502",
        "nto found": "/404",
        "unathorized": "/401",
        "unauthorised": "/401",
        "forbiden": "/403",
        "teopot": "/418",
        "to many requests": "/429",
        "internal sever error": "/500",
        "servise unavailable": "/503",
        "gatway timeout": "/504",
        "cloudfare": "/vendors/cloudflare",
        "ngnix 499": "/499/nginx",
        "unprocessible entity": "/422",
        "retry-aftr": "/headers/retry-after",
        "redirct": "/307",
        "permenantly moved": "/301",
        "unsuported media type": "/415",
        "precondtion failed": "/412",
        "lenght required": "/411",
        "methd not allowed": "/405",
    },
    "pasted": {
        "HTTP/1.1 502 Bad Gateway": "/502",
        "HTTP/1.1 404 Not Found": "/404",
        "HTTP/2 503": "/503",
        "< HTTP/2 503": "/503",
        "< HTTP/1.1 429 Too Many Requests": "/429",
        '203.0.113.9 - - [22/Nov/2026:03:00:01 +0000] "GET / HTTP/1.1" 499 0 "-" "curl/8.0"': "/499/nginx",
        '203.0.113.9 - - [22/Nov/2026:03:00:01 +0000] "GET /404 HTTP/2.0" 200 512 "-" "Mozilla/5.0"': "/200",
        '203.0.113.9 - - [22/Nov/2026:03:00:01 +0000] "" 000 0 "-" "-"': "/000/nginx",
        '198.51.100.7 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 408 2326': "/408",
        "1286536309.586 921 192.0.2.68 TCP_MISS_ABORTED/000 0 GET http://example.org/": "/000/squid",
        "2026-11-22 03:00:01 192.0.2.1 GET /x - 443 - 203.0.113.9 curl/8.0 - 404 13 0 15": "/404/iis/13",
        '{"time": "2026-11-22T03:00:01Z", "status": 499, "request_time": 30.001}': "/499/nginx",
        '"EdgeResponseStatus":524': "/524/cloudflare",
        "curl: (22) The requested URL returned error: 403": "/403",
        "Request failed with status code 422": "/422",
        "requests.exceptions.HTTPError: 404 Client Error: Not Found for url: https://example.org/500": "/404",
        "urllib.error.HTTPError: HTTP Error 403: Forbidden": "/403",
        "Failed to load resource: the server responded with a status of 404 (Not Found)": "/404",
        "The remote server returned an error: (407) Proxy Authentication Required.": "/407",
        "413 Request Entity Too Large nginx/1.22.1": "/413",
        "HTTP/1.1 418 I'm a teapot": "/418",
        '10.0.0.5 - - [22/Nov/2026:03:00:01 +0000] "GET /api/302 HTTP/1.1" 504 160': "/504",
        "status=502 upstream_response_time=60.001": "/502",
        "GET https://example.org/a 401 (Unauthorized)": "/401",
        "Transfer-Encoding: chunked": "/headers/transfer-encoding",
        "Content-Type: application/json; charset=utf-8": "/headers/content-type",
        "Connection: close": "/headers/connection",
        "Range: bytes=0-499": "/headers/range",
        "< retry-after: 120": "/headers/retry-after",
        "2026/11/22 03:00:01 [error] 31#31: *1204 upstream timed out (110: Connection timed out)": "/504",
        "2026/11/22 03:00:01 [error] 7#7: *502 connect() failed (111: Connection refused)": "/502",
        "(111)Connection refused: attempt to connect to 127.0.0.1:8080 failed": "/502",
        "10.0.1.2:33317 [22/Nov/2026:03:00:01.655] http-in static/srv1 10/0/30/69/109 504 2750 - - sH--": "/504",
        "2026-11-22 03:00:01 W3SVC1 192.0.2.1 GET /api - 443 - 203.0.113.9 - 503 2 0 1234 567 31": "/503/iis/2",
        f'203.0.113.9 - - [22/Nov/2026:03:00:01 +0000] "GET /{"x" * 400} HTTP/1.1" 413 0 "-" "-"': "/413",
    },
    "a number with words that lead elsewhere": {
        "502 timeout": "/502",
        "my app logs 499 since tuesday": "/499/nginx",
        "530 login": "/530/cloudflare",
        "404 wordpress plugin upload": "/404",
        "getting error 503 from Microsoft IIS suddenly": "/503/iis",
        "HTTP Error 500.19 - Internal Server Error": "/500/iis/19",
    },
    "differences": {
        "301 vs 302": "/compare/301,302",
        "difference between 401 and 403": "/compare/401,403",
        "401 403": "/401",
        "401 or 403": "/compare/401,403",
        "301 or 308": "/compare/301,308",
        "wich is better 308 or 301": "/compare/301,308",
        "404 versus 410 seo": "/compare/404,410",
        "409 412 or 428": "/compare/409,412,428",
        "301/302/307/308": "/compare/301,302,307,308",
        "unauthorized vs forbidden": "/compare/401,403",
        "bad gateway vs gateway timeout": "/compare/502,504",
        "temporary redirect vs permanent redirect": "/compare/307,308",
        "not found vs gone": "/compare/404,410",
        "cloudflare 520 vs 522": "/compare/520,522",
    },
}
# Where words of descriptions and of names are among them, they say nothing of status codes all the same.
UNKNOWN = [
    "cors error",
    "rails",
    "I love you",
    "docker compose up",
    "-1",
    "2024",
    "123456",
    "a",
    "the",
    "192.168.0.1",
    "3.14",
    "bitcoin price",
    "exit code 137",
    "xyz123",
    "segmentation fault core dumped",
]
QUERIES = [(text, path) for group in MEANT.values() for text, path in group.items()]


@pytest.fixture
def found(db):
    """The paths of what is found, the likeliest first."""
    return lambda text: [hit.path for hit in search.find(text)]


@pytest.mark.parametrize(("text", "path"), QUERIES, ids=[text for text, _ in QUERIES])
def test_the_first_result_is_the_one_meant(found, text, path):
    assert found(text)[0] == path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("nginx 499", "/499/arcgis"),
        ("499", "/498/arcgis"),
        ("404", "/404/iis/13"),
        ("403.14", "/404/iis/14"),
        ("1016", "/530/pantheon"),
        ("cloudflare ssl", "/495/nginx"),
        ("teapot", "/404"),
        ("too many requests", "/413"),
        ("retry-after", "/headers/allow"),
        ('203.0.113.9 - - [22/Nov/2026:03:00:01 +0000] "GET /404 HTTP/2.0" 200 512 "-" "-"', "/404"),
        ("requests.exceptions.HTTPError: 404 Client Error: Not Found for url: https://example.org/500", "/500"),
        ("127.0.0.1:8000 502", "/127"),
        ("nginx/1.22.1 413", "/122/informal"),
        # Parts in the middle of words: operation, gateway.
        ("ration", "/202"),
        ("teway", "/502"),
    ],
)
def test_what_is_not_meant_is_not_found(found, text, path):
    assert path not in found(text)


@pytest.mark.parametrize("text", ["", " ", "?", "qqqqqq", "777", "12345", "%", "\x00", "\N{GRINNING FACE}", *UNKNOWN])
def test_nothing_is_found_where_nothing_fits(found, text):
    assert found(text) == []


def test_every_code_is_found_by_its_number_its_phrase_and_its_status_line(found):
    for code in StatusCode.objects.registered():
        path = code.get_absolute_url()
        assert found(str(code.number))[0] == path
        if code.phrase:
            assert found(code.phrase)[0] == path
            assert found(f"HTTP/1.1 {code.number} {code.phrase}")[0] == path


def test_every_meaning_of_a_vendor_is_found_by_vendor_and_number(found):
    for code in StatusCode.objects.exclude(vendor=None).for_links():
        assert found(f"{code.vendor.name} {code.number:03d}")[0] == code.get_absolute_url()
        assert found(f"{code.number:03d} {code.vendor.slug}")[0] == code.get_absolute_url()


def test_every_subcode_is_found_by_its_label(found):
    for subcode in Subcode.objects.for_detail():
        assert found(subcode.label)[0] == subcode.get_absolute_url()
        assert found(f"HTTP Error {subcode.label} - {subcode.phrase}")[0] == subcode.get_absolute_url()


def test_every_identifier_in_use_is_found_among_the_first(found):
    # Some have several meanings, and some are the name of a header field or a class too.
    for constant in Constant.objects.filter(until="").select_related("code__vendor"):
        if any(letter.isalpha() for letter in constant.name.replace("o", "")):
            assert constant.code.get_absolute_url() in found(constant.name)[:3], constant.name


def test_every_page_of_the_catalogue_is_found_by_its_name(found):
    for thing in [*Vendor.objects.all(), *HeaderField.objects.all()]:
        assert found(thing.name)[0] == thing.get_absolute_url()
        assert found(thing.slug)[0] == thing.get_absolute_url()
    for rfc in RFC.objects.all():
        assert found(f"RFC {rfc.number}")[0] == found(f"rfc{rfc.number}")[0] == rfc.get_absolute_url()
    for status_class in StatusClass.objects.all():
        assert found(status_class.label)[0] == found(status_class.name)[0] == status_class.get_absolute_url()


def test_several_numbers_are_found_in_the_order_in_which_they_were_typed(found):
    assert [path for path in found("503 502") if len(path) == 4] == ["/503", "/502"]


def test_numbers_alone_offer_their_comparison_after_the_first_of_them(found):
    assert found("307 308")[:3] == ["/307", "/compare/307,308", "/308"]


def test_a_ready_made_comparison_is_offered_by_its_own_title(db):
    assert search.find("301 302 303 307 308")[1].title.startswith("Redirects")


def test_a_number_with_words_that_do_not_belong_to_it_is_found_all_the_same(found):
    assert found("why does my blog say 404 since tuesday")[0] == "/404"


def test_a_beginning_finds_first_one_meaning_of_each_number(found):
    assert found("42")[:3] == ["/420/twitter", "/421", "/422"]


def test_words_of_a_description_find_a_page_only_where_no_name_does(found):
    assert found("prints zeros")[0] == "/000/nginx"
    assert "/000/nginx" not in found("enhance your calm")


def test_a_pasted_text_without_a_code_keeps_its_words():
    assert parse_pasted("too many requests").text == "too many requests"
    assert parse_pasted("https://example.org/404").text == "https://example.org/404"


def test_a_change_of_the_content_is_found_at_once(found):
    assert found("wobbly") == []

    StatusCode.objects.get(number=404, vendor=None).keywords.create(words="wobbly")
    # What a commit does on PostgreSQL, where the state changes at its end.
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert found("wobbly") == ["/404"]


def test_a_search_asks_the_database_only_whether_the_content_changed(found):
    found("teapot")

    with CaptureQueriesContext(connection) as queries:
        found("nginx")

    assert len(queries) == 1


@pytest.mark.parametrize(("text", "path"), QUERIES[::7], ids=[text for text, _ in QUERIES[::7]])
def test_suggestions_and_list_find_what_the_search_finds(client, found, text, path):
    urls = client.get("/suggest", {"q": text}).json()[3]
    page = client.get("/codes", {"q": text}).content.decode()

    assert urls[0].endswith(path)
    assert f'href="{path}"' in page


def test_the_fields_take_as_many_characters_as_the_search(get_html):
    assert f'maxlength="{search.MAX_LENGTH}"' in get_html("/")
    assert f'maxlength="{search.MAX_LENGTH}"' in get_html("/codes")
