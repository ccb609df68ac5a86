"""What people are to be told by mail: written with the decision, sent after it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One mail to one person about one decision."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("to")
    )
    decision = models.ForeignKey("editorial.Decision", models.PROTECT, related_name="+")
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    claimed_at = models.DateTimeField(_("sent"), null=True)
    failure = models.TextField(_("failure"), blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [models.UniqueConstraint(fields=["recipient", "decision"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"
