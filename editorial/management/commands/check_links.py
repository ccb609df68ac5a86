import json
from argparse import ArgumentParser
from collections import Counter
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from editorial.links.checking import check


class Command(BaseCommand):
    help = str(
        _(
            "Ask whether the sources' links still answer, and keep that at the desk. The last "
            "line is a JSON object of how many ended how."
        )
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=200, help=str(_("links to ask at most")))
        parser.add_argument(
            "--days", type=int, default=7, help=str(_("leave alone what was asked since"))
        )
        parser.add_argument(
            "--pause", type=float, default=2.0, help=str(_("seconds between two to one server"))
        )

    def handle(self, *args: Any, **options: Any) -> None:
        counts: Counter[str] = Counter()
        older_than = timedelta(days=options["days"])
        for url, result in check(options["limit"], older_than, pause=options["pause"]):
            counts[result] += 1
            if not result.startswith("2"):
                self.stdout.write(f"{result} {url}")
        self.stdout.write(json.dumps(counts, sort_keys=True))
