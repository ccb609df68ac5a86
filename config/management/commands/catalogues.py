"""Compiling what translators wrote."""

from typing import Any

from django.core.management.base import BaseCommand

from config import catalogues as made


class Command(BaseCommand):
    """Write each .mo from its .po, and list what is missing or wrong."""

    help = "Compile the catalogues in locale/, and list what they lack. Needs no gettext."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        messages = made.said()
        for language, path in made.catalogues().items():
            catalogue = made.read(path)
            path.with_suffix(".mo").write_bytes(made.compiled(catalogue))
            lacks = [*made.missing(catalogue, messages), *made.wrong(catalogue)]
            self.stdout.write(f"{language}: {len(messages)} messages, {len(lacks)} to mend")
            for one in lacks:
                self.stdout.write(f"  {one}")
