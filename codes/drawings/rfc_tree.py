"""The family tree of RFCs: time runs to the right, and lines lead from a document to those that replaced it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from codes.documents.descriptions import RFCNode

# In pixels. A box is larger than the minimum target size of WCAG (success criterion 2.5.8).
YEAR_WIDTH = 32
BOX_WIDTH, BOX_HEIGHT = 56, 28
LANE_HEIGHT = 38
MARGIN = 8
AXIS_HEIGHT = 30
# The interval of labels on the axis.
YEARS_PER_LABEL = 2


@dataclass(frozen=True)
class Box:
    """An RFC in the drawing; `x` and `y` are those of its upper left corner."""

    rfc: RFCNode
    x: int
    y: int

    @property
    def middle(self) -> tuple[int, int]:
        """The position of its number."""
        return self.x + BOX_WIDTH // 2, self.y + BOX_HEIGHT // 2


@dataclass(frozen=True)
class RFCTree:
    """A drawing: boxes, lines between them as SVG path data, and the years on an axis below, each with its x."""

    width: int
    height: int
    axis: int
    boxes: list[Box]
    lines: list[str]
    years: list[tuple[int, int]]
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


def draw_rfc_tree(rfcs: Iterable[RFCNode]) -> RFCTree:
    """Draw some RFCs, at least one.

    Families, connected by replacement, are stacked; RFCs without a family share the last lanes.
    """
    by_number = {rfc.number: rfc for rfc in sorted(rfcs, key=lambda rfc: (rfc.published, rfc.number))}
    published = [int(rfc.published[:4]) for rfc in by_number.values()]
    years = range(published[0], published[-1] + 1)

    def left(rfc: RFCNode) -> int:
        year, _, month = rfc.published.partition("-")
        return MARGIN + (int(year) - years[0]) * YEAR_WIDTH + (int(month) - 1) * YEAR_WIDTH // 12

    lane_of: dict[int, int] = {}
    families = _families(by_number)
    alone = [number for family in families if len(family) == 1 for number in family]
    lanes_before = 0
    for family in [*(family for family in families if len(family) > 1), alone]:
        ends: list[int] = []
        for number in family:
            rfc = by_number[number]
            # Next to a document that it replaced if there is room, otherwise in the first free lane.
            wanted = [lane_of[old] - lanes_before for old in rfc.obsoletes if old in lane_of]
            free = [lane for lane, end in enumerate(ends) if end + MARGIN <= left(rfc)]
            lane = next((lane for lane in wanted if lane in free), free[0] if free else len(ends))
            if lane == len(ends):
                ends.append(0)
            ends[lane] = left(rfc) + BOX_WIDTH
            lane_of[number] = lanes_before + lane
        lanes_before += len(ends)

    boxes = {number: Box(rfc, left(rfc), MARGIN + lane_of[number] * LANE_HEIGHT) for number, rfc in by_number.items()}
    lines = [_line(boxes[old], box) for box in boxes.values() for old in box.rfc.obsoletes if old in boxes]
    axis = MARGIN + lanes_before * LANE_HEIGHT
    return RFCTree(
        width=2 * MARGIN + len(years) * YEAR_WIDTH + BOX_WIDTH,
        height=axis + AXIS_HEIGHT,
        axis=axis,
        boxes=list(boxes.values()),
        lines=lines,
        years=[(year, MARGIN + (year - years[0]) * YEAR_WIDTH) for year in years[::YEARS_PER_LABEL]],
    )


def _families(by_number: dict[int, RFCNode]) -> list[list[int]]:
    """The numbers, grouped by replacement, in the order in which the groups began."""
    family_of: dict[int, list[int]] = {}
    for number, rfc in by_number.items():
        family = [number]
        for old in rfc.obsoletes:
            joined = family_of.get(old, [])
            if joined is not family:
                family = [*joined, *(member for member in family if member not in joined)]
        for member in family:
            family_of[member] = family
    order = {number: position for position, number in enumerate(by_number)}
    unique = {id(family): sorted(family, key=order.__getitem__) for family in family_of.values()}
    return sorted(unique.values(), key=lambda family: order[family[0]])


def _line(old: Box, new: Box) -> str:
    """From the right edge of the old box to the left edge of the new one, or straight down if they overlap."""
    x1, y1 = old.x + BOX_WIDTH, old.y + BOX_HEIGHT // 2
    x2, y2 = new.x, new.y + BOX_HEIGHT // 2
    if x2 <= x1:
        return f"M{(x1 + x2) // 2} {old.y + BOX_HEIGHT}V{new.y}"
    bend = min(48, (x2 - x1) // 2)
    return f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
