"""The timeline of a meaning's phrases: the geometry. The template draws it as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from codes.documents.descriptions import Definition

# In units of the drawing, which is as wide as the text on a small phone.
WIDTH = 320
_FIRST, _LAST = 16, 272
_ROW = 34
_YEAR_WIDTH = 34


@dataclass(frozen=True)
class Span:
    """A phrase, from the RFC that introduced it to the one that replaced it."""

    phrase: str
    y: int
    start: int
    end: int
    stops: list[int]
    """The positions of the RFCs that used the phrase."""
    open: bool
    """Whether it is the current phrase."""

    @property
    def text_ends(self) -> bool:
        """Whether the text ends at the right edge, since there is no room to the right of the start."""
        return self.start > WIDTH / 2

    @property
    def text_x(self) -> int:
        return WIDTH if self.text_ends else self.start - 6

    @property
    def text_y(self) -> int:
        return self.y - 10


@dataclass(frozen=True)
class Timeline:
    """The phrases of a meaning over the years, newest last."""

    spans: list[Span]
    years: list[tuple[str, int]]
    """The years of publication that do not overlap, each with its position."""
    width: int = WIDTH

    @property
    def years_y(self) -> int:
        return len(self.spans) * _ROW + 16

    @property
    def height(self) -> int:
        return self.years_y + 4


def draw_timeline(definitions: list[Definition]) -> Timeline | None:
    """The RFCs that defined a meaning on a time scale; None if there are fewer than two different months.

    Args:
        definitions: those of the meaning. Internet-Drafts are left out.
    """
    published = sorted(((each.published, each.phrase) for each in definitions if each.published), key=itemgetter(0))
    months = [_month(month) for month, _ in published]
    if len(set(months)) < 2:
        return None

    scale = (_LAST - _FIRST) / (months[-1] - months[0])
    stops = [round(_FIRST + (month - months[0]) * scale) for month in months]

    spans = []
    placed = zip(published, stops, strict=True)
    for row, (phrase, group) in enumerate(groupby(placed, key=lambda entry: entry[0][1])):
        own = [stop for _, stop in group]
        later = [stop for stop in stops if stop > own[-1]]
        spans.append(
            Span(
                phrase=phrase or "no phrase",
                y=row * _ROW + 24,
                start=own[0],
                end=later[0] if later else WIDTH,
                stops=own,
                open=not later,
            )
        )
    return Timeline(spans, _years(published, stops))


def _month(published: str) -> int:
    year, month = published.split("-")
    return int(year) * 12 + int(month)


def _years(published: list[tuple[str, str | None]], stops: list[int]) -> list[tuple[str, int]]:
    years: list[tuple[str, int]] = []
    for (month, _), stop in zip(published, stops, strict=True):
        if not years or stop - years[-1][1] >= _YEAR_WIDTH:
            years.append((month[:4], stop))
    return years
