"""What the hub has been told: a moment, and nothing about any text."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q


class PingQuerySet(models.QuerySet[Any]):
    def unheld(self, now: datetime) -> Self:
        """Return the row if no failure or other process asks to wait."""
        return self.filter(Q(not_before=None) | Q(not_before__lte=now))


class Ping(models.Model):
    """The only row: how far the hub has been told of what became public and what ended."""

    told_until = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)

    objects: ClassVar[Any] = PingQuerySet.as_manager()

    def __str__(self) -> str:
        return self.told_until.isoformat()
