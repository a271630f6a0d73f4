"""Which media type a request prefers by its `Accept` (RFC 9110 section 12.5.1), for Django and the page cache alike."""

from __future__ import annotations

from functools import lru_cache

from django.http.request import MediaType

# Characters. Longer values say no more, and parsing them takes time.
MAX_LENGTH = 1_000


def preferred_type(accept: str, offered: tuple[str, ...]) -> str | None:
    """The offered media type that a client prefers.

    The quality of a type is that of the most specific range that matches it. Of types of equal quality the first is
    chosen: first those that are named, then those that match `type/*`, then `*/*`; then in the order of the header
    field; then in the order of the offer.

    Parameters such as `charset=UTF-8`, `variant=CommonMark` or `level=1` select a variant of a type. Each type has one
    variant here, which its Content-Type describes, so a range with parameters matches it all the same: a client is
    better served by a variant it did not ask for than by a 406. A range without parameters is the more specific match,
    and `text/html;level=1;q=0` rules out a variant that is not there, but not HTML.

    Args:
        accept: the value of the header field; empty where there is none, so that anything is acceptable.
        offered: media types without parameters, the preferred one first.

    Returns:
        One of `offered`, or None where none is acceptable or `accept` is longer than `MAX_LENGTH`.
    """
    return _preferred_type(accept, offered) if len(accept) <= MAX_LENGTH else None


# Clients send a limited set of values.
@lru_cache(maxsize=1024)
def _preferred_type(accept: str, offered: tuple[str, ...]) -> str | None:
    ranges = _media_ranges(accept if accept.strip() else "*/*")
    ranks = {}
    for media_type in offered:
        matching = [each for each in ranges if _matches(each, media_type)]
        if not matching:
            continue
        closest = max(matching, key=lambda each: (_specificity(each), not each.range_params, each.quality))
        if closest.quality > 0:
            ranks[media_type] = closest.quality, _specificity(closest), -ranges.index(closest)
    return max(ranks, key=lambda media_type: ranks[media_type], default=None)


def _media_ranges(accept: str) -> list[MediaType]:
    """The ranges of a value of Accept, without those whose parameters are in an encoding that does not exist."""
    ranges = []
    for element in accept.split(","):
        try:
            ranges.append(MediaType(element))
        except ValueError:
            continue
    return ranges


def _matches(media_range: MediaType, media_type: str) -> bool:
    """Whether a range includes a type, whatever its parameters are: those never exclude one."""
    main_type, _, sub_type = media_type.partition("/")
    is_included = media_range.main_type in ("*", main_type) and media_range.sub_type in ("*", sub_type)
    return is_included and (media_range.quality > 0 or not media_range.range_params)


def _specificity(media_range: MediaType) -> int:
    """0 for `*/*`, 1 for `type/*`, 2 for a type."""
    return (media_range.main_type != "*") + (media_range.sub_type != "*")
