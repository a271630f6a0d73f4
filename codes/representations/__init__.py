"""How an answer is written down: the same description as a page, as JSON, Markdown, plain text or CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from json import dumps
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from codes.descriptions import Description
from codes.representations import csv, markdown, text

HTML = "html"
JSON = "json"
MARKDOWN = "md"
TEXT = "txt"
CSV = "csv"

CONTENT_TYPES = {
    HTML: "text/html; charset=utf-8",
    JSON: "application/json",
    MARKDOWN: "text/markdown; charset=utf-8",
    TEXT: "text/plain; charset=utf-8",
    CSV: "text/csv; charset=utf-8; header=present",
}
MEDIA_TYPES = {representation: content_type.partition(";")[0] for representation, content_type in CONTENT_TYPES.items()}
# What every document can be asked for by suffix; the address without one is HTML.
SUFFIXES = (JSON, MARKDOWN, TEXT)


def _nothing_else() -> dict[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Document:
    """What an address says, before it is written down.

    Attributes:
        describe: makes the description; called only by what needs it.
        markdown: writes it as Markdown, from which plain text is made too.
        template: the page. It finds the description as `document`.
        context: makes what else the page shows; called only for the page.
        rows: makes what Markdown, text and CSV say of a list whose JSON has another shape.
        status: the status code; 300 where the document is a choice between others.
    """

    describe: Callable[[], Description]
    markdown: Callable[[Description], str]
    template: str
    context: Callable[[], dict[str, Any]] = _nothing_else
    rows: Callable[[], Description] | None = None
    status: int = 200

    def written_as(self, representation: str) -> HttpResponse:
        """The answer in a representation."""
        if representation == HTML:
            context = {"document": SimpleLazyObject(self.describe), **self.context()}
            return html(self.template, context, status=self.status)
        if representation == JSON:
            return json(self.describe(), status=self.status)
        rows = (self.rows or self.describe)()
        if representation == CSV:
            return data(csv.code_list(rows), CONTENT_TYPES[CSV], status=self.status)
        return _marked_up(self.markdown(rows), representation, status=self.status)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """An error, before it is written down.

    Attributes:
        status: the status code.
        title: its phrase.
        detail: what is wrong and what helps, as a sentence.
        members: what the problem document carries besides (RFC 9457 section 3.2); the page finds it too.
        template: the page that shows it.
        context: what that page shows besides.
    """

    status: int
    title: str
    detail: str
    members: dict[str, Any] = field(default_factory=dict)
    template: str = "error.html"
    context: dict[str, Any] = field(default_factory=dict)

    def written_as(self, representation: str) -> HttpResponse:
        """The error in a representation. CSV has no place for one: it is plain text."""
        said = {"title": self.title, "status": self.status, "detail": self.detail, **self.members}
        if representation == HTML:
            return html(self.template, {**said, **self.context}, status=self.status)
        if representation == JSON:
            return problem(self.status, self.title, self.detail, **self.members)
        return _marked_up(markdown.problem(said), representation, status=self.status)


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


def _marked_up(written: str, representation: str, *, status: int = 200) -> HttpResponse:
    """Markdown, or the plain text that is made from it."""
    if representation == MARKDOWN:
        return data(written, CONTENT_TYPES[MARKDOWN], status=status)
    return data(text.plain(written), CONTENT_TYPES[TEXT], status=status)
