from typing import Any

from django.core.management.base import BaseCommand

from editorial.verifying import edition_models, verify


class Command(BaseCommand):
    help = "Recompute every edition's digest and chain; stop at the first that does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        for edition, fault in verify():
            where = f"{edition._meta.label} {edition.pk} ({edition})" if edition else "Database"
            self.stderr.write(f"{where}: {fault}")
            raise SystemExit(1)
        count = sum(model._base_manager.count() for model in edition_models())
        self.stdout.write(f"{count} editions hold: every digest, every chain, every seal.")
