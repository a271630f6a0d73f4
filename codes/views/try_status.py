"""`/try/503`: a response with exactly that status, for testing clients."""

import gzip
import re
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from codes.documents import negotiation, representations, responses
from codes.documents.describe import absolute, describe_problem
from codes.documents.descriptions import Tried

MARKER = "Statusdocs-Try"

# The representation of conditional and partial responses. Too short to be compressed, so that ranges count its bytes.
TEXT = b"This text never changes.\n"
ENTITY_TAG = '"statusdocs-try"'
_LAST_MODIFIED = 1_767_225_600  # 2026-01-01, as seconds since 1970
_VALIDATORS = {"ETag": ENTITY_TAG, "Last-Modified": http_date(_LAST_MODIFIED)}

# The header fields that a status requires.
_FIELDS: dict[int, dict[str, str]] = {
    # Never another site: this must not be an open redirect.
    **{number: {"Location": "/try/200"} for number in (301, 302, 303, 307, 308)},
    # Browsers open a login dialog for Basic, Digest, NTLM and Negotiate, not for this scheme.
    401: {"WWW-Authenticate": 'Bearer realm="try"'},
    407: {"Proxy-Authenticate": 'Bearer realm="try"'},
    # The only request that does not get 405 here is a CORS preflight.
    405: {"Allow": "OPTIONS"},
    416: {"Content-Range": f"bytes */{len(TEXT)}"},
    # Any other protocol; a client that supports it would connect again.
    426: {"Connection": "upgrade", "Upgrade": "websocket"},
}


class _Part(NamedTuple):
    """The first and the last byte of a range; `first` is greater than `last` if the range is not satisfiable."""

    first: int
    last: int


def _part(request: HttpRequest) -> _Part | None:
    """The requested range (RFC 9110 sections 14.1.2, 14.2), or None if there is not exactly one."""
    found = re.fullmatch(r"bytes=([0-9]{0,9})-([0-9]{0,9})", request.headers.get("Range", ""))
    if_range = request.headers.get("If-Range", ENTITY_TAG)
    if request.method != "GET" or not found or found[0] == "bytes=-" or if_range != ENTITY_TAG:
        return None
    if not found[1]:
        return _Part(max(len(TEXT) - int(found[2]), 0), len(TEXT) - 1)
    if found[2] and int(found[2]) < int(found[1]):
        return None
    return _Part(int(found[1]), min(int(found[2] or len(TEXT)), len(TEXT) - 1))


def _has_satisfiable_range(request: HttpRequest) -> bool:
    part = _part(request)
    return part is not None and part.first <= part.last


def _has_unsatisfiable_range(request: HttpRequest) -> bool:
    part = _part(request)
    return part is not None and part.first > part.last


def _accepts_manipulation(request: HttpRequest) -> bool:
    return request.method == "GET" and "gzip" in re.split(r"\s*,\s*", request.headers.get("A-IM", ""))


def _outcome_is(status: int) -> Callable[[HttpRequest], bool]:
    """Whether the preconditions of a request evaluate to this status (RFC 9110 section 13.2)."""

    def outcome(request: HttpRequest) -> bool:
        response = get_conditional_response(request, etag=ENTITY_TAG, last_modified=_LAST_MODIFIED)
        return response is not None and response.status_code == status

    return outcome


# Statuses that are possible only for some requests, and what to send for them.
PRECONDITIONS: dict[int, tuple[Callable[[HttpRequest], bool], str]] = {
    206: (_has_satisfiable_range, "Send GET with one range, for example Range: bytes=0-3."),
    226: (_accepts_manipulation, "Send GET with A-IM: gzip."),
    304: (_outcome_is(304), f"Send GET or HEAD with If-None-Match: {ENTITY_TAG}, or with If-None-Match: *."),
    412: (_outcome_is(412), 'Send a condition that fails, for example If-Match: "other".'),
    416: (_has_unsatisfiable_range, "Send GET with one range beyond the end, for example Range: bytes=1000-."),
}


@csrf_exempt
def try_status(request: HttpRequest, number: int) -> HttpResponse:
    """A response with exactly this status, or 400 or 404 and the reason why that is not possible."""
    if not settings.TRY:
        return _refused(request, 404, "This installation does not offer /try: its setting STATUSDOCS_TRY is off.")
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        return _preflight()
    if not 100 <= number <= 599:
        return _refused(request, 404, "HTTP has numbers from 100 to 599, and 200 to 599 can be tried.")
    if number < 200:
        return _refused(
            request,
            400,
            "A 1xx response is interim: a final response must follow it (RFC 9110 section 15.2), and that one would "
            "have another status.",
        )
    if number in PRECONDITIONS:
        is_met, what_to_send = PRECONDITIONS[number]
        if not is_met(request):
            return _refused(request, 400, f"{number} is not possible for this request. {what_to_send}")

    response = _response(request, number)
    response.status_code = number
    response.headers[MARKER] = str(number)
    return _for_every_origin(response)


def _response(request: HttpRequest, number: int) -> HttpResponse:
    """The response: the header fields that the status requires, and content if it may have any."""
    if number == 206 and (part := _part(request)):
        response = HttpResponse(TEXT[part.first : part.last + 1], content_type="text/plain", headers=_VALIDATORS)
        response.headers["Content-Range"] = f"bytes {part.first}-{part.last}/{len(TEXT)}"
        return response
    if number == 226:
        headers = {"ETag": ENTITY_TAG, "IM": "gzip"}
        return HttpResponse(gzip.compress(TEXT, mtime=0), content_type="text/plain", headers=headers)
    if number in (204, 205, 304):
        response = HttpResponse(headers=_VALIDATORS if number == 304 else None)
        del response.headers["Content-Type"]
        return response

    about = absolute(reverse("number", args=[number]))
    detail = f"You asked for a {number}, so this is one. It says nothing about the state of this site."
    if _prefers_json(request):
        response = responses.json(Tried(status=number, detail=detail, about=about))
    else:
        response = HttpResponse(f"{detail}\nWhat it means: {about}\n", content_type="text/plain; charset=utf-8")
    for name, value in _FIELDS.get(number, {}).items():
        response.headers[name] = value
    return response


def _refused(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    """An error that was not requested, and so without the marker."""
    if negotiation.for_error(request, (representations.TEXT, representations.JSON)) == representations.JSON:
        response = responses.problem(describe_problem(status, detail), representations.JSON)
    else:
        response = HttpResponse(f"{detail}\n", status=status, content_type="text/plain; charset=utf-8")
    return _for_every_origin(response)


def _prefers_json(request: HttpRequest) -> bool:
    return negotiation.preferred(request, (representations.TEXT, representations.JSON)) == representations.JSON


def _preflight() -> HttpResponse:
    """The response to a CORS preflight, which must be 2xx."""
    response = HttpResponse(status=204)
    response.headers["Access-Control-Allow-Methods"] = "*"
    # The wildcard does not include this one.
    response.headers["Access-Control-Allow-Headers"] = "*, Authorization"
    return _for_every_origin(response)


def _for_every_origin(response: HttpResponse) -> HttpResponse:
    """Let scripts of any site read a response and its header fields, and no cache store it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "no-store"
    return response
