"""`/try/503`: an answer with that very status, so that programs can be tried against it."""

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

# What conditional and partial answers are about. Too short to be compressed, so that a range counts these very bytes.
TEXT = b"This text never changes.\n"
ENTITY_TAG = '"statusdocs-try"'
_LAST_MODIFIED = 1_767_225_600  # 2026-01-01, as seconds since 1970
_VALIDATORS = {"ETag": ENTITY_TAG, "Last-Modified": http_date(_LAST_MODIFIED)}

# What a status has to carry beyond its number.
_FIELDS: dict[int, dict[str, str]] = {
    # Never another site: nobody shall be sent away from here by an address of ours.
    **{number: {"Location": "/try/200"} for number in (301, 302, 303, 307, 308)},
    # Browsers open a login window for Basic, Digest, NTLM and Negotiate, not for this scheme.
    401: {"WWW-Authenticate": 'Bearer realm="try"'},
    407: {"Proxy-Authenticate": 'Bearer realm="try"'},
    # The one request that is not answered with 405 here is a browser's question beforehand.
    405: {"Allow": "OPTIONS"},
    416: {"Content-Range": f"bytes */{len(TEXT)}"},
    # Any protocol that this is not; a client that can speak it connects anew.
    426: {"Connection": "upgrade", "Upgrade": "websocket"},
}


class _Part(NamedTuple):
    """The first and the last byte of a range; `first` is behind `last` where the text has none of it."""

    first: int
    last: int


def _part(request: HttpRequest) -> _Part | None:
    """The one part of the text that a request asks for (RFC 9110 sections 14.1.2, 14.2), or None."""
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
    """Whether the conditions of a request come out as this status, held against the text (RFC 9110 section 13.2)."""

    def outcome(request: HttpRequest) -> bool:
        response = get_conditional_response(request, etag=ENTITY_TAG, last_modified=_LAST_MODIFIED)
        return response is not None and response.status_code == status

    return outcome


# Statuses that only some requests can be answered with, and what to send for them.
PRECONDITIONS: dict[int, tuple[Callable[[HttpRequest], bool], str]] = {
    206: (_has_satisfiable_range, "Send GET with one range, for example Range: bytes=0-3."),
    226: (_accepts_manipulation, "Send GET with A-IM: gzip."),
    304: (_outcome_is(304), f"Send GET or HEAD with If-None-Match: {ENTITY_TAG}, or with If-None-Match: *."),
    412: (_outcome_is(412), 'Send a condition that fails, for example If-Match: "other".'),
    416: (_has_unsatisfiable_range, "Send GET with one range beyond the end, for example Range: bytes=1000-."),
}


@csrf_exempt
def try_status(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with this very status; with 400 or 404 and the reason where that cannot be."""
    if not settings.TRY:
        return _refused(request, 404, "This installation gives no answers to try: its setting STATUSDOCS_TRY is off.")
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        return _preflight()
    if not 100 <= number <= 599:
        return _refused(request, 404, "HTTP has numbers from 100 to 599, and 200 to 599 can be tried.")
    if number < 200:
        return _refused(
            request,
            400,
            "A 1xx answer is an interim one: a final answer must follow it (RFC 9110 section 15.2), and that one would "
            "have another status.",
        )
    if number in PRECONDITIONS:
        holds, what_to_send = PRECONDITIONS[number]
        if not holds(request):
            return _refused(request, 400, f"{number} is no answer to this request. {what_to_send}")

    response = _answer(request, number)
    response.status_code = number
    response.headers[MARKER] = str(number)
    return _for_every_origin(response)


def _answer(request: HttpRequest, number: int) -> HttpResponse:
    """What a status carries: its header fields, and content where it may have any."""
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
    detail = f"You asked for a {number}, so this answer is one. It says nothing of how this site is."
    if _prefers_json(request):
        response = responses.json(Tried(status=number, detail=detail, about=about))
    else:
        response = HttpResponse(f"{detail}\nWhat it means: {about}\n", content_type="text/plain; charset=utf-8")
    for name, value in _FIELDS.get(number, {}).items():
        response.headers[name] = value
    return response


def _refused(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    """An answer that was not asked for, and so without the marker."""
    if _prefers_json(request):
        response = responses.problem(describe_problem(status, detail), representations.JSON)
    else:
        response = HttpResponse(f"{detail}\n", status=status, content_type="text/plain; charset=utf-8")
    return _for_every_origin(response)


def _prefers_json(request: HttpRequest) -> bool:
    return negotiation.preferred(request, (representations.TEXT, representations.JSON)) == representations.JSON


def _preflight() -> HttpResponse:
    """What a browser asks before it lets a script of another site send an unusual request; only 2xx will do."""
    response = HttpResponse(status=204)
    response.headers["Access-Control-Allow-Methods"] = "*"
    # The wildcard leaves this one out.
    response.headers["Access-Control-Allow-Headers"] = "*, Authorization"
    return _for_every_origin(response)


def _for_every_origin(response: HttpResponse) -> HttpResponse:
    """Let scripts of any site read an answer, header fields included, and caches keep none."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "no-store"
    return response
