import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from blog.guarding.purging import tidy


class Command(BaseCommand):
    help = str(
        _(
            "Forget what is over: the words of spam after 14 days, marks of sources and their key "
            "after their day. The last line is a JSON object of how much of each."
        )
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(tidy(), sort_keys=True))
