import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from blog.guarding.scoring import keep, learn


class Command(BaseCommand):
    help = str(
        _(
            "Learn from the moderators' decisions how spam looks here. What was learnt only sorts "
            "the queue. The last line is a JSON object of what was learnt from."
        )
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = learn()
        if found.is_enough:
            keep(found)
        told = {"spam": found.spam, "approved": found.others, "kept": found.is_enough}
        self.stdout.write(json.dumps(told))
