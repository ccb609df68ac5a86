import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from editorial.redacting import redact


class Command(BaseCommand):
    help = (
        "Take a name out of everything that is stored. The name and its variants are read from "
        "standard input, one a line, so that no shell remembers them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ground", required=True, help="why, without the name")
        parser.add_argument(
            "--whole-words", action="store_true", help="leave longer words that hold it alone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        values = [line for line in map(str.strip, sys.stdin) if line]
        try:
            row = redact(
                values, by=None, ground=options["ground"], whole_words=options["whole_words"]
            )
        except ValueError:
            raise CommandError("Give one name or variant a line, of two letters or more.") from None
        self.stdout.write(f"{row.places} places redacted.")
        for sentence in row.remains:
            self.stderr.write(sentence)
