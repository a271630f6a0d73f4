"""The vocabulary: which known words a typed word can mean."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import takewhile

from codes.search.words import misspellings, stem

_MIN_PREFIX_LENGTH = 2
_MIN_STEM_PREFIX_LENGTH = 5
_MIN_CORRECTED_LENGTH, _MAX_SHORT_LENGTH = 3, 4
_MIN_PART_LENGTH = 3
# Typing mistakes seldom change the first letters of a long word.
_COMMON_PREFIX_LENGTH = 3
# Of a correction to the typed word (the ratio of difflib).
_MIN_SIMILARITY = 0.72

# How certain it is that a word was meant: typed exactly, typed in part, misspelled.
_EXACT_CERTAINTY, _MIN_PREFIX_CERTAINTY, _PREFIX_COVERAGE_WEIGHT, _CORRECTION_CERTAINTY = 1.0, 0.4, 0.5, 0.9


class Vocabulary:
    """All words of all names.

    Args:
        words: the words of names.
        other_stems: stems that occur only in longer texts. They are known, but no word is corrected to them.
    """

    def __init__(self, words: Iterable[str], other_stems: Iterable[str]) -> None:
        self._words = sorted(set(words))
        self._known = set(self._words)
        self._stems = {*map(stem, self._words), *other_stems}
        self._misspelled: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            for misspelling in misspellings(word):
                self._misspelled[misspelling].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def matches(self, word: str) -> dict[str, float]:
        """The stems that a word can mean: its own, and those of words that begin with it; with how certain each is."""
        stems = {stem(word): _EXACT_CERTAINTY} if stem(word) in self._stems else {}
        if len(word) >= _MIN_PREFIX_LENGTH and not word.isdecimal():
            # "redirects" is a prefix of "redirection", but "rails" is not one of "Railgun".
            beginning = stem(word) if len(stem(word)) >= _MIN_STEM_PREFIX_LENGTH else word
            for longer in self._with_prefix(beginning):
                stems.setdefault(
                    stem(longer), _MIN_PREFIX_CERTAINTY + _PREFIX_COVERAGE_WEIGHT * len(beginning) / len(longer)
                )
        return stems

    def corrections(self, word: str) -> dict[str, float]:
        """The stems of words that are spelled like an unknown one, with how certain each is.

        In a word of three or four letters two may be swapped, or an inner one may be missing: any other change would
        make a different word. In one of five letters the first must be right.
        """
        if len(word) < _MIN_CORRECTED_LENGTH or word.isdecimal():
            return {}
        near = {known for slip in misspellings(word) for known in self._misspelled.get(slip, ())}
        if len(word) > _MAX_SHORT_LENGTH + 1:
            near.update(self._with_prefix(word[:_COMMON_PREFIX_LENGTH]))
        matcher = SequenceMatcher(b=word, autojunk=False)
        stems: dict[str, float] = {}
        for known in near:
            matcher.set_seq1(known)
            if len(word) <= _MAX_SHORT_LENGTH:
                is_similar = sorted(known) == sorted(word) or _misses_inner_letter(word, known)
            elif len(word) <= _MAX_SHORT_LENGTH + 1 and known[0] != word[0]:
                is_similar = False
            else:
                is_similar = matcher.quick_ratio() >= _MIN_SIMILARITY and matcher.ratio() >= _MIN_SIMILARITY
            if is_similar:
                stems[stem(known)] = max(_CORRECTION_CERTAINTY * matcher.ratio(), stems.get(stem(known), 0))
        return stems

    def split(self, word: str) -> list[str]:
        """The known words that were typed without a space, as few as possible; none if it is not made of them."""
        if word.isdecimal():
            return []
        best: list[list[str] | None] = [[]]
        for end in range(1, len(word) + 1):
            ways = [
                [*before, word[start:end]]
                for start, before in enumerate(best)
                if before is not None and self._may_be_part(word[start:end])
            ]
            best.append(min(ways, key=len) if ways else None)
        return best[-1] or []

    def _may_be_part(self, word: str) -> bool:
        return word in self._known and len(word) >= _MIN_PART_LENGTH

    def _with_prefix(self, letters: str) -> Iterator[str]:
        first = bisect_left(self._words, letters)
        return takewhile(lambda known: known.startswith(letters), self._words[first:])


def _misses_inner_letter(word: str, known: str) -> bool:
    return len(word) > _MIN_CORRECTED_LENGTH and len(known) > len(word) and (word[0], word[-1]) == (known[0], known[-1])
