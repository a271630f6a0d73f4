from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from codes.content.checks import find_problems


class Command(BaseCommand):
    help = "Check the content against the copy of the registry, the section numbers and the other rules."

    def handle(self, *args: Any, **options: Any) -> None:
        found = find_problems(datetime.now(UTC).date())
        if found:
            raise CommandError("\n".join([*found, f"Problems: {len(found)}."]))
        self.stdout.write("The content has no problems.")
