"""The pages that can be found, and the names by which people know them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.urls import reverse

from codes.models import RFC, Comparison, HeaderField, StatusClass, StatusCode, Subcode, Vendor


class Kind(StrEnum):
    """The kind of page that a hit leads to."""

    MEANING = "meaning"
    NUMBER = "number"
    SUBCODE = "subcode"
    CLASS = "class"
    RFC = "rfc"
    VENDOR = "vendor"
    HEADER = "header"
    COMPARISON = "comparison"


@dataclass(frozen=True)
class Hit:
    """A page that was found.

    Attributes:
        detail: a sentence or a name that tells hits with similar titles apart.
        code: the primary key of the meaning, if it is one.
    """

    kind: Kind
    title: str
    detail: str
    path: str
    code: int | None = None


@dataclass
class Page:
    """A page as it is indexed.

    Attributes:
        likelihood: decides between pages that match equally well, from 0 to 1.
        label: the digits that identify it: 404, 403.14, 1016, 9110.
        names: each with its weight, from 0 to 1.
        context: words that people type beside any of the names, such as the vendor, each with its weight.
        texts: other texts about it, each with its weight.
    """

    hit: Hit
    likelihood: float = 1.0
    label: str = ""
    names: list[tuple[str, float]] = field(default_factory=list)
    context: list[tuple[str, float]] = field(default_factory=list)
    texts: list[tuple[str, float]] = field(default_factory=list)


# The weights of names and texts, by their kind.
_NAME, _FORMER_PHRASE, _CONSTANT, _KEYWORD, _FORMER_CONSTANT = 1.0, 0.97, 0.94, 0.92, 0.8
_NEXT_KEYWORD = 0.004
_VENDOR, _COMPANY, _CLASS, _HEADER, _SUBCODE, _SUMMARY = 0.85, 0.6, 0.5, 0.5, 0.55, 0.35
DESCRIPTION = 0.1
"""The weight of a description: its words match only if no name does."""
LIBRARY = 0.05
"""The weight of the name of a library: it never matches alone."""

_OF_VENDOR, _OF_SUBCODE, _OF_RFC, _OF_DRAFT, _OF_COMPARISON = 0.96, 0.9, 0.95, 0.93, 0.75
_LIKELIHOODS = {
    StatusCode.State.ACTIVE: 1.0,
    StatusCode.State.DEPRECATED: 0.97,
    StatusCode.State.RETIRED: 0.94,
    StatusCode.State.DISPUTED: 0.92,
}


def pages() -> Iterator[Page]:
    """Every page that can be found, in a fixed order."""
    codes: list[Any] = list(StatusCode.objects.for_search())
    registered = {code.number: code.phrase for code in codes if not code.vendor}
    yield from _numbers(codes)
    for code in codes:
        # A vendor that gives its meaning no phrase sends the registered one.
        refined = "" if code.phrase else registered.get(code.number, "")
        yield _meaning(code, refined)
        yield from (_subcode(code, row, refined) for row in code.subcode_rows)
    yield from map(_class, StatusClass.objects.all())
    yield from map(_vendor, Vendor.objects.all())
    yield from map(_header, HeaderField.objects.all())
    yield from map(_rfc, RFC.objects.all())
    yield from map(_comparison, Comparison.objects.for_links())


def _numbers(codes: list[Any]) -> Iterator[Page]:
    """The numbers that nobody uses, and the unregistered ones that several vendors use."""
    by_number: dict[int, list[Any]] = {number: [] for number in range(100, 600)}
    for code in codes:
        by_number.setdefault(code.number, []).append(code)
    for number, meanings in by_number.items():
        if len(meanings) == 1 or any(code.vendor is None for code in meanings):
            continue
        detail = f"{len(meanings)} meanings: {', '.join(code.vendor.name for code in meanings)}."
        if not meanings:
            detail = "Nobody is known to use it. What it means anyway."
        label = f"{number:03d}"
        yield Page(Hit(Kind.NUMBER, label, detail, reverse("number", args=[number])), label=label)


def _meaning(code: Any, refined: str) -> Page:
    label = f"{code.number:03d}"
    former_phrases = [row["phrase"] for row in code.former_phrase_rows]
    title = " ".join(filter(None, [label, code.phrase or next(iter(former_phrases), "")]))
    likelihood = _LIKELIHOODS[code.state]
    if code.vendor:
        title += f" ({code.vendor.name})"
        likelihood *= _OF_VENDOR

    names = [(code.phrase, _NAME)]
    names += [(phrase, _FORMER_PHRASE) for phrase in former_phrases]
    names += [(row["name"], _FORMER_CONSTANT if row["until"] else _CONSTANT) for row in code.constant_rows]
    names += [(row["words"], _KEYWORD - _NEXT_KEYWORD * place) for place, row in enumerate(code.keyword_rows)]
    texts = [(code.summary, _SUMMARY), (code.description, DESCRIPTION), (refined, _SUBCODE)]
    texts += [(row["name"], _HEADER) for row in code.header_rule_rows]
    texts += [(f"{row['language']} {row['library']}", LIBRARY) for row in code.constant_rows]
    for row in code.subcode_rows:
        texts += [(Subcode.label_of(code.number, row["number"]), _SUBCODE), (row["phrase"], _SUBCODE)]
    if code.status_class_id:
        texts.append((f"{code.status_class_id}xx", _CLASS))
    hit = Hit(Kind.MEANING, title, code.summary, code.get_absolute_url(), code.pk)
    return Page(hit, likelihood, label, names, _context(code.vendor), texts)


def _subcode(code: Any, row: dict[str, Any], refined: str) -> Page:
    label = Subcode.label_of(code.number, row["number"])
    title = f"{label} {row['phrase']} ({code.vendor.name})"
    hit = Hit(Kind.SUBCODE, title, row["summary"], f"{code.get_absolute_url()}/{row['number']}")
    context = [*_context(code.vendor), (f"{code.number:03d}", _SUBCODE)]
    texts = [(row["summary"], _SUMMARY), (refined, _SUBCODE)]
    return Page(hit, _OF_SUBCODE, label, [(row["phrase"], _NAME)], context, texts)


def _context(vendor: Vendor | None) -> list[tuple[str, float]]:
    return [(vendor.name, _VENDOR), (vendor.slug, _VENDOR), (vendor.company, _COMPANY)] if vendor else []


def _class(status_class: StatusClass) -> Page:
    hit = Hit(Kind.CLASS, str(status_class), "Class: all of its status codes", status_class.get_absolute_url())
    return Page(hit, names=[(status_class.label, _NAME), (status_class.name, _NAME), (str(status_class), _NAME)])


def _vendor(vendor: Vendor) -> Page:
    hit = Hit(Kind.VENDOR, vendor.name, "Vendor: its status codes", vendor.get_absolute_url())
    return Page(hit, names=[(vendor.name, _NAME), (vendor.slug, _NAME), (vendor.company, _COMPANY)])


def _header(header: HeaderField) -> Page:
    detail = "Header field: the status codes it is used with"
    hit = Hit(Kind.HEADER, header.name, detail, header.get_absolute_url())
    names = [(header.name, _NAME), (f"{header.name} header", _NAME), (f"{header.name} header field", _NAME)]
    return Page(hit, 1.0 if header.rfc_id else _OF_DRAFT, names=names)


def _rfc(rfc: RFC) -> Page:
    hit = Hit(Kind.RFC, str(rfc), f"Published {rfc.published}", rfc.get_absolute_url())
    return Page(hit, _OF_RFC, str(rfc.number), [(rfc.title, _NAME)], [("RFC", _VENDOR)])


def _comparison(comparison: Comparison) -> Page:
    labels = [f"{code.number:03d}" for code in comparison.codes.all()]
    hit = Hit(Kind.COMPARISON, comparison.title, f"Compares {', '.join(labels)}", comparison.get_absolute_url())
    return Page(hit, _OF_COMPARISON, names=[(comparison.title, _NAME)])
