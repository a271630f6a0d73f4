"""What was ever public, read and written: addresses, the names that lead to numbers, the ids of headings.

What is in these files stays: links lead there. `make publish` adds what is new; nothing takes a line away.
"""

import re
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent
ADDRESSES, NAMES, HEADING_IDS = (FOLDER / name for name in ("addresses.txt", "names.txt", "heading_ids.txt"))

# In one line: HTTP's own numbers all have a page.
_RANGE = "/100..599"
_IN_RANGE = [f"/{number}" for number in range(100, 600)]


def read_lines(file: Path) -> dict[str, list[str]]:
    """The lines of a file: the words behind the first one, by the first one."""
    lines = [line.split() for line in file.read_text().splitlines() if not line.startswith("#")]
    return {first: rest for first, *rest in lines}


def write_lines(file: Path, lines: dict[str, Iterable[str]]) -> None:
    """Write lines under the comment with which a file begins."""
    comment = [line for line in file.read_text().splitlines() if line.startswith("#")]
    body = [" ".join([first, *sorted(rest)]) for first, rest in sorted(lines.items())]
    file.write_text("\n".join([*comment, *body]) + "\n")


def read_addresses() -> set[str]:
    """Every address ever published."""
    published = set()
    for stem, suffixes in read_lines(ADDRESSES).items():
        for path in _IN_RANGE if stem == _RANGE else [stem]:
            published |= {path, *(path + suffix for suffix in suffixes)}
    return published


def write_addresses(published: set[str]) -> None:
    """Write addresses, each with the suffixes that it has, and the range in one line."""
    lines: dict[str, set[str]] = {}
    for path in published:
        stem, suffix = re.fullmatch(r"(.*?)(\.[a-z]+)?", path).groups()
        if suffix and stem in published:
            lines.setdefault(stem, set()).add(suffix)
        else:
            lines.setdefault(path, set())
    in_range = [lines.pop(stem) for stem in _IN_RANGE]
    lines[_RANGE] = set.intersection(*in_range)
    for stem, suffixes in zip(_IN_RANGE, in_range, strict=True):
        if more := suffixes - lines[_RANGE]:
            lines[stem] = more
    write_lines(ADDRESSES, lines)
