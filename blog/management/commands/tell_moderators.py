from typing import Any

from django.core.management.base import BaseCommand

from blog.comments.alerting import tell
from editorial.mailing import send_notices


class Command(BaseCommand):
    help = "Tell moderators by mail that comments have waited for long: at most once a day each."

    def handle(self, *args: Any, **options: Any) -> None:
        told = tell()
        sent = send_notices().sent if told else 0
        self.stdout.write(f"{told} told, {sent} notices sent.")
