"""Responses with the header fields that each representation has, whatever it says."""

from __future__ import annotations

from json import dumps
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

from codes.documents.describe import Description
from codes.documents.representations import CONTENT_TYPES, JSON


def html(template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page. It is rendered without the request, so that nothing of the visitor can get into it."""
    return HttpResponse(render_to_string(template, context), status=status)


def json(document: Description | list, *, status: int = 200, content_type: str = CONTENT_TYPES[JSON]) -> HttpResponse:
    """A JSON document."""
    return data(dumps(document, ensure_ascii=False, indent=2) + "\n", content_type, status=status)


def problem(status: int, title: str, detail: str, **members: Any) -> HttpResponse:
    """An error as data (RFC 9457). The type is about:blank: the status code says all that the type could."""
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail, **members}
    return json(said, status=status, content_type="application/problem+json")


def data(written: str | bytes, content_type: str, *, status: int = 200) -> HttpResponse:
    """Anything but a page: programs on any site may read it."""
    response = HttpResponse(written, status=status, content_type=content_type)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Content-Location, ETag, Link, Retry-After"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
