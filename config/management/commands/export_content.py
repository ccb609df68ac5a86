"""Export everything as a content folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from config.content.exporting import export_folder
from config.content.showing import CannotExport


class Command(BaseCommand):
    help = (
        "Export posts, appeals, parties and the name memory as a folder that import_content "
        "reads. What is public is exported as readers see it, everything else as drafts."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--originals",
            action="store_true",
            help="with the private originals of appeals that keep names back, too",
        )

    def handle(self, *, folder: Path, originals: bool, **options: Any) -> None:
        try:
            with transaction.atomic():
                export = export_folder(folder, originals=originals)
        except CannotExport as error:
            raise CommandError(f"{error} Nothing was written.") from None
        for note in export.notes:
            self.stdout.write(note)
        count = len(export.files) + len(export.copies)
        self.stdout.write(f"{count} files in {folder}")
