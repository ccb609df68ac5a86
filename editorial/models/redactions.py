"""That something was redacted, and when: never what."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.models.records import person_field


class Redaction(models.Model):
    """One removal of a value from everything sealed.

    While ``is_open``, inside its own transaction, the seals let redactable columns change; the
    row is closed before that transaction ends, so no other connection ever sees it open.
    """

    at = models.DateTimeField(_("at"), default=timezone.now)
    by = person_field(_("by"))
    by_name = models.CharField(_("by"), max_length=200, blank=True)
    ground = models.CharField(_("ground"), max_length=200)
    places = models.PositiveIntegerField(_("places changed"), default=0)
    is_open = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}: {self.ground}"
