"""The name memory: how names are spelled here. It asks, and never corrects."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from appeals.naming.likeness import form, same_script
from editorial.fields import FoldedField
from editorial.matching import Needle
from editorial.models.records import person_field
from editorial.states import CannotNow


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

    @property
    def is_another_spelling(self) -> bool:
        """Whether readers are told whose spelling this is.

        The plural tells them by itself; and what is given for a language in another script is how
        that language spells it.
        """
        if form(self.text) == form(self.name.text):
            return False
        return not self.language or same_script(self.text, self.name.text)


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


class NameAnswer(Forgettable):
    """What somebody said of two spellings that look alike: nobody is asked again."""

    class Answer(models.TextChoices):
        SAME = "same", _("the same name")
        DIFFERENT = "different", _("different names")
        PRINTED = "printed", _("the same name, as printed there")

    one = models.CharField(_("spelling"), max_length=200)
    one_folded = FoldedField(of="one")
    other = models.CharField(_("spelling"), max_length=200)
    other_folded = FoldedField(of="other")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)
    #: The key of the text in which it was asked; "" for a question among the site's names.
    item_key = models.CharField(max_length=16, blank=True, editable=False)
    by = person_field(_("by"))
    by_name = models.CharField(_("by"), max_length=200, blank=True, editable=False)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("answer about names")
        verbose_name_plural = _("answers about names")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["one_folded", "other_folded"], name="asked_once")
        ]

    def __str__(self) -> str:
        return f"{self.one} – {self.other}"


class UsesNames(models.Model):
    """A working copy whose text may spell names otherwise than the site does.

    ``names`` are the spellings that its text uses; ``appeals.naming.linking`` keeps them.
    """

    names = models.ManyToManyField(NameVariant, blank=True, editable=False, related_name="+")

    class Meta:
        abstract = True

    def settle(self) -> None:
        """Keep which spellings the text uses, now that it was edited."""
        from appeals.naming.linking import link  # it reads models

        link(self)

    def check_note(self, note: str) -> None:
        """Raise ``CannotNow`` where a public note gives a name that the appeal gives no more."""
        from appeals.checks.dismissing import names_the_gone  # it reads models

        appeal = getattr(self, "appeal", self)
        signed = hasattr(appeal, "signatories")  # a post has names in its text, and nobody's below
        if signed and note.strip() and names_the_gone(note, appeal):
            raise CannotNow(gettext("Your reason gives a name that is no longer public here."))

    def own_texts(self) -> Any:
        """Return the texts that an edition of this has, as ``appeals.naming.finding.Said``."""
        raise TypeError(f"{type(self).__name__} does not say what its texts are")

    @classmethod
    def saying(cls, word: str) -> models.Q:
        """Return, as a condition, which of these have a word in their text."""
        raise TypeError(f"{cls.__name__} does not say where its texts are")

    def names_content(self) -> dict[str, Any]:
        """Return what readers are told of the spellings; nothing where there is nothing to say.

        Editions of the time before there was a memory say nothing either.
        """
        rows = [
            {"text": variant.text, "canonical": variant.name.text}
            for variant in self.part("names")  # type: ignore[attr-defined]
            if variant.is_another_spelling
        ]
        rows.sort(key=lambda row: (row["text"], row["canonical"]))
        return {"names": rows} if rows else {}
