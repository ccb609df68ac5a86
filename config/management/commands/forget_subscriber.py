from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.letters.models import Subscription


class Command(BaseCommand):
    help = "Forget an address that gets letters by e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        gone = Subscription.objects.filter(address=options["address"].casefold()).delete()[0]
        self.stdout.write("Forgotten." if gone else "There was no such address.")
