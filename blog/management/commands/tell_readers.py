from typing import Any

from django.core.management.base import BaseCommand

from blog.comments.telling import tell


class Command(BaseCommand):
    help = "Mail those who asked for it that there are replies; forget addresses that expired."

    def handle(self, *args: Any, **options: Any) -> None:
        sent, failed = tell()
        self.stdout.write(f"{sent} mails sent.")
        if failed:
            self.stderr.write(f"{failed} failed.")
            raise SystemExit(1)
