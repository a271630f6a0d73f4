"""The IANA registry: parse its CSV, and compare the content with it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from codes.content.reference_data import FOLDER
from codes.models import StatusCode

_REMARK = re.compile(r"\s*\((?P<remark>Unused|OBSOLETED|TEMPORARY[^)]*)\)")
_EXPIRES = re.compile(r"expires (\d{4}-\d{2}-\d{2})")
_DOCUMENT = re.compile(r"\[(?:RFC(?P<rfc>\d+)|(?P<draft>draft-[\w-]+))(?:, Section (?P<section>[\w.]+))?")


class RegistryError(Exception):
    """A file is not the registry's CSV. The message names the file, the line and what was expected."""


@dataclass(frozen=True)
class RegistryRow:
    """One number of the IANA registry (RFC 9110 section 16.2.1).

    `reference` names the document as `RFC 9110` or a draft's name; `section` may be empty.
    """

    number: int
    phrase: str
    registration: str
    expires: date | None
    reference: str
    section: str


def read_registry(path: Path = FOLDER / "registry.csv") -> dict[int, RegistryRow]:
    """Read the registered numbers from the registry's CSV, without ranges and unassigned numbers.

    Raises:
        RegistryError: the file cannot be read, lacks a column, or has an invalid row.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            if missing := {"Value", "Description", "Reference"} - set(reader.fieldnames or []):
                raise RegistryError(f"{path}: the first line must name the columns {', '.join(sorted(missing))}.")
            rows = [_row(line, reader.line_num, path) for line in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RegistryError(f"{path}: {error}. Save the registry’s CSV there.") from error
    registry: dict[int, RegistryRow] = {}
    for row in filter(None, rows):
        if row.number in registry:
            raise RegistryError(f"{path}: {row.number} is listed twice. Download the registry’s CSV again.")
        registry[row.number] = row
    return registry


def _row(line: dict[str, str], number: int, path: Path) -> RegistryRow | None:
    value, description = line["Value"] or "", line["Description"] or ""
    if re.fullmatch(r"\d{3}-\d{3}", value) or (description == "Unassigned" and re.fullmatch(r"\d{3}", value)):
        return None
    document = _DOCUMENT.search(line["Reference"] or "")
    if not re.fullmatch(r"[1-5]\d\d", value) or not document:
        raise RegistryError(f"{path}, line {number}: expected a number from 100 to 599 with a document, not {value!r}.")
    remark = _REMARK.search(description)
    expires = _EXPIRES.search(description)
    try:
        expiry = date.fromisoformat(expires[1]) if expires else None
    except ValueError as error:
        raise RegistryError(f"{path}, line {number}: the expiry date of {value} is invalid ({error}).") from error
    return RegistryRow(
        number=int(value),
        phrase=_REMARK.sub("", description),
        registration=remark["remark"].split()[0].lower() if remark else "registered",
        expires=expiry,
        reference=f"RFC {document['rfc']}" if document["rfc"] else document["draft"],
        section=document["section"] or "",
    )


@dataclass(frozen=True)
class Difference:
    """One fact of a number: what the content says, and what the registry says.

    `field` is a field of the status code, `definitions` for the document referred to, or `number` if one side lacks
    the number (that side is then empty).
    """

    number: int
    field: str
    ours: str
    theirs: str


def find_differences(registry: dict[int, RegistryRow], today: date) -> Iterator[Difference]:
    """All differences in order of number, except those that a `registration_note` explains."""
    codes = {code.number: code for code in StatusCode.objects.registered().prefetch_related("definitions")}
    for number in sorted(registry.keys() | codes.keys()):
        row, code = registry.get(number), codes.get(number)
        if row and code:
            yield from _compare(code, row, today)
        elif row:
            yield Difference(number, "number", "", f"{row.phrase or '(Unused)'} ({row.registration}), {row.reference}")
        elif code:
            yield Difference(number, "number", code.phrase, "")


def _compare(code: StatusCode, row: RegistryRow, today: date) -> Iterator[Difference]:
    number = code.number
    if code.phrase != row.phrase and not code.registration_note:
        yield Difference(number, "phrase", code.phrase, row.phrase)
    if code.registration != row.registration:
        yield Difference(number, "registration", code.registration, row.registration)
    if code.registration_expires != row.expires:
        yield Difference(number, "registration_expires", str(code.registration_expires), str(row.expires))
    if row.expires and row.expires < today and not code.registration_note:
        yield Difference(number, "registration_note", "", f"expired on {row.expires}")
    current = next((definition for definition in code.definitions.all() if definition.current), None)
    ours = (current.document, current.section if row.section else "") if current else ("", "")
    if ours != (row.reference, row.section):
        yield Difference(
            number, "definitions", " §".join(filter(None, ours)), " §".join(filter(None, (row.reference, row.section)))
        )
