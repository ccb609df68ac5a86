import json
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.guarding.measuring import Case, measure, read, share_in_order

Test = Callable[[Case], bool]
WAYS: dict[str, Test] = {
    "held": lambda case: bool(case.reasons),
    "scored": lambda case: case.is_likely,
    "either": lambda case: bool(case.reasons) or case.is_likely,
}


class Command(BaseCommand):
    help = str(
        gettext_lazy(
            "Measure the guard of the comments on labelled texts: what it catches, what it misses, "
            "and what it holds wrongly. Touches no database. The last line is a JSON object."
        )
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        labelled = Path(settings.BASE_DIR, "tests/spam/labelled.tsv")
        parser.add_argument("file", nargs="?", type=Path, default=labelled)
        parser.add_argument(
            "--show", action="store_true", help=str(gettext_lazy("print what went wrong"))
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            cases = read(options["file"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        measure(cases)
        told = {name: counts(cases, test) for name, test in WAYS.items()}
        for name, figures in told.items():
            self.stdout.write(f"{name}: {sentence(figures)}")
        exposing = [case for case in cases if case.label == "exposing"]
        found = sum(any(code.startswith("exposed:") for code in case.reasons) for case in exposing)
        self.stdout.write(
            _("exposing: found %(found)d of %(all)d") % {"found": found, "all": len(exposing)}
        )
        if options["show"]:
            self.show(cases)
        order = round(share_in_order(cases), 3)
        more = {"exposed": [found, len(exposing)], "in_order": order, "texts": len(cases)}
        self.stdout.write(json.dumps(told | more))

    def show(self, cases: Sequence[Case]) -> None:
        for case in cases:
            taken = WAYS["either"](case)
            if case.label != "exposing" and taken != case.is_spam:
                why = ", ".join(case.reasons) or "–"
                self.stdout.write(f"  {case.label} {case.score:3} {why}: {case.text}")


def counts(cases: Sequence[Case], test: Test) -> dict[str, int]:
    """Return how much spam a test catches and misses, and how many comments it holds wrongly."""
    spam = [test(case) for case in cases if case.is_spam]
    comments = [test(case) for case in cases if case.label == "comment"]
    return {
        "spam": len(spam),
        "caught": sum(spam),
        "missed": len(spam) - sum(spam),
        "comments": len(comments),
        "wrongly_held": sum(comments),
    }


def sentence(figures: dict[str, int]) -> str:
    return (
        _(
            "caught %(caught)d of %(spam)d, missed %(missed)d; wrongly held %(wrongly_held)d of "
            "%(comments)d comments"
        )
        % figures
    )
