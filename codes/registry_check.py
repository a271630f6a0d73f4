"""What the content says otherwise than the registry. One comparison, for the rules and for a newer registry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from codes.models import StatusCode
from codes.reference_data import RegistryRow


@dataclass(frozen=True)
class Difference:
    """One fact of a number: what the content says, and what the registry says.

    `field` is a field of the status code, `definitions` for the document referred to, or `number` where one of the
    two does not have the number at all (its side is then empty).
    """

    number: int
    field: str
    ours: str
    theirs: str


def differences(registry: dict[int, RegistryRow], today: date) -> Iterator[Difference]:
    """Every difference, by number. One that the code's `registration_note` explains is none."""
    codes = {code.number: code for code in StatusCode.objects.registered().prefetch_related("definitions")}
    for number in sorted(registry.keys() | codes.keys()):
        row, code = registry.get(number), codes.get(number)
        if row and code:
            yield from _of_one(code, row, today)
        elif row:
            yield Difference(number, "number", "", f"{row.phrase or '(Unused)'} ({row.registration}), {row.reference}")
        elif code:
            yield Difference(number, "number", code.phrase, "")


def _of_one(code: StatusCode, row: RegistryRow, today: date) -> Iterator[Difference]:
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
