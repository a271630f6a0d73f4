"""Social cards: the image of a number that messengers and social networks show with a link to it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from codes.documents.descriptions import Number, StatusClass

SIZE = (1200, 630)
MARGIN = 72
# The colours of the classes in the light scheme of `static/site.css`. They are dark enough for white text.
_CLASS_COLOURS = {"1xx": "4a5b6c", "2xx": "1c6b3a", "3xx": "17599b", "4xx": "a04a00", "5xx": "a81e35"}
_NO_CLASS_COLOUR = "1c2024"
_TEXT_WIDTH = SIZE[0] - 2 * MARGIN
# Sixteen shades from the colour of the class to white are enough for smooth edges, and keep files small.
_SHADES = 16
_SECONDARY_SHADE = 215
# Of zlib. Level 9 saves another fiftieth of the file for three times the work.
_COMPRESSION_LEVEL = 8


@dataclass(frozen=True)
class Card:
    """The texts of a card: everything that is drawn.

    Attributes:
        title: three digits, or another short word in large type.
        headline: the phrase, or how many meanings there are.
        aside: the vendor, or how many meanings there are.
        corner: `4xx Client Error`; it determines the colour.
    """

    title: str
    headline: str
    aside: str
    corner: str


@dataclass(frozen=True)
class Line:
    """A line of text: its font size, top left corner and stroke weight in pixels, and its shade (0 to 255)."""

    text: str
    size: int
    left: int
    top: int
    shade: int = 255
    weight: int = 0

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The bounding box of the text: left, top, right, bottom."""
        left, top, right, bottom = _font(self.size).getbbox(self.text, stroke_width=self.weight)
        return self.left + left, self.top + top, self.left + right, self.top + bottom


def card_of(document: Number, status_class: StatusClass | None) -> Card:
    """The card of a number.

    Args:
        document: the description of the number with all of its meanings.
        status_class: its class, if any.
    """
    meanings = document.meanings
    first = meanings[0] if meanings else None
    aside = ["HTTP status code"]
    if not first:
        headline = "Unassigned"
    elif len(meanings) > 1 and first.vendor:
        headline = f"{len(meanings)} meanings"
    else:
        headline = first.phrase or (first.former_phrases or ["No phrase"])[0]
        if first.vendor:
            aside.append(first.vendor.name)
        elif len(meanings) > 1:
            aside.append(f"{len(meanings)} meanings")
    return Card(
        title=f"{document.number:03d}",
        headline=headline,
        aside=" · ".join(aside),
        corner=str(status_class or "Outside 100 to 599"),
    )


# The card of all pages that are not about one number.
SITE = Card(
    title="HTTP",
    headline="What every status code means",
    aside="Who sends it, and what to do about it",
    corner="Status codes",
)


def draw_card(card: Card) -> bytes:
    """A card as a PNG of 1200×630 pixels, in sixteen shades of the colour of its class."""
    picture = Image.new("L", SIZE, 0)
    pen = ImageDraw.Draw(picture)
    for line in layout(card):
        pen.text((line.left, line.top), line.text, fill=line.shade, font=_font(line.size), stroke_width=line.weight)
    picture = picture.point([shade * _SHADES // 256 for shade in range(256)])
    picture.putpalette(_palette(_CLASS_COLOURS.get(card.corner[:3], _NO_CLASS_COLOUR)))
    file = BytesIO()
    picture.save(file, "PNG", bits=4, compress_level=_COMPRESSION_LEVEL)
    return file.getvalue()


def layout(card: Card) -> list[Line]:
    """The lines of a card: the number in large type, for thumbnails; the phrase as large as fits; the rest small."""
    site = "statusdocs"
    size, phrase = _fitted(_drawable(card.headline))
    first = 412 if len(phrase) == 1 else 400
    return [
        Line(_drawable(card.corner), 44, MARGIN, 48, _SECONDARY_SHADE),
        Line(site, 44, SIZE[0] - MARGIN - round(_width(site, 44)), 48),
        Line(_drawable(card.title), 330, MARGIN - 12, 68, weight=6),
        *(Line(text, size, MARGIN, first + row * round(size * 1.15), weight=1) for row, text in enumerate(phrase)),
        Line(_drawable(card.aside), 40, MARGIN, 552, _SECONDARY_SHADE),
    ]


def _drawable(text: str) -> str:
    """A text in the glyphs of Pillow's own font: ASCII and quotation marks, without accents and dashes."""
    folded = unicodedata.normalize("NFKD", text.replace("–", "-").replace("—", "-"))
    return "".join(character for character in folded if character.isascii() or character in "‘’“”·")


def _fitted(text: str) -> tuple[int, list[str]]:
    """The largest font size at which a text fits, on one line if it can be large, otherwise on two."""
    for size, rows in ((96, 1), (80, 1), (70, 1), (60, 1), (56, 2), (48, 2), (40, 2)):
        lines = list(_wrapped(text.split(), size))
        if len(lines) <= rows and all(_width(line, size) <= _TEXT_WIDTH for line in lines):
            return size, lines
    return size, [_cut(line, size) for line in lines[:rows]]


def _wrapped(words: Iterable[str], size: int) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if line and _width(longer, size) > _TEXT_WIDTH:
            yield line
            longer = word
        line = longer
    yield line


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return font


def _palette(colour: str) -> list[int]:
    """Red, green and blue of each shade, from a colour (`1d5a96`) to white."""
    channels = bytes.fromhex(colour)
    last = _SHADES - 1
    return [channel + (255 - channel) * shade // last for shade in range(_SHADES) for channel in channels]


def _cut(line: str, size: int) -> str:
    while _width(line, size) > _TEXT_WIDTH:
        line = line[:-1]
    return line


def _width(text: str, size: int) -> float:
    return _font(size).getlength(text)
