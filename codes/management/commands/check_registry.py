import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from codes.models import Registry, StatusCode
from codes.reference_data import RegistryError, RegistryRow, read_registry


def day(text: str) -> date:
    """A date as it is typed: YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day: write YYYY-MM-DD") from None


class Command(BaseCommand):
    help = "List what a newer registry CSV changes against the content. Exit code 1 where anything differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the registry’s CSV (columns Value, Description, Reference)")
        parser.add_argument(
            "--record",
            type=day,
            metavar="DATE",
            help="where nothing differs, note this day as the one on which the registry was checked",
        )

    def handle(self, *args: Any, file: Path, record: date | None, **options: Any) -> None:
        today = datetime.now(UTC).date()
        if record and record > today:
            raise CommandError(f"--record {record}: that day has not come yet.")
        try:
            differences = list(compare(read_registry(file), today))
        except RegistryError as error:
            raise CommandError(str(error)) from error

        for difference in differences:
            self.stdout.write(difference)
        if differences:
            self.stdout.write(f"{len(differences)} differences. Nothing was recorded.")
            sys.exit(1)
        self.stdout.write("The content agrees with this registry.")
        if record:
            Registry.objects.update(checked_on=record)
            self.stdout.write(f"Recorded: checked on {record}.")


def compare(registry: dict[int, RegistryRow], today: date) -> Iterator[str]:
    """What differs between a registry and the content, a line each."""
    codes = {code.number: code for code in StatusCode.objects.registered().prefetch_related("definitions__rfc")}
    for number in sorted(registry.keys() | codes.keys()):
        row, code = registry.get(number), codes.get(number)
        if row and not code:
            yield f"{number} added: {row.phrase} ({row.registration}), {row.reference}"
        elif code and not row:
            yield f"{number} removed: {code.phrase}"
        elif code and row:
            if code.phrase != row.phrase:
                yield f"{number} renamed: {code.phrase or '(no phrase)'} → {row.phrase or '(no phrase)'}"
            if code.registration != row.registration:
                yield f"{number} is now {row.registration}, was {code.registration}"
            if code.registration_expires != row.expires:
                yield f"{number} now expires on {row.expires}, was {code.registration_expires}"
            documents = {definition.document for definition in code.definitions.all() if definition.current}
            if row.reference not in documents:
                yield f"{number} now refers to {row.reference}, was {', '.join(documents) or 'nothing'}"
            if row.expires and row.expires < today and not code.registration_note:
                yield f"{number} expired on {row.expires}: say so in its registration note"
