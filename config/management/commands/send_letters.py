from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from config.letters.sending import send_letters


class Command(BaseCommand):
    help = "Send the letters by e-mail that are due, and forget who did not confirm. Run it hourly."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = send_letters(timezone.now())
        self.stdout.write(
            f"{outcome.sent} letters sent, {outcome.nothing_new} with nothing new not sent, "
            f"{outcome.forgotten} addresses forgotten."
        )
        if outcome.failed:
            self.stderr.write(f"{outcome.failed} failed and wait.")
            raise SystemExit(1)
