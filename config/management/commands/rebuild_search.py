from typing import Any

from django.core.management.base import BaseCommand

from config.search.indexing import rebuild


class Command(BaseCommand):
    help = "Makes the search index anew from the editions, in one transaction."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} editions indexed.")
