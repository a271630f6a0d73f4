"""What an address says, before it is written down as a page, JSON, Markdown, plain text or CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.utils.functional import SimpleLazyObject

from codes.documents import csv, markdown, responses, text
from codes.documents.describe import Description
from codes.documents.representations import CONTENT_TYPES, CSV, HTML, JSON, MARKDOWN, TEXT


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
            return responses.html(self.template, context, status=self.status)
        if representation == JSON:
            return responses.json(self.describe(), status=self.status)
        rows = (self.rows or self.describe)()
        if representation == CSV:
            return responses.data(csv.code_list(rows), CONTENT_TYPES[CSV], status=self.status)
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
            return responses.html(self.template, {**said, **self.context}, status=self.status)
        if representation == JSON:
            return responses.problem(self.status, self.title, self.detail, **self.members)
        return _marked_up(markdown.problem(said), representation, status=self.status)


def _marked_up(written: str, representation: str, *, status: int = 200) -> HttpResponse:
    """Markdown, or the plain text that is made from it."""
    if representation == MARKDOWN:
        return responses.data(written, CONTENT_TYPES[MARKDOWN], status=status)
    return responses.data(text.plain(written), CONTENT_TYPES[TEXT], status=status)
