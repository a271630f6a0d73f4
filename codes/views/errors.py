"""Errors, each in the representation that was asked for."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404
from django.utils.cache import patch_vary_headers

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

# Enough to find the one that was meant, few enough to read.
NEAREST = 5


class Unknown(Http404):
    """There is no such thing here.

    Args:
        detail: what is unknown, as a sentence.
        nearest: links to what may have been meant.
    """

    def __init__(self, detail: str, nearest: list[Nearest]) -> None:
        super().__init__(detail)
        self.detail = detail
        self.nearest = nearest


def nearest_codes(number: int) -> list[Nearest]:
    """Links to the meanings of a number, else to those of the known numbers closest to it."""
    known = StatusCode.objects.numbers()
    closest = [number] if number in known else sorted(known, key=lambda other: (abs(other - number), other))[:NEAREST]
    return [link_code(code) for code in StatusCode.objects.filter(number__in=closest).for_links()]


def nearest_subcodes(digits: int) -> list[Nearest]:
    """Links to the sub-codes that are quoted by this very number alone."""
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
    # Past fifty characters a slug is no typing mistake, and comparing costs time.
    return [by_slug[match] for match in get_close_matches(slug.lower()[:50], by_slug, n=NEAREST, cutoff=0.4)]


def respond(
    request: HttpRequest, problem: Problem, *, template: str = "error.html", context: dict[str, Any] | None = None
) -> HttpResponse:
    """An error in the representation that was asked for.

    Args:
        request: the one that it answers.
        problem: the error.
        template: the page that shows it.
        context: what that page shows besides.
    """
    response = responses.problem(problem, for_error(request), template=template, context=context)
    if not suffix_of(request.path):
        patch_vary_headers(response, ["Accept"])
    # What is wrong now may be right in a second: a number gets its meaning, the database comes back.
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: Django refused the request itself, for example for its Host."""
    detail = "This request was refused before it was read: its Host field, its size or its form is not allowed here."
    return respond(request, describe_problem(400, detail))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing is at this address; what is nearest to it is named."""
    if isinstance(exception, Unknown):
        return respond(request, describe_problem(404, exception.detail, nearest=exception.nearest))
    detail = "There is no page at this address."
    if not isinstance(exception, Resolver404) and exception.args and isinstance(exception.args[0], str):
        detail = exception.args[0]
    return respond(request, describe_problem(404, detail, nearest=[]))


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form of the admin came without the token that proves that it is ours."""
    detail = (
        "This form could not be told from one that another site made up. Go back, reload the page and send it again."
    )
    return respond(request, describe_problem(403, detail))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Nothing is read from the database here, since it may be the cause."""
    detail = "This page could not be made. The mistake is on our side and has been logged."
    return respond(request, describe_problem(500, detail))
