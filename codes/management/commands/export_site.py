from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from codes.publishing.export import ExportError, export


class Command(BaseCommand):
    help = (
        "Write the whole site as files, with configurations for nginx and Caddy that serve them at the same "
        "addresses, and an archive for offline reading. Runs collectstatic first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="an empty folder, or one with an earlier export")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            count = export(folder)
        except ExportError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Wrote {count} files to {folder}/site. The first lines of nginx.conf and Caddyfile say how to serve them."
        )
