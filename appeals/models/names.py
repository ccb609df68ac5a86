"""The name memory: how names are spelled here. It asks, and never corrects."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.fields import FoldedField
from editorial.matching import Needle


class Forgettable(models.Model):
    """A row of the name memory: of a name that is taken out of everything nothing is kept."""

    class Meta:
        abstract = True

    def forget(self, needle: Needle) -> bool:
        """Go, if this is the name looked for."""
        if not needle.is_in(str(self)):
            return False
        if type(self)._base_manager.filter(pk=self.pk).exists():  # it may go with its name
            self.delete()
        self.pk = None
        return True


class CanonicalName(Forgettable):
    """The spelling that this site uses for a name."""

    text = models.CharField(_("canonical spelling"), max_length=200, unique=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("name memory")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text


class NameVariant(Forgettable):
    """Another spelling of the same name, by language and script."""

    name = models.ForeignKey(CanonicalName, models.CASCADE, related_name="variants")
    text = models.CharField(_("spelling"), max_length=200)
    folded = FoldedField(of="text")
    language = models.CharField(_("language"), max_length=20, blank=True)
    script = models.CharField(_("script"), max_length=4, blank=True)
    printed_in = models.ManyToManyField(
        "appeals.Appeal", blank=True, related_name="+", verbose_name=_("as printed in")
    )

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "folded", "language"], name="spelling_once_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.text


class NameDistinction(Forgettable):
    """Two names that look alike and are not the same."""

    name = models.ForeignKey(CanonicalName, models.CASCADE, related_name="distinctions")
    other = models.CharField(_("not the same as"), max_length=200)
    folded = FoldedField(of="other")

    class Meta:
        verbose_name = _("not the same as")
        verbose_name_plural = _("not the same as")
        constraints = [
            models.UniqueConstraint(fields=["name", "folded"], name="distinguished_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} ≠ {self.other}"
