"""The translation memory: passages as they are public, with their renderings. Derived, like an
index: ``appeals.wording.remembering`` writes it whenever editions change.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublishedPair(models.Model):
    """A passage and its rendering, from an edition of a translation."""

    edition = models.ForeignKey("appeals.TranslationEdition", models.CASCADE, related_name="pairs")
    key = models.CharField(_("key"), max_length=40)
    original = models.TextField(_("original"))
    rendering = models.TextField(_("rendering"))

    class Meta:
        verbose_name = _("published passage")
        verbose_name_plural = _("translation memory")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"§ {self.key}"


class PairShingle(models.Model):
    """A piece of an original, as a number, by which originals like it are found."""

    pair = models.ForeignKey(PublishedPair, models.CASCADE, related_name="shingles", db_index=False)
    number = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["number", "pair"], name="shingle_by_number"),
            models.Index(fields=["pair"], name="shingle_by_pair"),
        ]

    def __str__(self) -> str:
        return str(self.number)
