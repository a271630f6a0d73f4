"""What every answer of the site has in common, whatever it is about."""

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

GetResponse = Callable[[HttpRequest], HttpResponse]


# What a 304 leaves out, since it has no content (RFC 9110 section 15.4.5).
_OF_CONTENT = {"content-type", "content-length", "content-encoding"}


class SecurityHeaders:
    """Add the header fields that Django has no setting for.

    `Cross-Origin-Resource-Policy` keeps a stricter or wider value that a view chose. Strict-Transport-Security
    (RFC 6797) goes out wherever the site's origin is HTTPS, since a proxy in front may talk plain HTTP to us.
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
    """Refuse a request for a host that is not ours before anything answers it, static files included."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.get_host()
        return self.get_response(request)


class ConditionalRead(ConditionalGetMiddleware):
    """Answer 304 to GET and HEAD where the reader has the answer already.

    Django's own middleware leaves HEAD out, which must say what GET would (RFC 9110 section 9.3.2). This one stands
    outside of the compression, so that a 304 carries the entity tag that the 200 would (section 15.4.5). It says all
    else that the 200 would say, too, but of the content: a program on another site must be allowed to read it.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if request.method not in ("GET", "HEAD") or not self.needs_etag(response):
            return response
        answer = get_conditional_response(request, etag=response.get("ETag"), response=response) or response
        if answer.status_code == HTTPStatus.NOT_MODIFIED:
            for name, value in response.items():
                if name.lower() not in _OF_CONTENT:
                    answer.headers.setdefault(name, value)
        return answer


class EntityTag(ConditionalGetMiddleware):
    """Give every answer to GET and HEAD an ETag, but what nobody may store.

    It stands within the compression, which makes a weak one of it. `Vary` names Accept-Encoding always, since the same
    address may be answered compressed.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        patch_vary_headers(response, ["Accept-Encoding"])
        if request.method in ("GET", "HEAD") and self.needs_etag(response) and not response.has_header("ETag"):
            set_response_etag(response)
        return response


class LengthOfContent(CommonMiddleware):
    """Django's own step, which says how long the content is, but not where there can be none.

    A 204 must not have the field, and in a 304 it would be the length of what is not sent (RFC 9110 section 8.6).
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        response = super().process_response(request, response)
        if response.status_code in (204, 304):
            del response.headers["Content-Length"]
        return response


class NoTrailingSlash:
    """Send `/404/` to `/404`, query kept, but only where the address without the slash answers.

    Whether it answers is asked of the site itself, so an unknown number or a foreign host (`//example.org/`)
    stays the error it is.
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
        answer = self.get_response(probe)
        # An error that carries this field was asked for: it is what the address answers with.
        if answer.status_code >= 400 and "Statusdocs-Try" not in answer.headers:
            return response
        query = request.META.get("QUERY_STRING", "")
        # Not for ever: another page may come to be at the address.
        return HttpResponsePermanentRedirect(
            quote(target, safe="/:,!'()+@") + (f"?{query}" if query else ""), headers={"Cache-Control": "max-age=3600"}
        )
