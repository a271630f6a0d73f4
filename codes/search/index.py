"""The index: the names of every page in memory, and which pages a text means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.urls import reverse

from codes.models.comparisons import MAX_CODES_PER_COMPARISON
from codes.search.pages import DESCRIPTION, Hit, Kind, Page, pages
from codes.search.pasted import field_name, read
from codes.search.ranking import SAME_NAME, SAME_SPELLING, SAME_WORDS, Name, Ranking, Term
from codes.search.vocabulary import Vocabulary
from codes.search.words import COMPARING, NOISE, SMALL_WORDS, split_identifier, split_qualified, squeezed, stem, words

# Words beyond these are not looked at: what is meant stands in the first ones, and each costs time.
_MOST_WORDS = 12
_MOST_CORRECTIONS = 6
_LONGEST_WORD = 30
# How sure it is that "timeout" was meant by "time out"; and a correction, of what may also be a beginning.
_JOINED, _SLIP_OR_BEGINNING = 0.95, 0.7
# What stands between two names of which somebody wants to know the difference.
_BETWEEN_NAMES = re.compile(r"(?i)\s(?:vs?\.?|versus|or)\s")
_BETWEEN_NUMBERS = re.compile(r"[0-9]{3}\s?/\s?[0-9]{3}")
_DIGITS = re.compile(r"[0-9]{1,5}(\.[0-9]{1,3})?")


class _Typed(NamedTuple):
    """The words of a text: all; the distinct ones that say what is meant; those of each identifier among them."""

    all: list[str]
    needed: list[str]
    identifiers: list[list[str]]


class Index:
    """Every page with its names, as the content was when the index was made."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.pages = list(pages)
        self.frames: list[set[str]] = []
        self.names: list[Name] = []
        self.names_with: dict[str, list[int]] = defaultdict(list)
        self.pages_with: dict[str, dict[int, float]] = defaultdict(dict)
        self.pages_named: dict[str, dict[int, float]] = defaultdict(dict)
        self.pages_spelled: dict[str, dict[int, float]] = defaultdict(dict)
        self.pages_labelled: dict[str, list[int]] = defaultdict(list)
        known: set[str] = set()
        for position, page in enumerate(self.pages):
            known.update(self._add(position, page))
        self.vocabulary = Vocabulary(known, self.pages_with)
        self.comparisons = {page.hit.path: page.hit for page in self.pages if page.hit.kind is Kind.COMPARISON}

    def _add(self, position: int, page: Page) -> Iterable[str]:
        """Take a page in; gives the words of its names, its frame and its better texts."""
        if page.label:
            self.pages_labelled[page.label].append(position)
        for text, weight in [(page.label, 1.0), *page.frame, *page.texts]:
            for word in words(text):
                self._add_word(position, word, weight)
                if weight > DESCRIPTION:
                    yield word
        self.frames.append({stem(word) for text in (page.label, *dict(page.frame)) for word in words(text)})
        for text, weight in page.names:
            is_identifier = " " not in text and page.hit.kind is not Kind.HEADER
            parts = words(split_identifier(text) if is_identifier else text)
            if squeezed(parts)[1:]:
                yield from parts
                self._add_name(position, parts, weight)
                _raise(self.pages_spelled[text.lower()], position, weight)

    def _add_name(self, position: int, parts: list[str], weight: float) -> None:
        _raise(self.pages_named[squeezed(parts)], position, weight)
        for part in parts:
            self._add_word(position, part, weight)
            self.names_with[stem(part)].append(len(self.names))
        stated = _stated(parts) or parts
        around = frozenset(stem(part) for part in parts if part not in stated)
        self.names.append(Name(position, tuple(map(stem, stated)), around, weight))

    def _add_word(self, position: int, word: str, weight: float) -> None:
        _raise(self.pages_with[stem(word)], position, weight)

    def find(self, text: str) -> list[Hit]:
        """The pages that a text means, the likeliest first; none where nothing fits."""
        if any(
            self.pages[page].hit.kind is Kind.HEADER for page in self.pages_spelled.get(field_name(text).lower(), ())
        ):
            text = field_name(text)
        pasted = read(text)
        typed = self._typed(pasted.text)
        if SMALL_WORDS.issuperset(typed.all) and squeezed(typed.all) not in self.pages_named:
            return []
        is_version = squeezed(typed.all) in self.pages_named and len(max(typed.needed, key=len)) < 3
        if all(_DIGITS.fullmatch(word) for word in typed.needed) and not is_version:
            found = self._numbered(pasted.text, typed.needed)
        else:
            found = self._ranked(text, typed)
        hits = [self.pages[position].hit for position in found]
        if pasted.from_log:
            # A line of a log is about what happened, not about the number as such.
            return sorted(hits, key=lambda hit: hit.kind is Kind.NUMBER)
        if not (comparison := self._comparison(pasted.text, typed)):
            return hits
        hits = [hit for hit in hits if hit.path != comparison.path]
        # Who types numbers and nothing else may want one page of each.
        first = 0 if _asks_to_compare(pasted.text, typed) else 1
        return [*hits[:first], comparison, *hits[first:]]

    # What was typed

    def _typed(self, text: str) -> _Typed:
        """The words of a text, identifiers taken apart where they are no words themselves."""
        typed: list[str] = []
        identifiers = []
        for piece in text.split():
            segments = [words(split_identifier(segment)) for segment in split_qualified(piece)]
            whole, apart = words(piece), [part for segment in segments for part in segment]
            is_known = all(word in self.vocabulary for word in whole)
            typed += [part[:_LONGEST_WORD] for part in (whole if is_known else apart)]
            # LinkedIn and iPhone are words, NotFound is none; Ruby writes :forbidden.
            if piece.startswith(":") or "_" in piece or (apart != whole and not is_known):
                identifiers.append(apart)
            if named := next(filter(self._pages_of, reversed(segments[1:])), None):
                identifiers.append(named)
        distinct = list(dict.fromkeys(typed))
        return _Typed(typed, (_stated(distinct) or distinct)[:_MOST_WORDS], identifiers)

    def _terms(self, typed: _Typed) -> list[Term]:
        terms: list[Term] = []
        corrections = 0
        around = ["", *typed.all, ""]
        for word in typed.needed:
            position = around.index(word)
            previous, following = around[position - 1], around[position + 1]
            stems = self.vocabulary.meanings_of(word)
            for joined in (word + following, previous + word):
                if joined != word and joined in self.vocabulary:
                    stems.setdefault(stem(joined), _JOINED)
            if not stems and (parts := self.vocabulary.parts_of(word)):
                terms += [self._term(part, self.vocabulary.meanings_of(part)) for part in _stated(parts) or parts]
                continue
            if max(stems.values(), default=0) < _JOINED and corrections < _MOST_CORRECTIONS:
                certainty = _SLIP_OR_BEGINNING if stems else 1
                corrections += 1
                for each, sure in self.vocabulary.corrections_of(word).items():
                    stems.setdefault(each, certainty * sure)
            terms.append(self._term(word, stems))
        return terms

    def _term(self, word: str, stems: dict[str, float]) -> Term:
        surest = max(stems.values(), default=0)
        leading = {page for each, sure in stems.items() if sure == surest for page in self.pages_with[each]}
        return Term(word, stems, rarity=len(self.pages) / (1 + len(leading)))

    # What is meant

    def _ranked(self, text: str, typed: _Typed) -> list[int]:
        named = [
            (self.pages_spelled.get(text.strip().lower(), {}), SAME_SPELLING),
            (self.pages_named.get(squeezed(typed.all), {}), SAME_NAME),
            (self.pages_named.get(squeezed(typed.needed), {}), SAME_WORDS),
        ]
        named += [(self._pages_of(parts), SAME_WORDS) for parts in typed.identifiers]
        around = {stem(word) for word in typed.all if word in NOISE}
        return Ranking(self, self._terms(typed), around, named).order()

    def _pages_of(self, parts: list[str]) -> dict[int, float]:
        """The pages that an identifier names: as it is, without what says nothing, without a prefix of one letter."""
        without_prefix = parts[1:] if parts and len(parts[0]) == 1 else []
        ways = (squeezed(way) for way in (parts, _stated(parts), without_prefix))
        return next((self.pages_named[way] for way in ways if way in self.pages_named), {})

    def _numbered(self, text: str, numbers: list[str]) -> list[int]:
        """What digits mean that nothing else is said of."""
        found: dict[int, None] = {}
        for number in numbers:
            if len(number) < 3:
                # A negative number is an exit code or a return value.
                if f"-{number}" not in text:
                    found.update(dict.fromkeys(self._beginning_with(number)))
                continue
            # Of a sub-code that is not known, the code.
            labelled = self.pages_labelled.get(number) or self.pages_labelled.get(number[:3] if "." in number else "")
            found.update(dict.fromkeys(labelled or ()))
            under = self.pages_with.get(number, {}) if labelled and len(number) > 3 else {}
            found.update(dict.fromkeys(page for page in under if self._is_meaning(page)))
        return list(found)

    def _beginning_with(self, digits: str) -> list[int]:
        """The class of a digit; the first meaning of each number that begins so, then the further ones."""
        classes = [page for page in self.pages_named.get(f"{digits}xx", ()) if self.pages[page].hit.kind is Kind.CLASS]
        first, further = [], []
        for label in sorted(self.pages_labelled):
            if len(label) == 3 and label.startswith(digits):
                meanings = [page for page in self.pages_labelled[label] if self._is_meaning(page)]
                first += meanings[:1]
                further += meanings[1:]
        return [*classes, *first, *further]

    def _comparison(self, text: str, typed: _Typed) -> Hit | None:
        """The codes side by side, where the words ask for the difference or are several numbers alone."""
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
        """The numbers of what stands on each side of "or", where each side is the name of a meaning."""
        labels = set()
        for side in _BETWEEN_NAMES.split(text):
            named = self.pages_named.get(squeezed(words(side))) or self.pages_named.get(
                squeezed(_stated(words(side))), {}
            )
            meanings = [page for page in named if self._is_meaning(page)]
            if not meanings:
                return set()
            likeliest = max(meanings, key=lambda page: named[page] * self.pages[page].likelihood)
            labels.add(self.pages[likeliest].label)
        return labels

    def _is_used(self, label: str) -> bool:
        return len(label) == 3 and any(map(self._is_meaning, self.pages_labelled.get(label, ())))

    def _is_meaning(self, page: int) -> bool:
        return self.pages[page].hit.kind is Kind.MEANING


def _stated(words: Iterable[str]) -> list[str]:
    """The words that say what is meant."""
    return [word for word in words if word not in NOISE]


def _asks_to_compare(text: str, typed: _Typed) -> bool:
    return bool(COMPARING.intersection(typed.all) or _BETWEEN_NUMBERS.search(text))


def _raise(weights: dict[int, float], position: int, weight: float) -> None:
    weights[position] = max(weight, weights.get(position, 0))


@lru_cache(maxsize=1)
def index_of(content_state: str) -> Index:
    """The index of the content in this state; that of any other state is forgotten."""
    return Index(pages())
