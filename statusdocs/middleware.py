"""What every response of the site has in common, whatever it is about."""

from collections.abc import Callable
from copy import copy
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag

from statusdocs.page_cache.cached_page import not_modified_fields

GetResponse = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """Add the header fields that Django has no setting for, unless the view set them.

    Strict-Transport-Security (RFC 6797) is sent wherever the site's origin is HTTPS, since a proxy in front may talk
    plain HTTP to it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.headers = {
            "Cross-Origin-Embedder-Policy": "require-corp",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        if settings.HTTPS:
            self.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response


class AllowedHost:
    """Refuse a request for a foreign host before anything else responds, static files included."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.get_host()
        return self.get_response(request)


class ConditionalGet(ConditionalGetMiddleware):
    """Respond 304 to GET and HEAD where the client has the response already.

    Django's middleware leaves out HEAD, which must be answered as GET is (RFC 9110 section 9.3.2). This one is outside
    of the compression, so that a 304 has the entity tag of the 200 (section 15.4.5). It has the other fields of the 200
    too, except those about the content: a script on another site must be allowed to read it.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if request.method not in ("GET", "HEAD") or not self.needs_etag(response):
            return response
        conditional = get_conditional_response(request, etag=response.get("ETag"), response=response) or response
        if conditional.status_code == HTTPStatus.NOT_MODIFIED:
            for name, value in not_modified_fields(response.items()):
                conditional.headers.setdefault(name, value)
        return conditional


class EntityTag(ConditionalGetMiddleware):
    """Give every response to GET and HEAD an ETag, except those that nobody may store.

    It is inside of the compression, which makes the ETag a weak one. `Vary` always names Accept-Encoding, since any
    response may be compressed.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        patch_vary_headers(response, ["Accept-Encoding"])
        if request.method in ("GET", "HEAD") and self.needs_etag(response) and not response.has_header("ETag"):
            set_response_etag(response)
        return response


class ContentLength(CommonMiddleware):
    """Django's middleware that adds Content-Length, except to responses without content.

    A 204 must not have the field, and in a 304 it would be the length of the 200 (RFC 9110 section 8.6).
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        response = super().process_response(request, response)
        if response.status_code in (204, 304):
            del response.headers["Content-Length"]
        return response


class NoTrailingSlash:
    """Redirect `/404/` to `/404`, with the query, but only where the address without the slash exists.

    The site itself is asked whether it does, so an unknown number or a foreign host (`//example.org/`) stays an error.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        path = request.path_info
        if response.status_code != 404 or len(path) < 2 or path[-1] != "/" or path[-2] == "/":
            return response
        target = path[:-1]
        probe = copy(request)
        probe.path = probe.path_info = target
        if target.startswith("//"):
            return response
        probed = self.get_response(probe)
        # With this field the error is what was asked for.
        if probed.status_code >= 400 and "Statusdocs-Try" not in probed.headers:
            return response
        query = request.META.get("QUERY_STRING", "")
        # Not for ever: another page may get the address.
        return HttpResponsePermanentRedirect(
            quote(target, safe="/:,!'()+@") + (f"?{query}" if query else ""), headers={"Cache-Control": "max-age=3600"}
        )
