"""Links by which somebody outside the newsroom may look at one working copy."""

from datetime import timedelta
from typing import Any, ClassVar

from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.models.records import AboutItem, AboutQuerySet, person_field


def in_a_week() -> Any:
    """Return the moment at which a preview link made now expires by itself."""
    return timezone.now() + timedelta(days=7)


class PreviewLinkQuerySet(AboutQuerySet):
    def valid(self) -> Any:
        """Return the links that still open."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class PreviewLink(AboutItem):
    """A signed link to a working copy; it expires, and it can be revoked."""

    SALT = "editorial.preview"

    made_by = person_field(_("made by"))
    made_by_name = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"), default=in_a_week)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects: ClassVar[Any] = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")

    def __str__(self) -> str:
        return f"{self.item}, {self.expires_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("preview", args=[signing.dumps(self.pk, salt=self.SALT)])
