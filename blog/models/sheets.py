"""What a moderator decided at one time, and can still take back."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class SheetQuerySet(models.QuerySet[Any]):
    def open(self, by: Any) -> Self:
        """Return what a person can take back now, newest first."""
        mine = self.filter(by=by, undone_at=None, until__gt=timezone.now())
        return mine.order_by("-at", "-pk")


class Sheet(models.Model):
    """Decisions that were sent together. Until a moment their maker can undo them all.

    The row is for that alone and goes some time later: the decisions are what is kept.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(db_index=True)
    undone_at = models.DateTimeField(null=True)
    #: By a decision's number: what else of the comment it changed, as that was before.
    decisions = models.JSONField(default=dict)

    objects = SheetQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.by}, {self.at:%Y-%m-%d %H:%M}"
