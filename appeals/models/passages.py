"""Passages: the unit in which an original and its translations are aligned."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.fields import DigestField
from editorial.models import random_key


def passage_key() -> str:
    """Return a random key for a passage: stable for ever, and telling nothing."""
    return random_key(6)


class Passage(models.Model):
    """One passage of the original. Empty text means "not transcribed"."""

    class Kind(models.TextChoices):
        TITLE = "title", _("title")
        SALUTATION = "salutation", _("salutation")
        HEADING = "heading", _("heading")
        PARAGRAPH = "paragraph", _("paragraph")
        SLOGAN = "slogan", _("slogan")
        SIGNATURE = "signature", _("signature block")

    #: Kinds in which every word may begin with a capital.
    HEADLINES = frozenset({Kind.TITLE, Kind.HEADING, Kind.SLOGAN})

    appeal = models.ForeignKey("appeals.Appeal", models.CASCADE, related_name="passages")
    key = models.SlugField(_("key"), max_length=40, default=passage_key)
    position = models.PositiveIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PARAGRAPH)
    text = models.TextField(
        _("original"),
        blank=True,
        help_text=_("Empty: not transcribed. A blank line: paragraph."),
    )
    digest = DigestField(of="text")
    #: The key of the passage it was split from: there its renderings' history goes on.
    split_from = models.CharField(max_length=40, blank=True, editable=False)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "key"], name="passage_key_once"),
        ]

    def __str__(self) -> str:
        return f"§ {self.key}"

    @property
    def is_transcribed(self) -> bool:
        return bool(self.text)

    def keep_text(self) -> None:
        """Keep what this says now: a rendering of it is being accepted."""
        kept = PassageText(appeal_id=self.appeal_id, text=self.text)
        PassageText.objects.bulk_create([kept], ignore_conflicts=True)

    def content(self) -> dict[str, Any]:
        """Return what a page may show of this passage."""
        return {"key": self.key, "kind": self.kind, "text": self.text}


class PassageText(models.Model):
    """A text that an original once had, kept because a rendering was accepted against it."""

    appeal = models.ForeignKey("appeals.Appeal", models.CASCADE, related_name="kept_texts")
    digest = DigestField(of="text")
    text = models.TextField(_("original"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("text as accepted")
        verbose_name_plural = _("texts as accepted")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "digest"], name="passage_text_once"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class PassageAlias(models.Model):
    """The key of a passage that went into another: it leads there for ever."""

    appeal = models.ForeignKey("appeals.Appeal", models.CASCADE, related_name="passage_aliases")
    key = models.CharField(_("key"), max_length=40)
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="aliases")
    #: In the order of the texts that were joined.
    position = models.PositiveIntegerField(default=0)
    #: The id of the row that is gone: what its renderings' history goes by.
    former_id = models.PositiveBigIntegerField()
    #: Whether an edition has this key. Readers hear of no others.
    in_edition = models.BooleanField(default=False)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("former key")
        verbose_name_plural = _("former keys")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "key"], name="passage_alias_once"),
        ]

    def __str__(self) -> str:
        return f"§ {self.key} → {self.passage}"
