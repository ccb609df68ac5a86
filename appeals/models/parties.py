"""Organisations and people: those who issue, sign and write."""

from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from editorial.fields import SlugField
from editorial.matching import MARK, Needle


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
        """Return what a page may show of this party. One whose name was struck has no page."""
        return {"name": self.name, "slug": "" if MARK in self.name else self.slug}


class Organisation(Party):
    class Meta(Party.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class Person(Party):
    """Somebody named in public. People whose name is withheld have no row here."""

    signed: Any

    class Meta(Party.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def forget(self, needle: Needle) -> bool:
        """Withhold the name wherever this person signed, and go unless something else is theirs."""
        if not needle.is_in(self.name):
            return False
        for signatory in self.signed.all():
            signatory.hush()
        self.go_if_unused()
        return True

    def go_if_unused(self) -> None:
        """Go, unless something in public is this person's."""
        try:
            with transaction.atomic():
                self.delete()
        except ProtectedError:
            pass
