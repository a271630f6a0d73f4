import sys
from argparse import ArgumentTypeError
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from codes.content.registry import Difference, RegistryError, find_differences, read_registry
from codes.models import Registry


def iso_date(text: str) -> date:
    """Parse a command-line argument YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date: write YYYY-MM-DD") from None


class Command(BaseCommand):
    help = "List the differences between the content and a newer registry CSV. Exits with 1 if there are any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the registry’s CSV (columns Value, Description, Reference)")
        parser.add_argument(
            "--record",
            type=iso_date,
            metavar="DATE",
            help="if nothing differs, record this date as the day of the last check",
        )

    def handle(self, *args: Any, file: Path, record: date | None, **options: Any) -> None:
        today = datetime.now(UTC).date()
        if record and record > today:
            raise CommandError(f"--record {record}: the date is in the future.")
        try:
            found = list(find_differences(read_registry(file), today))
        except RegistryError as error:
            raise CommandError(str(error)) from error

        for difference in found:
            self.stdout.write(format_difference(difference))
        if found:
            self.stdout.write(f"{len(found)} differences. Nothing was recorded.")
            sys.exit(1)
        self.stdout.write("The content matches this registry.")
        if record:
            Registry.objects.update(checked_on=record)
            self.stdout.write(f"Recorded: checked on {record}.")


def format_difference(difference: Difference) -> str:
    """A difference as a line that says what the newer registry changed."""
    ours, theirs = difference.ours or "(no phrase)", difference.theirs or "(no phrase)"
    words = {
        "number": f"added: {theirs}" if difference.theirs else f"removed: {ours}",
        "phrase": f"renamed: {ours} → {theirs}",
        "registration": f"is now {theirs}, was {ours}",
        "registration_expires": f"now expires on {theirs}, was {ours}",
        "registration_note": f"{theirs}: explain that in its registration_note",
        "definitions": f"now refers to {theirs}, was {ours}",
    }
    return f"{difference.number} {words[difference.field]}"
