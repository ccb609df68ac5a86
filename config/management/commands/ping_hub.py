from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from config.websub.pinging import ping


class Command(BaseCommand):
    help = "Tell the WebSub hub, if WEBSUB_HUB names one, which feeds changed. Run it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = ping(timezone.now())
        if outcome.refused:
            self.stderr.write(f"The hub did not want {outcome.refused} feeds.")
        if outcome.failed:
            self.stderr.write("The hub was not told, and will be later.")
            raise SystemExit(1)
        self.stdout.write(f"The hub was told of {outcome.told} feeds.")
