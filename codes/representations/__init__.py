"""How an answer is written down: the same description as a page or as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

HTML = "html"
JSON = "json"
# What an address can be asked for by suffix; the address without one is HTML.
SUFFIXES = (JSON,)

_PROBLEM = "application/problem+json"


def _nothing_else() -> dict[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Document:
    """What an address says, before it is written down.

    Attributes:
        describe: makes the description; called only by what needs it.
        template: the page. It finds the description as `document`.
        context: makes what else the page shows; called only for the page.
    """

    describe: Callable[[], dict[str, Any]]
    template: str
    context: Callable[[], dict[str, Any]] = _nothing_else

    def written_as(self, representation: str) -> HttpResponse:
        """The answer in a representation."""
        return _WRITERS[representation](self)


def asked_for(path: str) -> str:
    """The representation that an address names by its suffix."""
    suffix = path.rpartition(".")[2]
    return suffix if suffix in SUFFIXES else HTML


def html(template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page. It is rendered without the request, so that nothing of the visitor can get into it."""
    return HttpResponse(render_to_string(template, context), status=status)


def data(written: str | bytes, content_type: str, *, status: int = 200) -> HttpResponse:
    """Anything but a page: programs on any site may read it."""
    response = HttpResponse(written, status=status, content_type=content_type)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def json(
    document: dict[str, Any] | list[Any], *, status: int = 200, content_type: str = "application/json"
) -> HttpResponse:
    """A document that programs on any site may read."""
    response = JsonResponse(
        document,
        safe=False,
        status=status,
        content_type=content_type,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def problem(status: int, title: str, detail: str, **members: Any) -> HttpResponse:
    """An error as data (RFC 9457). The type is about:blank: the status code says all that the type could."""
    document = {"type": "about:blank", "title": title, "status": status, "detail": detail, **members}
    return json(document, status=status, content_type=_PROBLEM)


_WRITERS: dict[str, Callable[[Document], HttpResponse]] = {
    HTML: lambda document: html(
        document.template, {"document": SimpleLazyObject(document.describe), **document.context()}
    ),
    JSON: lambda document: json(document.describe()),
}
