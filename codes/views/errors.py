"""Errors, in the requested representation."""

import logging
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html

from codes.documents import responses
from codes.documents.describe import (
    describe_problem,
    link_code,
    link_header,
    link_rfc,
    link_step,
    link_subcode,
    link_vendor,
)
from codes.documents.descriptions import Nearest, Problem
from codes.documents.negotiation import for_error, suffix_of
from codes.models import RFC, HeaderField, StatusCode, Step, Subcode, Vendor

logger = logging.getLogger(__name__)

# The page of an error where the one of the site fails: it depends on no template, no static file and no database.
_BARE_PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{status} {title} – statusdocs</title>
  </head>
  <body>
    <h1>{status} {title}</h1>
    <p>{detail}</p>
    <p><a href="/">statusdocs</a></p>
  </body>
</html>
"""

# How many alternatives to offer.
NEAREST = 5


class NotFound(Http404):
    """What was requested does not exist here.

    Args:
        detail: what does not exist, as a sentence.
        nearest: links to likely alternatives.
    """

    def __init__(self, detail: str, nearest: list[Nearest]) -> None:
        super().__init__(detail)
        self.detail = detail
        self.nearest = nearest


def nearest_codes(number: int) -> list[Nearest]:
    """Links to the meanings of a number, or to those of the closest known numbers."""
    known = StatusCode.objects.numbers()
    closest = [number] if number in known else sorted(known, key=lambda other: (abs(other - number), other))[:NEAREST]
    return [link_code(code) for code in StatusCode.objects.filter(number__in=closest).for_links()]


def nearest_subcodes(digits: int) -> list[Nearest]:
    """Links to the sub-codes that are quoted by this number alone."""
    return [link_subcode(subcode) for subcode in Subcode.objects.alone().filter(number=digits).for_detail()]


def nearest_rfcs(number: int) -> list[Nearest]:
    """Links to the known RFCs closest to a number."""
    closest = sorted(RFC.objects.all(), key=lambda rfc: (abs(rfc.number - number), rfc.number))[:NEAREST]
    return [link_rfc(rfc) for rfc in closest]


def nearest_vendors(slug: str) -> list[Nearest]:
    """Links to the vendors whose slugs are spelled most like one."""
    return [link_vendor(vendor) for vendor in _spelled_like(slug, Vendor.objects.all())]


def nearest_headers(slug: str) -> list[Nearest]:
    """Links to the header fields whose slugs are spelled most like one."""
    return [link_header(header) for header in _spelled_like(slug, HeaderField.objects.all())]


def nearest_steps(slug: str) -> list[Nearest]:
    """Links to the steps of “which code should I send?” whose slugs are spelled most like one."""
    return [link_step(step) for step in _spelled_like(slug, Step.objects.select_related("code"))]


def _spelled_like(slug: str, things: Iterable[Any]) -> list[Any]:
    by_slug = {thing.slug: thing for thing in things}
    # Longer than fifty characters it is not a typing mistake, and comparing takes time.
    return [by_slug[match] for match in get_close_matches(slug.lower()[:50], by_slug, n=NEAREST, cutoff=0.4)]


def respond(
    request: HttpRequest, problem: Problem, *, template: str = "error.html", context: dict[str, Any] | None = None
) -> HttpResponse:
    """An error in the requested representation.

    Args:
        request: the request.
        problem: the error.
        template: the page that shows it; its context has `problem`.
        context: the rest of its context.
    """
    try:
        response = responses.problem(problem, for_error(request), template=template, context=context)
    except Exception:
        if settings.DEBUG:
            raise
        # Static files that nobody collected, a template that fails: what broke a page breaks that of its error too.
        logger.exception("the page of a %s cannot be rendered", problem.status)
        bare = format_html(_BARE_PAGE, status=problem.status, title=problem.title, detail=problem.detail)
        response = HttpResponse(bare, status=problem.status)
    if not suffix_of(request.path):
        patch_vary_headers(response, ["Accept"])
    # The cause may be gone in a second: a number gets its meaning, the database comes back.
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: Django refused the request itself, for example for its Host."""
    detail = "This request was rejected before it was processed: its Host field, its size or its syntax is not allowed."
    return respond(request, describe_problem(400, detail))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing at this address."""
    if isinstance(exception, NotFound):
        return respond(request, describe_problem(404, exception.detail, nearest=exception.nearest))
    detail = "There is no page at this address."
    if not isinstance(exception, Resolver404) and exception.args and isinstance(exception.args[0], str):
        detail = exception.args[0]
    return respond(request, describe_problem(404, detail, nearest=[]))


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form of the admin was sent without a valid CSRF token."""
    detail = "We could not verify that this form came from this site. Go back, reload the page and send it again."
    return respond(request, describe_problem(403, detail))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a bug. The database is not queried, since it may be the cause."""
    detail = "This page could not be generated. The error is on our side and has been logged."
    return respond(request, describe_problem(500, detail))
