from typing import Any

from django.core.management.base import BaseCommand

from blog.comments.figures import close_months


class Command(BaseCommand):
    help = "Count the moderators' figures of each month that ended a week ago, once and for good."

    def handle(self, *args: Any, **options: Any) -> None:
        for month in close_months():
            self.stdout.write(f"{month:%Y-%m} closed.")
