import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from editorial.redacting import redact


class Command(BaseCommand):
    help = (
        "Take a name out of every edition, list and cache. The name and its variants are read "
        "from standard input, one a line, so that no shell remembers them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ground", required=True, help="why, without the name")

    def handle(self, *args: Any, **options: Any) -> None:
        values = [line for line in map(str.strip, sys.stdin) if line]
        if not values:
            raise CommandError("Nothing to redact: give one name or variant a line.")
        row = redact(values, by=None, ground=options["ground"])
        self.stdout.write(f"{row.places} places redacted.")
