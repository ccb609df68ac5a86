from typing import Any

from django.core.management.base import BaseCommand

from editorial.mailing import send_notices
from editorial.models import Notice


class Command(BaseCommand):
    help = "Send the mail about decisions that could not be sent when they were made."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = send_notices()
        self.stdout.write(f"{outcome.sent} notices sent.")
        if outcome.failed:
            self.stderr.write(f"{outcome.failed} failed.")
        if given_up := Notice.objects.given_up().count():
            self.stderr.write(f"{given_up} failed too often and are not tried again.")
        if outcome.failed:
            raise SystemExit(1)
