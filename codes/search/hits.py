"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of page a hit leads to."""

    MEANING = "meaning"
    NUMBER = "number"
    SUBCODE = "subcode"
    CLASS = "class"
    RFC = "rfc"
    VENDOR = "vendor"
    HEADER = "header"


@dataclass(frozen=True)
class Hit:
    """A page that was found."""

    kind: Kind
    title: str
    detail: str
    """One sentence or name, so that hits with like titles can be told apart."""
    path: str
    code: int | None = None
    """Of a meaning: its primary key."""
