"""The index: every page that can be found, the names by which it is known, and which of them a text means best."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile
from math import log
from typing import Any

from django.urls import reverse

from codes.models import RFC, HeaderField, StatusClass, StatusCode, Subcode, Vendor
from codes.search.hits import Hit, Kind
from codes.search.pasted import read
from codes.search.words import NOISE, misspellings, split_identifier, squeezed, stem, words

# Words beyond these are not looked at: what is meant stands in the first ones, and each costs time.
_MOST_WORDS = 20
_MOST_CORRECTIONS = 6
_LONGEST_WORD = 30
_SHORTEST_BEGINNING = 2
# A correction must be at least this similar to what was typed (difflib's ratio).
_SIMILAR = 0.7
# Where no page has every word, those are found that have this part of what the words weigh ...
_ENOUGH = 0.45
# ... and are this near to the best of them.
_NEAR_THE_BEST = 0.6
_MOST_PARTIAL = 20

# How well a page is known by a name of this sort, or by words that stand there, from 0 to 1.
_PHRASE, _FORMER_PHRASE, _CONSTANT, _KEYWORD = 1.0, 0.97, 0.94, 0.93
_NEXT_KEYWORD = 0.01
_VENDOR_WORD, _COMPANY_WORD, _HEADER_WORD, _CLASS_WORD, _SUBCODE_WORD = 0.85, 0.6, 0.5, 0.5, 0.55
_SUMMARY_WORD, _TEXT_WORD = 0.35, 0.1

# Whom people mean when several fit alike.
_OF_VENDOR, _UNUSUAL, _OF_SUBCODE, _OF_RFC = 0.96, 0.98, 0.93, 0.95
_STATES = {
    StatusCode.State.ACTIVE: 1.0,
    StatusCode.State.DEPRECATED: 0.97,
    StatusCode.State.RETIRED: 0.94,
    StatusCode.State.DISPUTED: 0.92,
}


@dataclass
class Page:
    """A page, while the index is made.

    Args:
        likelihood: how likely it is meant, among pages that fit alike.
        number: of a meaning, the number.
        names: each with how well the page is known by it.
        context: texts whose words also lead to it, with how well.
    """

    hit: Hit
    likelihood: float = 1.0
    number: int | None = None
    names: list[tuple[str, float]] = field(default_factory=list)
    context: list[tuple[str, float]] = field(default_factory=list)


@dataclass(frozen=True)
class Name:
    """A name of a page, by the page's position."""

    page: int
    stems: tuple[str, ...]
    weight: float


@dataclass
class Term:
    """A word of a search text: the stems that it may stand for, each with how surely."""

    stems: dict[str, float]
    weight: float
    number: int | None = None


class Index:
    """Every page with its names. It holds what was the content when it was made."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._pages = list(pages)
        self._names: list[Name] = []
        self._by_squeezed: dict[str, dict[int, float]] = defaultdict(dict)
        self._names_with: dict[str, list[int]] = defaultdict(list)
        self._pages_with: dict[str, dict[int, float]] = defaultdict(dict)
        self._of_number: dict[int, list[int]] = defaultdict(list)
        stems_of: dict[str, str] = {}
        for position, page in enumerate(self._pages):
            if page.number is not None:
                self._of_number[page.number].append(position)
            for text, weight in page.names:
                self._add_name(position, text, weight, stems_of)
            for text, weight in page.context:
                known = weight > _TEXT_WORD
                for word in words(text):
                    self._add_word(position, stem(word), weight)
                    if known:
                        stems_of[word] = stem(word)
        self._stems_of = stems_of
        self._vocabulary = sorted(stems_of)
        self._misspelled: dict[str, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            for misspelling in misspellings(word):
                self._misspelled[misspelling].append(word)

    def _add_name(self, position: int, text: str, weight: float, stems_of: dict[str, str]) -> None:
        parts = words(split_identifier(text)) if "_" in text or " " not in text else words(text)
        if not parts:
            return
        by_page = self._by_squeezed[squeezed(parts)]
        by_page[position] = max(weight, by_page.get(position, 0))
        stems = tuple(stem(part) for part in parts)
        for part, its_stem in zip(parts, stems, strict=True):
            stems_of[part] = its_stem
            self._names_with[its_stem].append(len(self._names))
            self._add_word(position, its_stem, weight)
        self._names.append(Name(position, stems, weight))

    def _add_word(self, position: int, its_stem: str, weight: float) -> None:
        by_page = self._pages_with[its_stem]
        by_page[position] = max(weight, by_page.get(position, 0))

    def find(self, text: str) -> list[Hit]:
        """The pages that a text means, the likeliest first; none where nothing fits."""
        pasted = read(text)
        typed = self._words(pasted.text)
        if not typed:
            return []
        needed = [word for word in typed if word not in NOISE] or typed
        if all(word.replace(".", "").isdecimal() for word in needed):
            return list(self._numbers(needed, pasted.from_log))
        return [self._pages[position].hit for position in self._rank(typed, needed)]

    # What the words are

    def _words(self, text: str) -> list[str]:
        """The distinct words of a text, identifiers taken apart where they are no words themselves."""
        found: dict[str, None] = {}
        for piece in text.split():
            whole = words(piece)
            apart = words(split_identifier(piece))
            for word in whole if all(word in self._stems_of for word in whole) else apart:
                found.setdefault(word[:_LONGEST_WORD])
        return list(found)[:_MOST_WORDS]

    def _terms(self, needed: list[str]) -> list[Term]:
        terms, corrections = [], 0
        for position, word in enumerate(needed):
            stems = self._meant_by(word)
            following = needed[position + 1] if position + 1 < len(needed) else ""
            previous = needed[position - 1] if position else ""
            for joined in (word + following, previous + word):
                # "time out" is also "timeout".
                if joined != word and joined in self._stems_of:
                    stems.setdefault(self._stems_of[joined], 0.95)
            if not stems and (parts := self._split(word)):
                terms += [self._term(part, self._meant_by(part)) for part in parts if part not in NOISE]
                continue
            if not stems and corrections < _MOST_CORRECTIONS:
                corrections += 1
                stems = self._corrected(word)
            terms.append(self._term(word, stems))
        return terms

    def _term(self, word: str, stems: dict[str, float]) -> Term:
        surest = max(stems.values(), default=0)
        pages = {page for its_stem, sure in stems.items() if sure == surest for page in self._pages_with[its_stem]}
        number = int(word) if len(word) == 3 and word.isdecimal() else None
        return Term(stems, log(1 + len(self._pages) / (1 + len(pages))), number)

    def _meant_by(self, word: str) -> dict[str, float]:
        """The stems of a word that is known, and of those that it is the beginning of."""
        stems: dict[str, float] = {}
        if stem(word) in self._pages_with:
            stems[stem(word)] = 1.0
        if len(word) >= _SHORTEST_BEGINNING and not word.isdecimal():
            first = bisect_left(self._vocabulary, word)
            for longer in takewhile(lambda known: known.startswith(word), self._vocabulary[first:]):
                stems.setdefault(self._stems_of[longer], 0.4 + 0.5 * len(word) / len(longer))
        return stems

    def _split(self, word: str) -> list[str]:
        """The known words that were written as one, as few as possible; none where it is not made of them."""
        best: list[list[str] | None] = [[]]
        for end in range(1, len(word) + 1):
            ways = [
                [*before, word[start:end]]
                for start, before in enumerate(best)
                if before is not None
                and (end - start >= 3 or word[start:end] in NOISE)
                and word[start:end] in self._stems_of
            ]
            best.append(min(ways, key=len) if ways else None)
        return best[-1] or []

    def _corrected(self, word: str) -> dict[str, float]:
        """The stems of the words that are spelled most like one."""
        if len(word) < 3 or word.isdecimal():
            return {}
        twice = len(word) >= 8
        near = {slip for once in misspellings(word) for slip in (misspellings(once) if twice else [once])}
        matcher = SequenceMatcher(b=word, autojunk=False)
        stems: dict[str, float] = {}
        for known in {known for slip in near for known in self._misspelled.get(slip, ())}:
            if len(known) < 3:
                continue
            matcher.set_seq1(known)
            if matcher.real_quick_ratio() >= _SIMILAR and (ratio := matcher.ratio()) >= min(
                _SIMILAR, 1 - 1 / len(word)
            ):
                its_stem = self._stems_of[known]
                stems[its_stem] = max(0.9 * ratio, stems.get(its_stem, 0))
        return stems

    # Numbers alone

    def _numbers(self, numbers: list[str], from_log: bool) -> Iterator[Hit]:
        """What numbers mean that nothing else is said of."""
        positions: dict[int, None] = {}
        for number in numbers:
            bearing = self._pages_with.get(number, {})
            if len(number) <= 2:
                found = self._beginning_with(number)
            elif len(number) == 3:
                found = self._of_number.get(int(number), [])
                if from_log:
                    found = self._meanings(found) or found
            elif bearing or "." not in number:
                found = sorted(bearing, key=lambda page: (-bearing[page], page))
                found = [page for page in found if bearing[page] >= _SUBCODE_WORD]
            else:
                # A sub-code that is not known, under a code that may be.
                found = self._of_number.get(int(number[:3]), [])
            positions.update(dict.fromkeys(found))
        return (self._pages[position].hit for position in positions)

    def _beginning_with(self, digits: str) -> list[int]:
        """The class of a digit; then the first meaning of each number that begins so, then the further ones."""
        of_each = [self._meanings(self._of_number[number]) for number in sorted(self._of_number)]
        places = [
            (place, page)
            for pages in of_each
            for place, page in enumerate(pages)
            if f"{self._pages[page].number:03d}".startswith(digits)
        ]
        return [
            *self._by_squeezed.get(f"{digits}xx", ()),
            *(page for place, page in sorted(places, key=lambda found: (found[0] > 0, found[1]))),
        ]

    def _meanings(self, pages: list[int]) -> list[int]:
        return [page for page in pages if self._pages[page].hit.kind is Kind.MEANING]

    # Which page is meant

    def _rank(self, typed: list[str], needed: list[str]) -> list[int]:
        """The positions of the pages that the words mean, the likeliest first."""
        terms = self._terms(needed)
        total = sum(term.weight for term in terms)
        shares: dict[int, list[float]] = defaultdict(lambda: [0.0] * len(terms))
        in_names: dict[int, list[float]] = defaultdict(lambda: [0.0] * len(terms))
        for which, term in enumerate(terms):
            for its_stem, sure in term.stems.items():
                for page, weight in self._pages_with[its_stem].items():
                    shares[page][which] = max(shares[page][which], sure * weight)
                for name in self._names_with.get(its_stem, ()):
                    in_names[name][which] = max(in_names[name][which], sure)
            for page in self._of_number.get(term.number, ()) if term.number is not None else ():
                shares[page][which] = 1.0

        fits: dict[int, float] = defaultdict(float)
        for name, matched in in_names.items():
            page = self._names[name].page
            fits[page] = max(fits[page], self._fit(self._names[name], terms, matched, total))
        for spelled in (squeezed(typed), squeezed(needed)):
            for page, weight in self._by_squeezed.get(spelled, {}).items():
                shares[page] = [max(share, weight) for share in shares[page]]
                fits[page] = max(fits[page], 1.25 * weight)

        scores = {page: self._score(page, terms, share, fits[page], total) for page, share in shares.items()}
        order = sorted(scores, key=lambda page: (-scores[page], page))
        if order and all(shares[order[0]]):
            return [page for page in order if all(shares[page])]
        enough = [
            page
            for page in order
            if sum(term.weight for term, share in zip(terms, shares[page], strict=True) if share) >= _ENOUGH * total
            or self._is_of_number(page, terms)
        ]
        return [page for page in enough if scores[page] >= _NEAR_THE_BEST * scores[enough[0]]][:_MOST_PARTIAL]

    def _fit(self, name: Name, terms: list[Term], matched: list[float], total: float) -> float:
        """How well a name and the words are the same: 1 where neither has a word that the other lacks."""
        of_text = sum(term.weight * sure for term, sure in zip(terms, matched, strict=True)) / total
        of_name = min(
            1.0, sum(map(bool, matched)) / len([each for each in name.stems if each not in NOISE] or name.stems)
        )
        if not of_text:
            return 0
        first = next((which for which, sure in enumerate(matched) if sure), 0)
        in_order = 0.02 if terms[first].stems.get(name.stems[0]) else 0
        return name.weight * (2 * of_text * of_name / (of_text + of_name)) + in_order

    def _score(self, page: int, terms: list[Term], shares: list[float], fit: float, total: float) -> float:
        covered = sum(term.weight * share for term, share in zip(terms, shares, strict=True)) / total
        score = 0.6 * covered + fit + (0.25 if all(shares) else 0)
        if self._is_of_number(page, terms):
            score += 0.8 if self._pages[page].hit.kind is Kind.MEANING else 0.1
        return score * self._pages[page].likelihood

    def _is_of_number(self, page: int, terms: list[Term]) -> bool:
        number = self._pages[page].number
        return number is not None and any(term.number == number for term in terms)


# What is found


def pages() -> Iterator[Page]:
    """Every page that can be found."""
    codes: list[Any] = list(StatusCode.objects.for_search())
    yield from _numbers(codes)
    for code in codes:
        yield _meaning(code)
        for row in code.subcode_rows:
            yield _subcode(code, row)
    yield from map(_vendor, Vendor.objects.all())
    yield from map(_header, HeaderField.objects.all())
    yield from map(_class, StatusClass.objects.all())
    yield from map(_rfc, RFC.objects.all())


def _numbers(codes: list[Any]) -> Iterator[Page]:
    """The numbers that nobody uses, and those of which several vendors have a meaning and the registry has none."""
    by_number: dict[int, list[Any]] = {number: [] for number in range(100, 600)}
    for code in codes:
        by_number.setdefault(code.number, []).append(code)
    for number, meanings in by_number.items():
        if meanings and (len(meanings) == 1 or any(code.vendor is None for code in meanings)):
            continue
        detail = (
            f"{len(meanings)} meanings: {', '.join(code.vendor.name for code in meanings)}"
            if meanings
            else "Nobody is known to use it. What it means all the same"
        )
        label = f"{number:03d}"
        yield Page(Hit(Kind.NUMBER, label, detail, reverse("number", args=[number])), number=number, names=[(label, 1)])


def _meaning(code: Any) -> Page:
    number = f"{code.number:03d}"
    names = [(code.phrase, _PHRASE)]
    names += [(row["phrase"], _FORMER_PHRASE) for row in code.former_phrase_rows]
    names += [(name, _CONSTANT) for name in {row["name"]: None for row in code.constant_rows}]
    names += [(row["words"], _KEYWORD - _NEXT_KEYWORD * place) for place, row in enumerate(code.keyword_rows)]
    context = [(number, 1.0), (code.summary, _SUMMARY_WORD), (code.description, _TEXT_WORD)]
    context += [(row["name"], _HEADER_WORD) for row in code.header_rule_rows]
    for row in code.subcode_rows:
        context += [(Subcode.label_of(code.number, row["number"]), _SUBCODE_WORD), (row["phrase"], _SUBCODE_WORD)]
    if code.status_class_id:
        context.append((f"{code.status_class_id}xx", _CLASS_WORD))
    likelihood = _STATES[code.state]
    title = " ".join(
        filter(None, [number, code.phrase or next((row["phrase"] for row in code.former_phrase_rows), "")])
    )
    if code.vendor:
        title += f" ({code.vendor.name})"
        likelihood *= _OF_VENDOR * (1 if code.usual else _UNUSUAL)
        context += _of_vendor(code.vendor)
    hit = Hit(Kind.MEANING, title, code.summary, code.get_absolute_url(), code.pk)
    return Page(hit, likelihood, code.number, names, context)


def _subcode(code: Any, row: dict[str, Any]) -> Page:
    label = Subcode.label_of(code.number, row["number"])
    hit = Hit(
        Kind.SUBCODE,
        f"{label} {row['phrase']} ({code.vendor.name})",
        row["summary"],
        f"{code.get_absolute_url()}/{row['number']}",
    )
    return Page(
        hit,
        _OF_SUBCODE,
        names=[(label, _PHRASE), (row["phrase"], _PHRASE)],
        context=[(row["summary"], _SUMMARY_WORD), (f"{code.number:03d}", _SUBCODE_WORD), *_of_vendor(code.vendor)],
    )


def _of_vendor(vendor: Vendor) -> list[tuple[str, float]]:
    return [(vendor.name, _VENDOR_WORD), (vendor.slug, _VENDOR_WORD), (vendor.company, _COMPANY_WORD)]


def _vendor(vendor: Vendor) -> Page:
    hit = Hit(Kind.VENDOR, vendor.name, "Vendor: its status codes", vendor.get_absolute_url())
    return Page(hit, names=[(vendor.name, _PHRASE), (vendor.slug, _PHRASE), (vendor.company, _COMPANY_WORD)])


def _header(header: HeaderField) -> Page:
    hit = Hit(Kind.HEADER, header.name, "Header field: the status codes that it goes with", header.get_absolute_url())
    return Page(hit, names=[(header.name, _PHRASE)], context=[("header field", _HEADER_WORD)])


def _class(status_class: StatusClass) -> Page:
    hit = Hit(Kind.CLASS, str(status_class), "Class: all of its status codes", status_class.get_absolute_url())
    return Page(hit, names=[(status_class.label, _PHRASE), (status_class.name, _PHRASE)])


def _rfc(rfc: RFC) -> Page:
    hit = Hit(Kind.RFC, str(rfc), f"Published {rfc.published}", rfc.get_absolute_url())
    names = [(str(rfc.number), _PHRASE), (f"RFC {rfc.number}", _PHRASE), (rfc.title, _PHRASE)]
    return Page(hit, _OF_RFC, names=names)


@lru_cache(maxsize=1)
def index_of(content_state: str) -> Index:
    """The index of the content in this state; that of any other state is forgotten."""
    return Index(pages())
