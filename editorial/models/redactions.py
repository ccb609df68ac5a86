"""That something was redacted, and when: never what."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.models.records import person_field


class Redaction(models.Model):
    """One removal of a value from everything stored.

    While ``is_open``, inside its own transaction, the seals let redactable columns change. No
    other connection ever sees it open: an open one points at a row that never is, and both
    databases check foreign keys when a transaction ends. Closed, the record is sealed itself.
    """

    sealed_may_become_null: ClassVar[tuple[str, ...]] = ("by_id",)
    sealed_redactable: ClassVar[tuple[str, ...]] = (
        "by_name",
        "ground",
        "places",
        "is_open",
        "never_id",
    )
    #: Sentences about what could not be cleared after it; of the moment, and not stored.
    remains: list[str]

    at = models.DateTimeField(_("at"), default=timezone.now)
    by = person_field(_("by"))
    by_name = models.CharField(_("by"), max_length=200, blank=True)
    ground = models.CharField(_("ground"), max_length=200)
    places = models.PositiveIntegerField(_("places changed"), default=0)
    is_open = models.BooleanField(default=False, editable=False)
    never = models.ForeignKey(
        "self", models.DO_NOTHING, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_open=False, never=None)
                | Q(is_open=True, never__isnull=False, never=0),
                name="open_redaction_is_never_committed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}: {self.ground}"
