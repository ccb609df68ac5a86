"""``manage.py measure_checks``: how often the checks of translations are right."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from appeals.checks.costing import cost
from appeals.checks.measuring import load, measure, report


class Command(BaseCommand):
    help = "Measure the checks on labelled passages and print a table."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a YAML file, or a folder of them")
        parser.add_argument("--where", action="store_true", help="name the passages, to tune by")
        parser.add_argument(
            "--cost", nargs="+", metavar="LANGUAGE", help="say what dictionaries cost, and no more"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"] or settings.BASE_DIR / "tests" / "checks"
        if not path.exists():
            raise CommandError(f"{path}: no such file")
        rows = list(load(path))
        for line in cost(rows, options["cost"]) if options["cost"] else report(rows):
            self.stdout.write(line)
        if options["where"] and not options["cost"]:
            for code, score in measure([row for row in rows if not row.held_out]).items():
                for key in score.false_at:
                    self.stdout.write(f"{code}: false alarm at {key}")
                for key in score.missed_at:
                    self.stdout.write(f"{code}: missed {key}")
