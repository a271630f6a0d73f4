from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from codes.content.loader import ContentError, load
from codes.models import StatusCode


class Command(BaseCommand):
    help = "Load the fixtures into an empty database. Does nothing if there is content already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="where the fixtures are (default: fixtures/)",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if StatusCode.objects.exists():
            self.stdout.write("The database has content: nothing loaded.")
            return
        try:
            count = load(folder)
        except (ContentError, IntegrityError) as error:
            # Another host that started at the same time was faster.
            if StatusCode.objects.exists():
                self.stdout.write("Another process has just loaded the content: nothing loaded.")
                return
            if isinstance(error, IntegrityError):
                raise
            raise CommandError(f"{error}\nNothing was loaded.") from error
        self.stdout.write(f"Loaded {count} records.")
