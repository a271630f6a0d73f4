"""The ranking of the pages that match at least one word of a search text."""

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

# The weights of a score: of the words that match, wherever they occur; of the name that fits the text best; of matching
# all words; of the page's own digits.
_WORDS_WEIGHT, _FIT_WEIGHT, _ALL_WORDS_BONUS, _LABEL_WEIGHT = 0.6, 1.0, 0.25, 0.8
_OTHER_MEANING_LABEL_WEIGHT, _NUMBER_LABEL_WEIGHT = 0.78, 0.1
# A sub-code is more specific than its number, and the name of a vendor asks for the vendor's meaning.
_SUBCODE_LABEL_WEIGHT, _VENDOR_LABEL_WEIGHT = 1.6, 1.3
# The fit of a name whose words all match, some perhaps misspelled.
_WHOLE_NAME_FIT = 0.8
# A name that equals the text, exactly or except for punctuation, fits better than one that has the same words.
SAME_SPELLING_FIT, SAME_NAME_FIT, SAME_WORDS_FIT = 1.35, 1.25, 1.12
_FIRST_WORD_BONUS, _ALL_WORDS_FIT = 0.02, 0.999
# A stop word counts this much of another word.
_STOP_WORD_WEIGHT = 0.8
# If no page matches every word, a page needs this share of the weight of the words ...
_MIN_COVERAGE = 0.3
# ... and this share of the best score.
_MIN_RELATIVE_SCORE = 0.6
_MAX_PARTIAL_MATCHES = 20
# The distance between two pages that must follow each other.
_EPSILON = 0.001


class Name(NamedTuple):
    """A name of a page: the page's position, the stems of its words and of its stop words, its weight."""

    page: int
    stems: tuple[str, ...]
    stop_words: frozenset[str]
    weight: float


@dataclass(frozen=True)
class Term:
    """A word of a search text.

    Attributes:
        stems: what it can mean, with how certain each is, from 0 to 1.
        rarity: the number of all pages, divided by that of the pages that it matches.
    """

    word: str
    stems: dict[str, float]
    rarity: float

    @property
    def weight(self) -> float:
        """A rare word counts more."""
        return log(1 + self.rarity)


class Ranking:
    """The pages of an index, ranked for a search text.

    Args:
        index: the index.
        terms: the words of the text.
        stop_words: the stems of its stop words, which need not match.
        named: pages whose name is the whole text, with the weight of the name; and the fit of that name.
    """

    def __init__(
        self, index: Index, terms: Sequence[Term], stop_words: set[str], named: Sequence[tuple[dict[int, float], float]]
    ) -> None:
        self._index = index
        self._stop_words = stop_words
        self._weights = [term.weight for term in terms]
        self._terms = terms
        self._labelled = {page for term in terms for page in index.pages_by_label.get(term.word, ())}
        self._shares: dict[int, list[float]] = defaultdict(lambda: [0.0] * len(terms))
        self._fits: dict[int, float] = defaultdict(float)
        self._collect()
        for pages, fit in named:
            for page, weight in pages.items():
                self._shares[page] = [weight] * len(terms)
                self._fits[page] = max(self._fits[page], fit * weight)

    def order(self) -> list[int]:
        """The positions of the pages that match, the best match first."""
        scores = {page: self._score(page) for page in self._shares}
        order = sorted(scores, key=lambda page: (-scores[page], page))
        if not order:
            return []
        # The typed number is kept, whatever the other words are; if a vendor was typed too, only that vendor's meaning.
        kept = {page for page in self._labelled if self._vendor_is_typed(page)} or self._labelled
        for least in (DESCRIPTION, LIBRARY):
            # Every word must match: a name, else any text.
            if min(self._shares[order[0]]) > least:
                return [page for page in order if page in kept or min(self._shares[page]) > least]
        if kept and all(self._is_number(page) for page in kept):
            return []
        enough = [page for page in order if page in kept or self._covered(page) >= _MIN_COVERAGE]
        return [page for page in enough if scores[page] >= _MIN_RELATIVE_SCORE * scores[enough[0]]][
            :_MAX_PARTIAL_MATCHES
        ]

    def _collect(self) -> None:
        """Match every word with the pages, and with their names."""
        matched: dict[int, list[float]] = defaultdict(lambda: [0.0] * len(self._terms))
        for which, term in enumerate(self._terms):
            for each, sure in term.stems.items():
                for page, weight in self._index.pages_by_stem[each].items():
                    self._shares[page][which] = max(self._shares[page][which], sure * weight)
                for name in self._index.names_by_stem.get(each, ()):
                    matched[name][which] = max(matched[name][which], sure)
            for page in self._index.pages_by_label.get(term.word, ()):
                self._shares[page][which] = 1.0
        for position, sure_of in matched.items():
            named = self._index.names[position]
            self._fits[named.page] = max(self._fits[named.page], self._fit(named, sure_of))
        for page in self._labelled:
            if all(self._index.contexts[page].intersection(term.stems) for term in self._terms):
                self._fits[page] = SAME_NAME_FIT

    def _fit(self, name: Name, matched: list[float]) -> float:
        """How well a name fits the text: 1 if neither has a word that the other lacks."""
        found = [which for which, sure in enumerate(matched) if sure]
        # Words of the context need not be part of the name.
        context = self._index.contexts[name.page]
        said = [
            which for which, term in enumerate(self._terms) if matched[which] or not context.intersection(term.stems)
        ]
        of_text = sum(self._weights[which] * matched[which] for which in said) / sum(
            self._weights[which] for which in said
        )
        of_name = min(
            1.0,
            (len(found) + _STOP_WORD_WEIGHT * len(name.stop_words & self._stop_words))
            / (len(name.stems) + _STOP_WORD_WEIGHT * len(name.stop_words)),
        )
        fit = 2 * of_text * of_name / (of_text + of_name)
        if fit > _ALL_WORDS_FIT:
            fit = SAME_WORDS_FIT
        return name.weight * fit + (_FIRST_WORD_BONUS if name.stems[0] in self._terms[found[0]].stems else 0)

    def _score(self, page: int) -> float:
        shares = self._shares[page]
        words = sum(weight * share for weight, share in zip(self._weights, shares, strict=True)) / sum(self._weights)
        score = (
            _WORDS_WEIGHT * words
            + _FIT_WEIGHT * self._fits[page]
            + (_ALL_WORDS_BONUS if min(shares) > DESCRIPTION else 0)
        )
        if page in self._labelled:
            score += self._label_weight(page)
        score *= self._index.pages[page].likelihood
        if page in self._labelled and not self._is_asked_for(page):
            score = min(score, self._score(self._first_meaning(page)) - _EPSILON)
        return score

    def _label_weight(self, page: int) -> float:
        labelled = self._index.pages[page]
        if self._is_number(page):
            return _NUMBER_LABEL_WEIGHT
        if labelled.hit.kind is Kind.SUBCODE:
            return _SUBCODE_LABEL_WEIGHT
        if self._vendor_is_typed(page):
            return _VENDOR_LABEL_WEIGHT
        return _LABEL_WEIGHT if page == self._first_meaning(page) else _OTHER_MEANING_LABEL_WEIGHT

    def _is_asked_for(self, page: int) -> bool:
        """Whether a labelled page may rank above the first meaning of its number."""
        return page == self._first_meaning(page) or self._vendor_is_typed(page) or self._fits[page] >= _WHOLE_NAME_FIT

    def _first_meaning(self, page: int) -> int:
        labelled = self._index.pages_by_label[self._index.pages[page].label]
        return next((each for each in labelled if not self._is_number(each)), page)

    def _vendor_is_typed(self, page: int) -> bool:
        label = self._index.pages[page].label
        return any(stem(term.word) in self._index.contexts[page] for term in self._terms if term.word != label)

    def _is_number(self, page: int) -> bool:
        return self._index.pages[page].hit.kind is Kind.NUMBER

    def _covered(self, page: int) -> float:
        """The share of the weight of the words that match a page."""
        found = sum(
            weight for weight, share in zip(self._weights, self._shares[page], strict=True) if share > DESCRIPTION
        )
        return found / sum(self._weights)
