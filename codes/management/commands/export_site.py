from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from codes.publishing.export import ExportError, export


class Command(BaseCommand):
    help = (
        "Write the whole site as files, with the settings of nginx and Caddy that serve them at the same addresses, "
        "and an archive for reading from the disk. Runs collectstatic first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="an empty folder, or one that was exported to before")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            count = export(folder)
        except ExportError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Wrote {count} files to {folder}/site. The first lines of nginx.conf and Caddyfile say how to serve them."
        )
