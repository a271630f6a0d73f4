"""What the content is held against: data in `fixtures/reference/` that is not content itself."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from django.conf import settings

FOLDER = settings.BASE_DIR / "fixtures" / "reference"

# So many words in a row that two texts share are no accident.
WORDS_IN_A_ROW = 8

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
    """The registered numbers of the registry's CSV; ranges and unassigned numbers are left out.

    Raises:
        RegistryError: the file cannot be read, lacks a column, or has a row that cannot be understood.
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
            raise RegistryError(f"{path}: {row.number} stands there twice. Save the registry’s CSV again.")
        registry[row.number] = row
    return registry


def _row(line: dict[str, str], number: int, path: Path) -> RegistryRow | None:
    value, description = line["Value"] or "", line["Description"] or ""
    if re.fullmatch(r"\d{3}-\d{3}", value) or (description == "Unassigned" and re.fullmatch(r"\d{3}", value)):
        return None
    document = _DOCUMENT.search(line["Reference"] or "")
    if not re.fullmatch(r"[1-5]\d\d", value) or not document:
        raise RegistryError(f"{path}, line {number}: {value!r} needs a number from 100 to 599 and a document.")
    remark = _REMARK.search(description)
    expires = _EXPIRES.search(description)
    try:
        expiry = date.fromisoformat(expires[1]) if expires else None
    except ValueError as error:
        raise RegistryError(f"{path}, line {number}: the expiry of {value} is no day ({error}).") from error
    return RegistryRow(
        number=int(value),
        phrase=_REMARK.sub("", description),
        registration=remark["remark"].split()[0].lower() if remark else "registered",
        expires=expiry,
        reference=f"RFC {document['rfc']}" if document["rfc"] else document["draft"],
        section=document["section"] or "",
    )


def read_sections() -> dict[int, set[str]]:
    """The section numbers of every RFC whose text was read."""
    sections = yaml.load((FOLDER / "sections.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {rfc: set(numbers) for rfc, numbers in sections.items()}


def read_first_list_words() -> set[str]:
    """Hashes of every run of eight words in the list from which the project started, whose text is not ours."""
    return set((FOLDER / "first-list-words.txt").read_text(encoding="ascii").split())


def runs_of_words(text: str) -> Iterator[tuple[str, str]]:
    """Every run of eight words of a text, with its hash."""
    words = re.findall(r"[a-z0-9']+", text.lower())
    for start in range(len(words) - WORDS_IN_A_ROW + 1):
        run = " ".join(words[start : start + WORDS_IN_A_ROW])
        yield run, hashlib.sha256(run.encode()).hexdigest()[:12]
