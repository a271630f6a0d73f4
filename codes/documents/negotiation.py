"""Which representation a request asks for: by the suffix of its address, else by `Accept`."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from codes.documents.representations import CSV, HTML, JSON, MARKDOWN, MEDIA_TYPES, PROBLEM_JSON, TEXT
from statusdocs.accept import preferred_type

# By media type; the first is the default. An error as JSON has a type of its own and answers to both.
_ERRORS = {
    MEDIA_TYPES[HTML]: HTML,
    PROBLEM_JSON: JSON,
    **{MEDIA_TYPES[each]: each for each in (JSON, MARKDOWN, TEXT)},
}


def suffix_of(path: str) -> str | None:
    """The representation that an address names by its suffix, if it does."""
    suffix = path.rpartition("/")[2].rpartition(".")[2]
    return suffix if suffix in (JSON, MARKDOWN, TEXT, CSV) else None


def preferred(request: HttpRequest, offered: Iterable[str]) -> str | None:
    """The representation that a request prefers by its `Accept`; None where it accepts none of them."""
    return _preferred(request, {MEDIA_TYPES[each]: each for each in offered})


def for_error(request: HttpRequest) -> str:
    """The representation of an error: an unacceptable one is still better than none."""
    return suffix_of(request.path) or _preferred(request, _ERRORS) or HTML


def _preferred(request: HttpRequest, representations: dict[str, str]) -> str | None:
    media_type = preferred_type(request.headers.get("Accept", ""), tuple(representations))
    return representations[media_type] if media_type else None
