from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from codes.content.checks import find_problems


class Command(BaseCommand):
    help = "Hold the content against the registry copy, the section numbers and the other rules of the content."

    def handle(self, *args: Any, **options: Any) -> None:
        found = find_problems(datetime.now(UTC).date())
        if found:
            raise CommandError("\n".join([*found, f"{len(found)} rules are broken."]))
        self.stdout.write("The content keeps every rule.")
