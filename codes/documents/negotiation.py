"""Which representation a request asks for: by the suffix of its address, else by `Accept`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest

from codes.documents.representations import CSV, HTML, JSON, MARKDOWN, MEDIA_TYPES, PROBLEM_JSON, TEXT
from statusdocs.accept import preferred_type


def suffix_of(path: str) -> str | None:
    """The representation that an address names by its suffix, if it does."""
    suffix = path.rpartition("/")[2].rpartition(".")[2]
    return suffix if suffix in (JSON, MARKDOWN, TEXT, CSV) else None


def preferred(request: HttpRequest, offered: Iterable[str]) -> str | None:
    """The representation that a request prefers by its `Accept`; None where it accepts none of them."""
    return _preferred(request, {MEDIA_TYPES[each]: each for each in offered})


def for_error(request: HttpRequest, offered: Sequence[str] = (HTML, JSON, MARKDOWN, TEXT)) -> str:
    """The representation of an error; the first where none is acceptable, since that is still better than none.

    An error as JSON has a media type of its own, and is acceptable to clients that ask for plain JSON too.
    """
    media_types = {MEDIA_TYPES[each]: each for each in offered} | {PROBLEM_JSON: JSON}
    return suffix_of(request.path) or _preferred(request, media_types) or offered[0]


def _preferred(request: HttpRequest, representations: dict[str, str]) -> str | None:
    media_type = preferred_type(request.headers.get("Accept", ""), tuple(representations))
    return representations[media_type] if media_type else None
