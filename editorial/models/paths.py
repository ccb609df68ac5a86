"""Addresses: every path an item ever had leads straight to where it is today."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.models.records import AboutItem


class Path(AboutItem):
    """A public path that belongs, or once belonged, to an item; no other item may take it."""

    path = models.CharField(_("path"), max_length=400, unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return self.path
