"""Responses in each representation, with its header fields."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpResponse
from django.template.loader import render_to_string

from codes.documents import csv, markdown, text
from codes.documents.descriptions import Document, MeaningList, Problem
from codes.documents.representations import CONTENT_TYPES, CSV, HTML, JSON, MARKDOWN, PROBLEM_JSON, TEXT


def page(template: str, *, status: int = 200, **context: object) -> HttpResponse:
    """A page. It is rendered without the request, so that it cannot depend on the visitor."""
    return HttpResponse(render_to_string(template, context), status=status)


def document(described: Document | MeaningList, representation: str, *, status: int = 200) -> HttpResponse:
    """A document as data: in any representation except HTML."""
    if representation == JSON:
        return json(described, status=status)
    if representation == CSV:
        assert isinstance(described, MeaningList), "only the list of codes is available as CSV"
        return data(csv.code_list(described), CONTENT_TYPES[CSV], status=status)
    return _marked_up(markdown.write(described), representation, status=status)


def problem(
    described: Problem, representation: str, *, template: str = "error.html", context: dict[str, Any] | None = None
) -> HttpResponse:
    """An error in a representation. Instead of CSV it is plain text.

    Args:
        described: the error.
        representation: the requested one.
        template: the page that shows it; its context has `problem`.
        context: the rest of its context.
    """
    if representation == HTML:
        return page(template, status=described.status, problem=described, **(context or {}))
    if representation == JSON:
        return json(described, status=described.status, content_type=PROBLEM_JSON)
    return _marked_up(markdown.write(described), representation, status=described.status)


def json(value: object, *, status: int = 200, content_type: str = CONTENT_TYPES[JSON]) -> HttpResponse:
    """A JSON document, indented for human readers."""
    return data(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n", content_type, status=status)


def data(written: str | bytes, content_type: str, *, status: int = 200) -> HttpResponse:
    """Data: scripts on any site may read it."""
    response = HttpResponse(written, status=status, content_type=content_type)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Content-Location, ETag, Link, Retry-After"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _marked_up(written: str, representation: str, *, status: int) -> HttpResponse:
    """Markdown, or the plain text generated from it."""
    if representation == MARKDOWN:
        return data(written, CONTENT_TYPES[MARKDOWN], status=status)
    return data(text.plain(written), CONTENT_TYPES[TEXT], status=status)
