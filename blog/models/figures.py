"""What the moderators' work came to, month by month, sealed when the month is closed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CommentMonth(models.Model):
    """The figures of one month: counted once, never again, and all that the public page reads."""

    sealed_may_become_null: tuple[str, ...] = ()
    sealed_redactable: tuple[str, ...] = ()

    month = models.DateField(_("month"), unique=True)
    received = models.PositiveIntegerField()
    approved = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    spam = models.PositiveIntegerField()
    withdrawn = models.PositiveIntegerField()
    #: By ground, how many of those rejected.
    grounds = models.JSONField(default=dict)
    #: Half of the decisions came within so many hours; empty where there were too few to say.
    median_hours = models.PositiveIntegerField(null=True)
    closed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-month"]
        verbose_name = _("month of comments")
        verbose_name_plural = _("months of comments")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def waiting(self) -> int:
        """How many of those received nobody had decided when the month was closed."""
        return self.received - self.approved - self.rejected - self.spam - self.withdrawn
