"""Texts of one piece, a title and a body: posts are such texts, and pages of the site."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_prose_editor.fields import ProseEditorField

from editorial.fields import LANGUAGE_TAG, SlugField
from editorial.languages import language_name
from editorial.models.editions import Edition
from editorial.models.working import WorkingCopy
from editorial.sanitising import sanitise, typed
from editorial.states import CannotNow


class Prose(WorkingCopy):
    """The working copy of a title and a body, in one language, perhaps a translation of another."""

    title = models.CharField(gettext_lazy("title"), max_length=300)
    slug = SlugField(gettext_lazy("slug"))
    language = models.CharField(
        gettext_lazy("language"), max_length=20, default="en", validators=[LANGUAGE_TAG]
    )
    summary = models.TextField(gettext_lazy("summary"), blank=True)
    body = ProseEditorField(
        gettext_lazy("text"),
        blank=True,
        extensions={
            "Bold": True,
            "Italic": True,
            "Underline": True,
            "Strike": True,
            "Superscript": True,
            "Subscript": True,
            "Heading": {"levels": [2, 3, 4]},
            "ListItem": True,
            "BulletList": True,
            "OrderedList": True,
            "Blockquote": True,
            "HorizontalRule": True,
            "HardBreak": True,
            "Link": {"enableTarget": False},
            "Table": True,
            "TableRow": True,
            "TableHeader": True,
            "TableCell": True,
            "HTML": True,
        },
        sanitize=typed,
    )
    translation_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=gettext_lazy("translation of"),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def content(self) -> dict[str, Any]:
        """Return everything that a page may show of this text."""
        original = self.translation_of
        return {
            "title": self.title,
            "slug": self.slug,
            "language": self.language,
            "summary": self.summary,
            "body": sanitise(self.body),
            "translation_of": original.key if original else "",
        }

    def check_ready(self) -> None:
        """Raise ``CannotNow`` while there is nothing to read."""
        if not self.body.strip():
            raise CannotNow(_("There is no text yet: nothing to review."))


class ProseEdition(Edition):
    """What readers see of such a text."""

    summary = models.TextField(gettext_lazy("summary"), blank=True)
    #: The key of the text that this one translates.
    translation_of = models.CharField(max_length=16, blank=True, db_index=True)

    sealed_redactable: ClassVar[tuple[str, ...]] = (*Edition.sealed_redactable, "summary")

    class Meta(Edition.Meta):
        abstract = True

    @classmethod
    def columns(cls, content: dict[str, Any]) -> dict[str, Any]:
        """Return the columns that lists need, derived from the content."""
        return super().columns(content) | {
            "summary": content.get("summary", ""),
            "translation_of": content.get("translation_of", ""),
        }

    def versions(self) -> list[Any]:
        """Return the live texts that say the same in other languages: the original comes first."""
        root = self.translation_of or self.key
        live = type(self).objects.live().defer("content", "salts", "redactions")
        others = live.filter(Q(key=root) | Q(translation_of=root)).exclude(key=self.key)
        return sorted(others, key=lambda other: (other.key != root, language_name(other.language)))
