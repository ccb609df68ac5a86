"""Receipts: private links by which writers come back to what they wrote."""

import secrets
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.canonical import sha256


class ReceiptQuerySet(models.QuerySet[Any]):
    def opened_by(self, token: str) -> Self:
        """Return the receipt that a link's token opens, if there is one."""
        return self.filter(token_hash=sha256(token))


class Receipt(models.Model):
    """One link to one comment. Who holds it wrote the comment; who that is nobody knows.

    Only a hash of its token is stored: a copy of the database opens no receipt.
    """

    comment = models.ForeignKey("blog.Comment", models.CASCADE, related_name="receipts")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"

    @classmethod
    def make(cls, comment: Any) -> str:
        """Make one more link to a comment; return its token, which is kept nowhere."""
        token = secrets.token_urlsafe(24)
        cls.objects.create(comment=comment, token_hash=sha256(token))
        return token
