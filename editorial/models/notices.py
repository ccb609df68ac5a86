"""What people are to be told by mail: written with the decision, sent after it."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: How often a notice is tried. At four tries an hour a mail server may be away for three.
TRIES = 12


class NoticeQuerySet(models.QuerySet[Any]):
    def due(self) -> Self:
        """Return what nobody sent or is sending, to people who may still be told."""
        return self.filter(
            claimed_at=None,
            tries__lt=TRIES,
            recipient__is_active=True,
            recipient__is_staff=True,
        ).exclude(recipient__email="")

    def given_up(self) -> Self:
        """Return what failed so often that it is not tried again."""
        return self.filter(claimed_at=None, tries__gte=TRIES)


class Notice(models.Model):
    """One mail to one person, most often about one decision."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name=pgettext_lazy("recipient", "to"),
    )
    #: None for what no decision brought about: that something has waited for long.
    decision = models.ForeignKey("editorial.Decision", models.PROTECT, null=True, related_name="+")
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    claimed_at = models.DateTimeField(_("taken for sending"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True)
    failure = models.TextField(_("failure"), blank=True)

    objects: ClassVar[Any] = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [models.UniqueConstraint(fields=["recipient", "decision"], name="told_once")]
        indexes = [
            models.Index(
                fields=["tries"], condition=models.Q(claimed_at=None), name="notice_not_sent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"
