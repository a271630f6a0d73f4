"""The index: the names of every page, in memory, and the pages that match a search text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.urls import reverse

from codes.models.comparisons import MAX_CODES_PER_COMPARISON
from codes.search.pages import DESCRIPTION, Hit, Kind, Page, pages
from codes.search.pasted import field_name, parse_pasted
from codes.search.ranking import SAME_NAME_FIT, SAME_SPELLING_FIT, SAME_WORDS_FIT, Name, Ranking, Term
from codes.search.vocabulary import Vocabulary
from codes.search.words import (
    COMPARISON_WORDS,
    SMALL_WORDS,
    STOP_WORDS,
    name_key,
    split_identifier,
    split_qualified,
    stem,
    words,
)

# Each word costs time, and the first ones say what is meant.
_MAX_WORDS = 12
_MAX_CORRECTIONS = 6
_MAX_WORD_LENGTH = 30
# How certain it is that "time out" means "timeout", and that a word was misspelled that may also be a prefix.
_JOINED_CERTAINTY, _AMBIGUOUS_CERTAINTY = 0.95, 0.7
# Between two names whose difference is asked for.
_NAME_SEPARATOR = re.compile(r"(?i)\s(?:vs?\.?|versus|or)\s")
_NUMBERS_WITH_SLASH = re.compile(r"[0-9]{3}\s?/\s?[0-9]{3}")
_DIGITS = re.compile(r"[0-9]{1,5}(\.[0-9]{1,3})?")


class _Typed(NamedTuple):
    """The words of a text: all; the distinct ones without stop words; those of each identifier in it."""

    all: list[str]
    needed: list[str]
    identifiers: list[list[str]]


class Index:
    """Every page with its names, of the content in one state."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.pages = list(pages)
        self.contexts: list[set[str]] = []
        self.names: list[Name] = []
        self.names_by_stem: dict[str, list[int]] = defaultdict(list)
        self.pages_by_stem: dict[str, dict[int, float]] = defaultdict(dict)
        self.pages_by_name: dict[str, dict[int, float]] = defaultdict(dict)
        self.pages_by_spelling: dict[str, dict[int, float]] = defaultdict(dict)
        self.pages_by_label: dict[str, list[int]] = defaultdict(list)
        known: set[str] = set()
        for position, page in enumerate(self.pages):
            known.update(self._add(position, page))
        self.vocabulary = Vocabulary(known, self.pages_by_stem)
        self.comparisons = {page.hit.path: page.hit for page in self.pages if page.hit.kind is Kind.COMPARISON}

    def _add(self, position: int, page: Page) -> Iterable[str]:
        """Index a page and yield the words of its names, its context and its texts, descriptions apart."""
        if page.label:
            self.pages_by_label[page.label].append(position)
        for text, weight in [(page.label, 1.0), *page.context, *page.texts]:
            for word in words(text):
                self._add_word(position, word, weight)
                if weight > DESCRIPTION:
                    yield word
        self.contexts.append({stem(word) for text in (page.label, *dict(page.context)) for word in words(text)})
        for text, weight in page.names:
            is_identifier = " " not in text and page.hit.kind is not Kind.HEADER
            parts = words(split_identifier(text) if is_identifier else text)
            if name_key(parts)[1:]:
                yield from parts
                self._add_name(position, parts, weight)
                _raise(self.pages_by_spelling[text.lower()], position, weight)

    def _add_name(self, position: int, parts: list[str], weight: float) -> None:
        _raise(self.pages_by_name[name_key(parts)], position, weight)
        for part in parts:
            self._add_word(position, part, weight)
            self.names_by_stem[stem(part)].append(len(self.names))
        stated = _without_stop_words(parts) or parts
        stop_words = frozenset(stem(part) for part in parts if part not in stated)
        self.names.append(Name(position, tuple(map(stem, stated)), stop_words, weight))

    def _add_word(self, position: int, word: str, weight: float) -> None:
        _raise(self.pages_by_stem[stem(word)], position, weight)

    def find(self, text: str) -> list[Hit]:
        """The pages that match a text, the best match first."""
        if any(
            self.pages[page].hit.kind is Kind.HEADER
            for page in self.pages_by_spelling.get(field_name(text).lower(), ())
        ):
            text = field_name(text)
        pasted = parse_pasted(text)
        typed = self._typed(pasted.text)
        if SMALL_WORDS.issuperset(typed.all) and name_key(typed.all) not in self.pages_by_name:
            return []
        is_version = name_key(typed.all) in self.pages_by_name and len(max(typed.needed, key=len)) < 3
        if all(_DIGITS.fullmatch(word) for word in typed.needed) and not is_version:
            found = self._numbered(pasted.text, typed.needed)
        else:
            found = self._ranked(text, typed)
        hits = [self.pages[position].hit for position in found]
        if pasted.from_log:
            # A line of a log is about one event, not about the number as such.
            return sorted(hits, key=lambda hit: hit.kind is Kind.NUMBER)
        if not (comparison := self._comparison(pasted.text, typed)):
            return hits
        hits = [hit for hit in hits if hit.path != comparison.path]
        # Numbers alone can also ask for the page of each.
        first = 0 if _asks_to_compare(pasted.text, typed) else 1
        return [*hits[:first], comparison, *hits[first:]]

    # What was typed

    def _typed(self, text: str) -> _Typed:
        """The words of a text; an identifier that is not a known word is split."""
        typed: list[str] = []
        identifiers = []
        for piece in text.split():
            segments = [words(split_identifier(segment)) for segment in split_qualified(piece)]
            whole, apart = words(piece), [part for segment in segments for part in segment]
            is_known = all(word in self.vocabulary for word in whole)
            typed += [part[:_MAX_WORD_LENGTH] for part in (whole if is_known else apart)]
            # LinkedIn and iPhone are words, NotFound is an identifier; Ruby writes :forbidden.
            if piece.startswith(":") or "_" in piece or (apart != whole and not is_known):
                identifiers.append(apart)
            if named := next(filter(self._pages_of, reversed(segments[1:])), None):
                identifiers.append(named)
        distinct = list(dict.fromkeys(typed))
        return _Typed(typed, (_without_stop_words(distinct) or distinct)[:_MAX_WORDS], identifiers)

    def _terms(self, typed: _Typed) -> list[Term]:
        terms: list[Term] = []
        corrections = 0
        padded = ["", *typed.all, ""]
        for word in typed.needed:
            position = padded.index(word)
            previous, following = padded[position - 1], padded[position + 1]
            stems = self.vocabulary.matches(word)
            for joined in (word + following, previous + word):
                if joined != word and joined in self.vocabulary:
                    stems.setdefault(stem(joined), _JOINED_CERTAINTY)
            if not stems and (parts := self.vocabulary.split(word)):
                terms += [
                    self._term(part, self.vocabulary.matches(part)) for part in _without_stop_words(parts) or parts
                ]
                continue
            if max(stems.values(), default=0) < _JOINED_CERTAINTY and corrections < _MAX_CORRECTIONS:
                certainty = _AMBIGUOUS_CERTAINTY if stems else 1
                corrections += 1
                for each, sure in self.vocabulary.corrections(word).items():
                    stems.setdefault(each, certainty * sure)
            terms.append(self._term(word, stems))
        return terms

    def _term(self, word: str, stems: dict[str, float]) -> Term:
        surest = max(stems.values(), default=0)
        leading = {page for each, sure in stems.items() if sure == surest for page in self.pages_by_stem[each]}
        return Term(word, stems, rarity=len(self.pages) / (1 + len(leading)))

    # The pages that match

    def _ranked(self, text: str, typed: _Typed) -> list[int]:
        named = [
            (self.pages_by_spelling.get(text.strip().lower(), {}), SAME_SPELLING_FIT),
            (self.pages_by_name.get(name_key(typed.all), {}), SAME_NAME_FIT),
            (self.pages_by_name.get(name_key(typed.needed), {}), SAME_WORDS_FIT),
        ]
        named += [(self._pages_of(parts), SAME_WORDS_FIT) for parts in typed.identifiers]
        stop_words = {stem(word) for word in typed.all if word in STOP_WORDS}
        return Ranking(self, self._terms(typed), stop_words, named).order()

    def _pages_of(self, parts: list[str]) -> dict[int, float]:
        """The pages that an identifier names: as it is, without stop words, or without a prefix of one letter."""
        without_prefix = parts[1:] if parts and len(parts[0]) == 1 else []
        ways = (name_key(way) for way in (parts, _without_stop_words(parts), without_prefix))
        return next((self.pages_by_name[way] for way in ways if way in self.pages_by_name), {})

    def _numbered(self, text: str, numbers: list[str]) -> list[int]:
        """The pages that digits alone match."""
        found: dict[int, None] = {}
        for number in numbers:
            if len(number) < 3:
                # A negative number is an exit code or a return value.
                if f"-{number}" not in text:
                    found.update(dict.fromkeys(self._with_prefix(number)))
                continue
            # An unknown sub-code leads to its code.
            labelled = self.pages_by_label.get(number) or self.pages_by_label.get(number[:3] if "." in number else "")
            found.update(dict.fromkeys(labelled or ()))
            under = self.pages_by_stem.get(number, {}) if labelled and len(number) > 3 else {}
            found.update(dict.fromkeys(page for page in under if self._is_meaning(page)))
        return list(found)

    def _with_prefix(self, digits: str) -> list[int]:
        """The class of a digit; the first meaning of each number with this prefix, then the other meanings."""
        classes = [
            page for page in self.pages_by_name.get(f"{digits}xx", ()) if self.pages[page].hit.kind is Kind.CLASS
        ]
        first, further = [], []
        for label in sorted(self.pages_by_label):
            if len(label) == 3 and label.startswith(digits):
                meanings = [page for page in self.pages_by_label[label] if self._is_meaning(page)]
                first += meanings[:1]
                further += meanings[1:]
        return [*classes, *first, *further]

    def _comparison(self, text: str, typed: _Typed) -> Hit | None:
        """The comparison of the codes, if the words ask for a difference or are several numbers alone."""
        asked = _asks_to_compare(text, typed)
        labels = set(filter(self._is_used, typed.all if asked else typed.needed))
        if asked and len(labels) < 2:
            labels = self._labels_named(text)
        if not 2 <= len(labels) <= MAX_CODES_PER_COMPARISON or not (asked or len(labels) == len(typed.needed)):
            return None
        numbers = sorted(labels)
        path = reverse("comparison", args=[",".join(numbers)])
        title = f"Compare {', '.join(numbers[:-1])} and {numbers[-1]}"
        made = Hit(Kind.COMPARISON, title, "Side by side, with the differences marked", path)
        return self.comparisons.get(path, made)

    def _labels_named(self, text: str) -> set[str]:
        """The numbers on both sides of "or", if each side is the name of a meaning."""
        labels = set()
        for side in _NAME_SEPARATOR.split(text):
            named = self.pages_by_name.get(name_key(words(side))) or self.pages_by_name.get(
                name_key(_without_stop_words(words(side))), {}
            )
            meanings = [page for page in named if self._is_meaning(page)]
            if not meanings:
                return set()
            likely = max(meanings, key=lambda page: named[page] * self.pages[page].likelihood)
            labels.add(self.pages[likely].label)
        return labels

    def _is_used(self, label: str) -> bool:
        return len(label) == 3 and any(map(self._is_meaning, self.pages_by_label.get(label, ())))

    def _is_meaning(self, page: int) -> bool:
        return self.pages[page].hit.kind is Kind.MEANING


def _without_stop_words(words: Iterable[str]) -> list[str]:
    """The words that are not stop words."""
    return [word for word in words if word not in STOP_WORDS]


def _asks_to_compare(text: str, typed: _Typed) -> bool:
    return bool(COMPARISON_WORDS.intersection(typed.all) or _NUMBERS_WITH_SLASH.search(text))


def _raise(weights: dict[int, float], position: int, weight: float) -> None:
    weights[position] = max(weight, weights.get(position, 0))


@lru_cache(maxsize=1)
def index_of(content_state: str) -> Index:
    """The index of the content in this state. Only one index is kept."""
    return Index(pages())
