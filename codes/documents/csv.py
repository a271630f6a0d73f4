"""Rows as comma-separated values (RFC 4180); the first line names the columns."""

from __future__ import annotations

import csv
import io

from msgspec.structs import asdict

from codes.documents.descriptions import ListedMeaning, MeaningList

_COLUMNS = (
    "number",
    "vendor",
    "phrase",
    "former_phrases",
    "registration",
    "state",
    "on_the_wire",
    "arises_at",
    "interim",
    "content",
    "cacheable",
    "redirect_method",
    "retry",
    "headers",
    "summary",
    "url",
    "reviewed_on",
    "updated_at",
)


def code_list(document: MeaningList) -> str:
    """Meanings, one per row. Several values share one cell, separated by semicolons."""
    written = io.StringIO()
    rows = csv.DictWriter(written, _COLUMNS, extrasaction="ignore")
    rows.writeheader()
    rows.writerows(map(_row, document.results))
    return written.getvalue()


def _row(meaning: ListedMeaning) -> dict[str, str]:
    values = {
        **asdict(meaning),
        **{name: answer.value for name, answer in meaning.properties.by_name().items()},
        "number": f"{meaning.number:03d}",
        "vendor": meaning.vendor.slug if meaning.vendor else None,
        "former_phrases": "; ".join(meaning.former_phrases),
        "headers": "; ".join(
            rule.name if rule.requirement == "other" else f"{rule.requirement} {rule.name}" for rule in meaning.headers
        ),
    }
    return {name: _cell(values[name]) for name in _COLUMNS}


def _cell(value: object) -> str:
    """A value as in JSON; null is an empty cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
