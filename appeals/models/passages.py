"""Passages: the unit in which an original and its translations are aligned."""

from typing import Any

from django.db import models
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

    def content(self) -> dict[str, Any]:
        """Return what a page may show of this passage."""
        return {"key": self.key, "kind": self.kind, "text": self.text}
