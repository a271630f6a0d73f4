"""The vocabulary: which known words a typed one may stand for."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import takewhile

from codes.search.words import misspellings, stem

_SHORTEST_BEGINNING = 2
_SHORTEST_BEGINNING_STEM = 5
_SHORTEST_CORRECTED, _MOST_EXCHANGED = 3, 4
_SHORTEST_PART = 3
# Slips seldom change the first letters of a long word.
_SAME_FIRST_LETTERS = 3
# How similar a correction must be to what was typed (difflib's ratio).
_SIMILAR = 0.72

# How sure it is that a word was meant: as typed, of which only the beginning was typed, misspelled.
_AS_TYPED, _BEGINNING, _WHOLE_OF_BEGINNING, _CORRECTED = 1.0, 0.4, 0.5, 0.9


class Vocabulary:
    """Every word of every name.

    Args:
        words: words, as they are written in names.
        elsewhere: stems that stand in longer texts only. They are known, but nothing is corrected to them.
    """

    def __init__(self, words: Iterable[str], elsewhere: Iterable[str]) -> None:
        self._words = sorted(set(words))
        self._known = set(self._words)
        self._stems = {*map(stem, self._words), *elsewhere}
        self._misspelled: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            for misspelling in misspellings(word):
                self._misspelled[misspelling].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def meanings_of(self, word: str) -> dict[str, float]:
        """The stems of a known word, and of those that it is the beginning of, each with how surely it is meant."""
        stems = {stem(word): _AS_TYPED} if stem(word) in self._stems else {}
        if len(word) >= _SHORTEST_BEGINNING and not word.isdecimal():
            # Redirects is a beginning of redirection, but rails is none of Railgun.
            beginning = stem(word) if len(stem(word)) >= _SHORTEST_BEGINNING_STEM else word
            for longer in self._beginning_with(beginning):
                stems.setdefault(stem(longer), _BEGINNING + _WHOLE_OF_BEGINNING * len(beginning) / len(longer))
        return stems

    def corrections_of(self, word: str) -> dict[str, float]:
        """The stems of the words that are spelled much like an unknown one, each with how surely it is meant.

        Of three or four letters two may be exchanged, or an inner one may lack; anything else would make another word
        of them. Of five, the first stays and one other may be wrong.
        """
        if len(word) < _SHORTEST_CORRECTED or word.isdecimal():
            return {}
        near = {known for slip in misspellings(word) for known in self._misspelled.get(slip, ())}
        if len(word) > _MOST_EXCHANGED + 1:
            near.update(self._beginning_with(word[:_SAME_FIRST_LETTERS]))
        matcher = SequenceMatcher(b=word, autojunk=False)
        stems: dict[str, float] = {}
        for known in near:
            matcher.set_seq1(known)
            if len(word) <= _MOST_EXCHANGED:
                is_similar = sorted(known) == sorted(word) or _lacks_inner_letter(word, known)
            elif len(word) <= _MOST_EXCHANGED + 1 and known[0] != word[0]:
                is_similar = False
            else:
                is_similar = matcher.quick_ratio() >= _SIMILAR and matcher.ratio() >= _SIMILAR
            if is_similar:
                stems[stem(known)] = max(_CORRECTED * matcher.ratio(), stems.get(stem(known), 0))
        return stems

    def parts_of(self, word: str) -> list[str]:
        """The known words that were written as one, as few as possible; none where it is not made of them."""
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
        return word in self._known and len(word) >= _SHORTEST_PART

    def _beginning_with(self, letters: str) -> Iterator[str]:
        first = bisect_left(self._words, letters)
        return takewhile(lambda known: known.startswith(letters), self._words[first:])


def _lacks_inner_letter(word: str, known: str) -> bool:
    return len(word) > _SHORTEST_CORRECTED and len(known) > len(word) and (word[0], word[-1]) == (known[0], known[-1])
