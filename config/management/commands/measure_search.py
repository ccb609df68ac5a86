from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from config.search.matching import MOST
from config.search.measuring import Measured, measure, percentile
from config.search.models import Indexed


class Command(BaseCommand):
    help = "Asks this site's search many questions made of its own words, and prints the times."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--questions", type=int, default=1100, metavar="N")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--limit", type=float, help="fail if the 95th percentile is over (ms)")

    def handle(self, *, questions: int, seed: int, limit: float | None, **options: Any) -> None:
        if not Indexed.objects.exists():
            raise CommandError("Nothing is indexed here. Make a site first, or run rebuild_search.")
        found = measure(questions, seed)
        times = [time for each in found for time in each.times]
        whole = Measured("all", times, [time for each in found for time in each.own])
        self.stdout.write(
            f"{Indexed.objects.count()} texts on {connection.vendor}, {len(times)} questions,"
            f" whole pages, at most {MOST} hits ranked; milliseconds\n"
            f"{'':16}{'median':>8}{'95th':>8}{'worst':>8}   of this process{'95th':>8}"
        )
        for each in [*found, whole]:
            numbers = (percentile(each.times, part) for part in (0.5, 0.95, 1.0))
            self.stdout.write(
                f"{each.kind:16}"
                + "".join(f"{number:8.1f}" for number in numbers)
                + f"{percentile(each.own, 0.95):26.1f}"
            )
        if limit is not None and percentile(times, 0.95) > limit:
            raise CommandError(f"The 95th percentile is over {limit} ms.")
