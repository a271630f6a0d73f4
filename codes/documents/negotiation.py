"""Which representation a request asks for: by the suffix of its address, else by `Accept` (RFC 9110 section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.http.request import MediaType

from codes.documents.representations import CSV, HTML, JSON, MARKDOWN, MEDIA_TYPES, TEXT

# Longer ones say no more, and comparing costs time.
_ACCEPT_MAX_LENGTH = 1_000
# Where nothing else is said the first is meant.
_ERRORS = (HTML, JSON, MARKDOWN, TEXT)


def suffix_of(path: str) -> str | None:
    """The representation that an address names by its suffix, if it does."""
    suffix = path.rpartition("/")[2].rpartition(".")[2]
    return suffix if suffix in (JSON, MARKDOWN, TEXT, CSV) else None


def preferred(request: HttpRequest, offered: Iterable[str]) -> str | None:
    """The representation that a request prefers by its `Accept`; the first of equals; None where it takes none."""
    accept = request.headers.get("Accept", "")
    if not accept.strip():
        return next(iter(offered))
    if len(accept) > _ACCEPT_MAX_LENGTH:
        return None
    try:
        ranges = [MediaType(each) for each in accept.split(",")]
        types = {f"{MEDIA_TYPES[each]}; charset=utf-8": each for each in offered}
        chosen = request.get_preferred_type([name for name in types if not _refused(name, ranges)])
    except ValueError:
        # A parameter in an encoding that does not exist.
        return None
    return types[chosen] if chosen else None


def _refused(media_type: str, ranges: list[MediaType]) -> bool:
    """Whether the range that fits a type most closely has quality 0: Django then lets a wider range admit it."""
    fitting = [each for each in ranges if MediaType(media_type).match(str(each))]
    return bool(fitting) and max(fitting, key=lambda each: each.specificity).quality == 0


def for_error(request: HttpRequest) -> str:
    """The representation of an error: an unacceptable one is still better than none."""
    return suffix_of(request.path) or preferred(request, _ERRORS) or HTML
