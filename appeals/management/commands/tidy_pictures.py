"""``manage.py tidy_pictures``: what failures left goes, and what pages lack is made."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from appeals.evidence.tidying import tidy


class Command(BaseCommand):
    help = (
        "Remove pictures that no document and no edition has, and make the smaller widths that "
        "pages lack: every night, and once after the update that brings them."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = tidy()
        self.stdout.write(
            f"{found['removed']} files removed, smaller widths of {found['narrowed']} pages made"
        )
        if found["lost"] or found["damaged"]:
            raise CommandError(
                f"{found['lost']} pages are not there, {found['damaged']} are not what was stored"
            )
