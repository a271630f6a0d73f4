"""The ranking: which of the pages that have some of the words are meant most likely."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, NamedTuple

from codes.search.pages import DESCRIPTION, LIBRARY, Kind
from codes.search.words import stem

if TYPE_CHECKING:
    from codes.search.index import Index

# What the parts of a score weigh: words that lead to the page, wherever they stand; one name that fits the whole
# text; every word found; digits that are the page's own.
_WORDS, _FIT, _EVERY_WORD, _LABEL = 0.6, 1.0, 0.25, 0.8
_LABEL_OF_FURTHER_MEANING, _LABEL_OF_NUMBER = 0.78, 0.1
# A sub-code says more than its number, and who names the vendor means the vendor's meaning.
_LABEL_OF_SUBCODE, _LABEL_AND_VENDOR = 1.6, 1.3
# A name of which no word is missing, perhaps misspelled, fits at least this well.
_WHOLE_NAME = 0.8
# A name that is the text, as it is spelled or but for signs, fits better than one that merely has the same words.
SAME_SPELLING, SAME_NAME, SAME_WORDS = 1.35, 1.25, 1.12
_IN_ORDER, _ALMOST_ONE = 0.02, 0.999
# What a word around the others counts, beside one that says what is meant.
_AROUND = 0.8
# Where no page has every word, those are found that have this part of what the words weigh ...
_ENOUGH = 0.3
# ... and are this near to the best of them.
_NEAR_THE_BEST = 0.6
_MOST_PARTIAL = 20
# What separates pages of which one shall stand right before the other.
_LESS = 0.001


class Name(NamedTuple):
    """A name of a page, by the page's position: the stems that say something, and those around them."""

    page: int
    stems: tuple[str, ...]
    around: frozenset[str]
    weight: float


@dataclass(frozen=True)
class Term:
    """A word of a search text.

    Attributes:
        stems: what it may stand for, each with how surely, from 0 to 1.
        rarity: how many pages there are for each that the word leads to.
    """

    word: str
    stems: dict[str, float]
    rarity: float

    @property
    def weight(self) -> float:
        """How much it says: a rare word says more."""
        return log(1 + self.rarity)


class Ranking:
    """The pages of an index, in view of a text.

    Args:
        index: the names.
        terms: what the text says.
        around: the stems of the words around it, which need not be found.
        named: the pages that bear the whole text as a name, with how well each is known by it; and how well it fits.
    """

    def __init__(
        self, index: Index, terms: Sequence[Term], around: set[str], named: Sequence[tuple[dict[int, float], float]]
    ) -> None:
        self._index = index
        self._around = around
        self._weights = [term.weight for term in terms]
        self._terms = terms
        self._labelled = {page for term in terms for page in index.pages_labelled.get(term.word, ())}
        self._shares: dict[int, list[float]] = defaultdict(lambda: [0.0] * len(terms))
        self._fits: dict[int, float] = defaultdict(float)
        self._collect()
        for pages, fit in named:
            for page, weight in pages.items():
                self._shares[page] = [weight] * len(terms)
                self._fits[page] = max(self._fits[page], fit * weight)

    def order(self) -> list[int]:
        """The positions of the pages that are meant, the likeliest first."""
        scores = {page: self._score(page) for page in self._shares}
        order = sorted(scores, key=lambda page: (-scores[page], page))
        if not order:
            return []
        # A number that was typed stays, whatever the other words are: of the vendor, where that was typed too.
        kept = {page for page in self._labelled if self._vendor_is_typed(page)} or self._labelled
        for least in (DESCRIPTION, LIBRARY):
            # Every word, in names; else in texts too.
            if min(self._shares[order[0]]) > least:
                return [page for page in order if page in kept or min(self._shares[page]) > least]
        if kept and all(self._is_number(page) for page in kept):
            return []
        enough = [page for page in order if page in kept or self._covered(page) >= _ENOUGH]
        return [page for page in enough if scores[page] >= _NEAR_THE_BEST * scores[enough[0]]][:_MOST_PARTIAL]

    def _collect(self) -> None:
        """What the words lead to, and how well each name fits them all."""
        matched: dict[int, list[float]] = defaultdict(lambda: [0.0] * len(self._terms))
        for which, term in enumerate(self._terms):
            for each, sure in term.stems.items():
                for page, weight in self._index.pages_with[each].items():
                    self._shares[page][which] = max(self._shares[page][which], sure * weight)
                for name in self._index.names_with.get(each, ()):
                    matched[name][which] = max(matched[name][which], sure)
            for page in self._index.pages_labelled.get(term.word, ()):
                self._shares[page][which] = 1.0
        for position, sure_of in matched.items():
            named = self._index.names[position]
            self._fits[named.page] = max(self._fits[named.page], self._fit(named, sure_of))
        for page in self._labelled:
            if all(self._index.frames[page].intersection(term.stems) for term in self._terms):
                self._fits[page] = SAME_NAME

    def _fit(self, name: Name, matched: list[float]) -> float:
        """How well a name and the text are the same: 1 where neither says anything that the other does not."""
        found = [which for which, sure in enumerate(matched) if sure]
        # What may stand beside the name needs not be part of it.
        frame = self._index.frames[name.page]
        said = [which for which, term in enumerate(self._terms) if matched[which] or not frame.intersection(term.stems)]
        of_text = sum(self._weights[which] * matched[which] for which in said) / sum(
            self._weights[which] for which in said
        )
        of_name = min(
            1.0,
            (len(found) + _AROUND * len(name.around & self._around)) / (len(name.stems) + _AROUND * len(name.around)),
        )
        fit = 2 * of_text * of_name / (of_text + of_name)
        if fit > _ALMOST_ONE:
            fit = SAME_WORDS
        return name.weight * fit + (_IN_ORDER if name.stems[0] in self._terms[found[0]].stems else 0)

    def _score(self, page: int) -> float:
        shares = self._shares[page]
        words = sum(weight * share for weight, share in zip(self._weights, shares, strict=True)) / sum(self._weights)
        score = _WORDS * words + _FIT * self._fits[page] + (_EVERY_WORD if min(shares) > DESCRIPTION else 0)
        if page in self._labelled:
            score += self._label_weight(page)
        score *= self._index.pages[page].likelihood
        if page in self._labelled and not self._is_asked_for(page):
            score = min(score, self._score(self._first_meaning(page)) - _LESS)
        return score

    def _label_weight(self, page: int) -> float:
        labelled = self._index.pages[page]
        if self._is_number(page):
            return _LABEL_OF_NUMBER
        if labelled.hit.kind is Kind.SUBCODE:
            return _LABEL_OF_SUBCODE
        if self._vendor_is_typed(page):
            return _LABEL_AND_VENDOR
        return _LABEL if page == self._first_meaning(page) else _LABEL_OF_FURTHER_MEANING

    def _is_asked_for(self, page: int) -> bool:
        """Whether a labelled page may stand before the first meaning of its number."""
        return page == self._first_meaning(page) or self._vendor_is_typed(page) or self._fits[page] >= _WHOLE_NAME

    def _first_meaning(self, page: int) -> int:
        labelled = self._index.pages_labelled[self._index.pages[page].label]
        return next((each for each in labelled if not self._is_number(each)), page)

    def _vendor_is_typed(self, page: int) -> bool:
        label = self._index.pages[page].label
        return any(stem(term.word) in self._index.frames[page] for term in self._terms if term.word != label)

    def _is_number(self, page: int) -> bool:
        return self._index.pages[page].hit.kind is Kind.NUMBER

    def _covered(self, page: int) -> float:
        """The part of what the words weigh that leads to a page."""
        found = sum(
            weight for weight, share in zip(self._weights, self._shares[page], strict=True) if share > DESCRIPTION
        )
        return found / sum(self._weights)
