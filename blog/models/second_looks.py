"""What a second moderator looks at afterwards."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.models.records import person_field


class Verdict(models.TextChoices):
    AGREED = "agreed", _("agreed")
    DISAGREED = "disagreed", _("disagreed")
    OVERTAKEN = "overtaken", _("overtaken by another decision")


class SecondLookQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """Return what nobody has looked at yet, the oldest first."""
        return self.filter(verdict="").order_by("asked_at", "pk")

    def open_to(self, user: Any) -> Self:
        """Return what a person can look at: nobody looks at their own decisions."""
        return self.open().filter(~Q(decided_by=user) | Q(decided_by=None))


class SecondLook(models.Model):
    """A decision about a comment that somebody else looks at, and what they thought of it."""

    decision = models.OneToOneField("editorial.Decision", models.PROTECT, related_name="+")
    comment = models.ForeignKey("blog.Comment", models.CASCADE, related_name="second_looks")
    decided_by = person_field(_("decided by"))
    asked_at = models.DateTimeField(_("since"), default=timezone.now)
    verdict = models.CharField(max_length=12, blank=True, choices=Verdict)
    note = models.TextField(_("note"), blank=True)
    looked_by = person_field(_("looked at by"))
    looked_by_name = models.CharField(max_length=200, blank=True)
    looked_at = models.DateTimeField(null=True)

    objects = SecondLookQuerySet.as_manager()

    class Meta:
        verbose_name = _("second look")
        verbose_name_plural = _("second looks")
        indexes = [models.Index(fields=["verdict", "asked_at", "id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(looked_by=None) | ~Q(decided_by=F("looked_by")),
                name="nobody_looks_twice",
                violation_error_message=_("Nobody takes the second look at their own decision."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.verdict or '–'}"
