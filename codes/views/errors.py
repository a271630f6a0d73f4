"""Errors, each in the representation that was asked for."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404
from django.utils.cache import patch_vary_headers

from codes.documents.describe import Description, absolute, link_code, link_header, link_rfc, link_step, link_vendor
from codes.documents.document import Problem
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

    def __init__(self, detail: str, nearest: list[Description]) -> None:
        super().__init__(detail)
        self.detail = detail
        self.nearest = nearest


def nearest_codes(number: int) -> list[Description]:
    """Links to the meanings of a number, else to those of the known numbers closest to it."""
    known = StatusCode.objects.numbers()
    closest = [number] if number in known else sorted(known, key=lambda other: (abs(other - number), other))[:NEAREST]
    return [link_code(code) for code in StatusCode.objects.filter(number__in=closest).for_links()]


def nearest_subcodes(digits: int) -> list[Description]:
    """Links to the sub-codes that are quoted by this very number alone."""
    subcodes = Subcode.objects.alone().filter(number=digits).for_detail()
    return [
        {**link_code(subcode.code), "phrase": str(subcode), "url": absolute(subcode.get_absolute_url())}
        for subcode in subcodes
    ]


def nearest_rfcs(number: int) -> list[Description]:
    """Links to the known RFCs closest to a number."""
    closest = sorted(RFC.objects.all(), key=lambda rfc: (abs(rfc.number - number), rfc.number))[:NEAREST]
    return [link_rfc(rfc) for rfc in closest]


def nearest_vendors(slug: str) -> list[Description]:
    """Links to the vendors whose slugs are spelled most like one."""
    return [link_vendor(vendor) for vendor in _spelled_like(slug, Vendor.objects.all())]


def nearest_headers(slug: str) -> list[Description]:
    """Links to the header fields whose slugs are spelled most like one."""
    return [link_header(header) for header in _spelled_like(slug, HeaderField.objects.all())]


def nearest_steps(slug: str) -> list[Description]:
    """Links to the steps of “which code should I send?” whose slugs are spelled most like one."""
    return [link_step(step) for step in _spelled_like(slug, Step.objects.select_related("code"))]


def _spelled_like(slug: str, things: Iterable[Any]) -> list[Any]:
    by_slug = {thing.slug: thing for thing in things}
    # Past fifty characters a slug is no typing mistake, and comparing costs time.
    return [by_slug[match] for match in get_close_matches(slug.lower()[:50], by_slug, n=NEAREST, cutoff=0.4)]


def respond(
    request: HttpRequest,
    status: int,
    title: str,
    detail: str,
    *,
    template: str = "error.html",
    context: dict[str, Any] | None = None,
    **members: Any,
) -> HttpResponse:
    """An error in the representation that was asked for; the other arguments are those of `Problem`."""
    problem = Problem(
        status=status, title=title, detail=detail, members=members, template=template, context=context or {}
    )
    response = problem.written_as(for_error(request))
    if not suffix_of(request.path):
        patch_vary_headers(response, ["Accept"])
    # What is wrong now may be right in a second: a number gets its meaning, the database comes back.
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: Django refused the request itself, for example for its Host."""
    return respond(
        request,
        400,
        "Bad Request",
        "This request was refused before it was read: its Host field, its size or its form is not allowed here.",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing is at this address; what is nearest to it is named."""
    if isinstance(exception, Unknown):
        return respond(request, 404, "Not Found", exception.detail, nearest=exception.nearest)
    detail = "There is no page at this address."
    if not isinstance(exception, Resolver404) and exception.args and isinstance(exception.args[0], str):
        detail = exception.args[0]
    return respond(request, 404, "Not Found", detail, nearest=[])


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form of the admin came without the token that proves that it is ours."""
    return respond(
        request,
        403,
        "Forbidden",
        "This form could not be told from one that another site made up. Go back, reload the page and send it again.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Nothing is read from the database here, since it may be the cause."""
    return respond(
        request,
        500,
        "Internal Server Error",
        "This page could not be made. The mistake is on our side and has been logged.",
    )
