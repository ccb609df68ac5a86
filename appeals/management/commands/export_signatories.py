from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from appeals.ledger.exporting import TYPES, packed
from appeals.management.commands.import_signatories import appeal_of


class Command(BaseCommand):
    help = "Write an appeal's ledger as a table; its name ends in .csv or .xlsx."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("appeal", metavar="APPEAL", help="the appeal's slug")
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        form = path.suffix.lstrip(".").lower()
        if form not in TYPES:
            raise CommandError(f"{path}: its name has to end in .csv or .xlsx.")
        appeal = appeal_of(options["appeal"])
        try:
            path.write_bytes(packed(appeal, form))
        except OSError as wrong:
            raise CommandError(f"{path}: {wrong.strerror}") from None
        self.stdout.write(f"{appeal.signatories.count()} rows written.")
