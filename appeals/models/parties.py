"""Organisations and people: those who issue, sign and write."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.fields import SlugField


class Party(models.Model):
    """Somebody with a name, which may be written differently in other languages."""

    name = models.CharField(_("name"), max_length=300)
    slug = SlugField(_("slug"), of="name", unique=True)
    names = models.JSONField(
        _("name in other languages"),
        default=dict,
        blank=True,
        help_text=_("By language code, for example {“ru”: “…”}."),
    )

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def content(self) -> dict[str, Any]:
        """Return what a page may show of this party."""
        return {"name": self.name, "slug": self.slug}


class Organisation(Party):
    class Meta(Party.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class Person(Party):
    """Somebody named in public. People whose name is withheld have no row here."""

    class Meta(Party.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
