"""How many meanings each choice of a filter gives, while the other filters hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from codes.models import StatusCode

# By the name of each filter: choices in it.
Choices = Mapping[str, set[str]]


@dataclass
class Facets:
    """What may be chosen, in numbers of meanings.

    Attributes:
        given: by filter and choice, how many meanings have that choice and satisfy every other filter.
        without: by filter, how many meanings that filter alone keeps out.
    """

    given: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    without: Counter[str] = field(default_factory=Counter)


def count(codes: Iterable[Choices], chosen: Choices) -> Facets:
    """The facets of some meanings, each told by the choices that it satisfies.

    Args:
        codes: each meaning's choices by the name of every filter.
        chosen: what is chosen. A filter with nothing chosen lets every meaning in.
    """
    facets = Facets()
    for satisfied in codes:
        failed = [name for name, choices in chosen.items() if choices and not choices & satisfied[name]]
        if len(failed) > 1:
            continue
        facets.without.update(failed)
        for name in failed or satisfied:
            facets.given[name].update(satisfied[name])
    return facets


@lru_cache(maxsize=1)
def choices_by_code(content_state: str) -> dict[int, Choices]:
    """The choices that each meaning satisfies, by its primary key, of the content in this state."""
    return {code.pk: choices_of(code) for code in StatusCode.objects.for_facets()}


def choices_of(code: Any) -> dict[str, set[str]]:
    """The choices that a meaning from `for_facets()` satisfies, by the name of each filter of the list."""
    return {
        "class": {str(code.status_class_id)},
        "registration": {code.listing},
        "state": {code.state},
        "wire": {"yes" if code.on_the_wire else "no"},
        "cacheable": {code.cacheable},
        "vendor": {code.vendor.slug} if code.vendor else set(),
        "rfc": {str(row["number"]) for row in code.rfc_rows},
        "header": {row["slug"] for row in code.header_rows},
    }
