"""``manage.py rebuild_translation_memory``: write the memory of published passages anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from appeals.wording.remembering import rebuild


class Command(BaseCommand):
    help = "Write the translation memory anew from the editions. It follows them by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            count = rebuild()
        self.stdout.write(f"{count} passages")
