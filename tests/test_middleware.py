"""What the middleware adds to responses, whatever they are about."""

import pytest
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from statusdocs import middleware


def respond(middleware_class, response, method="GET", path="/404", **headers):
    """The response of a middleware around a view that always gives the same one."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = RequestFactory(headers=headers).generic(method, path)

    def view(asked):
        assert asked is request
        return response

    return middleware_class(view)(request)


def test_security_fields_are_added_unless_the_view_set_them(settings):
    settings.HTTPS = False
    fields = {"Cross-Origin-Resource-Policy": "cross-origin"}

    plain = respond(middleware.SecurityHeaders, HttpResponse()).headers
    chosen = respond(middleware.SecurityHeaders, HttpResponse(headers=fields)).headers

    assert plain["Cross-Origin-Embedder-Policy"] == chosen["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert plain["Cross-Origin-Resource-Policy"] == "same-origin"
    assert chosen["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Strict-Transport-Security" not in plain


def test_hsts_is_sent_for_an_https_origin(settings):
    settings.HTTPS, settings.SECURE_HSTS_SECONDS = True, 60

    assert respond(middleware.SecurityHeaders, HttpResponse()).headers["Strict-Transport-Security"] == "max-age=60"


def test_a_foreign_host_does_not_reach_the_view():
    def view(request):
        pytest.fail("the view was asked")

    with pytest.raises(DisallowedHost):
        middleware.AllowedHost(view)(RequestFactory(headers={"Host": "evil.example"}).get("/404"))
    response = HttpResponse()
    assert respond(middleware.AllowedHost, response, Host="127.0.0.1") is response


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_304_has_the_fields_of_the_200_except_those_about_the_content(method):
    fields = {"ETag": '"1"', "X-Any": "kept", "Content-Language": "en", "Content-Encoding": "br", "Content-Length": "3"}
    response = HttpResponse(b"abc", headers=fields)

    unchanged = respond(middleware.ConditionalGet, response, method, If_None_Match='"1"')

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert dict(unchanged.headers) == {"ETag": '"1"', "X-Any": "kept", "Content-Language": "en"}


@pytest.mark.parametrize(
    ("method", "etag", "cache_control", "condition"),
    [
        ("GET", '"1"', "", '"2"'),
        ("GET", '"1"', "", None),
        ("GET", '"1"', "no-store", '"1"'),
        ("POST", '"1"', "", '"1"'),
        ("GET", None, "", '"1"'),
    ],
)
def test_a_response_that_the_client_does_not_have_is_sent(method, etag, cache_control, condition):
    response = HttpResponse(b"abc", headers={"Cache-Control": cache_control, **({"ETag": etag} if etag else {})})
    condition = {"If_None_Match": condition} if condition else {}

    assert respond(middleware.ConditionalGet, response, method, **condition) is response


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_response_gets_an_etag_of_its_content(method):
    one, same, other = (respond(middleware.EntityTag, HttpResponse(text), method) for text in ("one", "one", "other"))

    assert one.headers["ETag"] == same.headers["ETag"] != other.headers["ETag"]
    assert one.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("method", "fields", "etag"),
    [("GET", {"ETag": '"own"'}, '"own"'), ("GET", {"Cache-Control": "no-store"}, None), ("POST", {}, None)],
)
def test_a_response_with_an_etag_and_one_that_nobody_may_store_get_none(method, fields, etag):
    response = respond(middleware.EntityTag, HttpResponse("text", headers=fields), method)

    assert response.headers.get("ETag") == etag
    assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(("status", "length"), [(200, "4"), (404, "4"), (204, None), (304, None)])
def test_only_a_response_that_may_have_content_has_a_length(status, length):
    content = b"text" if length else b""

    response = respond(middleware.ContentLength, HttpResponse(content, status=status))

    assert response.headers.get("Content-Length") == length


def test_a_response_without_content_loses_a_length_that_it_had():
    response = respond(middleware.ContentLength, HttpResponse(status=304, headers={"Content-Length": "4"}))

    assert "Content-Length" not in response.headers


def test_a_stream_has_no_length():
    assert "Content-Length" not in respond(middleware.ContentLength, StreamingHttpResponse([b"text"])).headers


class Site:
    """A site of a few addresses, which notes what it was asked."""

    statuses = {"/404": 200, "/moved": 301, "/refused": 400, "/try/500": 500, "/with/": 200, "/é :,'()@!+": 200}

    def __init__(self):
        self.asked = []

    def __call__(self, request):
        path = request.path_info
        assert request.path == path
        self.asked.append(path)
        headers = {"Statusdocs-Try": "500"} if path == "/try/500" else None
        return HttpResponse(status=self.statuses.get(path, 404), headers=headers)


def get(site, path, query=""):
    request = RequestFactory().get("/", PATH_INFO=path.encode().decode("latin-1"), QUERY_STRING=query)
    response = middleware.NoTrailingSlash(site)(request)
    assert request.path_info == path
    return response


@pytest.mark.parametrize(
    ("path", "query", "location"),
    [
        ("/404/", "", "/404"),
        ("/404/", "a=b%20c", "/404?a=b%20c"),
        ("/moved/", "", "/moved"),
        ("/try/500/", "", "/try/500"),
        ("/é :,'()@!+/", "", "/%C3%A9%20:,'()@!+"),
    ],
)
def test_a_trailing_slash_is_redirected(path, query, location):
    response = get(Site(), path, query)

    assert response.status_code == 301
    assert response.headers["Location"] == location
    assert response.headers["Cache-Control"] == "max-age=3600"


@pytest.mark.parametrize(
    ("path", "status", "asked"),
    [
        ("/404", 200, ["/404"]),
        ("/with/", 200, ["/with/"]),
        ("/nope", 404, ["/nope"]),
        ("/", 404, ["/"]),
        ("/nope/", 404, ["/nope/", "/nope"]),
        ("/refused/", 404, ["/refused/", "/refused"]),
        ("/404//", 404, ["/404//"]),
        ("//404/", 404, ["//404/"]),
        ("//", 404, ["//"]),
    ],
)
def test_everything_else_is_answered_as_it_is(path, status, asked):
    site = Site()

    assert get(site, path).status_code == status
    assert site.asked == asked
