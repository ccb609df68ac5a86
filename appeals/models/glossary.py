"""The glossary: how a term is rendered here, for each pair of languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from appeals.checks.document import Term
from editorial.fields import LANGUAGE_TAG, FoldedField


class GlossaryTerm(models.Model):
    """A term of one language and its rendering in another: shown and checked, never applied."""

    source = models.CharField(_("from"), max_length=20, validators=[LANGUAGE_TAG])
    target = models.CharField(_("into"), max_length=20, validators=[LANGUAGE_TAG])
    term = models.CharField(_("term"), max_length=200)
    folded = FoldedField(of="term")
    rendering = models.CharField(
        pgettext_lazy("glossary", "rendering"),
        max_length=300,
        help_text=_("Several that are as good, apart by semicolons."),
    )
    forbidden = models.CharField(
        _("forbidden renderings"),
        max_length=500,
        blank=True,
        help_text=_("Several, apart by semicolons."),
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = ["source", "target", "folded"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "folded"],
                name="glossary_term_once",
                violation_error_message=_("The glossary has this term for these two languages."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.term} → {self.rendering}"

    def as_term(self) -> Term:
        """Return what checks and the review page ask of it."""
        return Term(self.term, listed(self.rendering), listed(self.forbidden), self.note)


def listed(text: str) -> tuple[str, ...]:
    """Return what stands between semicolons."""
    return tuple(part for piece in text.split(";") if (part := " ".join(piece.split())))
