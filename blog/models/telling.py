"""Where writers are told of replies: a table of its own, from which every row goes by itself."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.core import signing
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.languages import spoken
from editorial.models import random_key

#: How long an address is kept that nobody has confirmed, and one that somebody has.
UNCONFIRMED, CONFIRMED = timedelta(days=14), timedelta(days=90)
#: How often a mail is tried.
TRIES = 12


def link_key() -> str:
    return random_key(16)


def soon() -> datetime:
    """Return when an address that nobody confirms is forgotten."""
    return timezone.now() + UNCONFIRMED


class ReplyAddress(models.Model):
    """An address to which replies to one comment are mailed, once its holder has said yes."""

    SALT = "blog.telling"

    comment = models.OneToOneField("blog.Comment", models.CASCADE, related_name="told_at")
    address = models.EmailField(_("e-mail address"))
    #: Of the page on which it was given: mails speak it, too.
    language = models.CharField(max_length=20, default=spoken, editable=False)
    #: What its links carry, signed: a copy of the database alone opens none.
    key = models.CharField(max_length=16, unique=True, default=link_key, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(default=soon, db_index=True, editable=False)

    class Meta:
        verbose_name = _("address for replies")
        verbose_name_plural = _("addresses for replies")

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("blog:replies", args=[self.token])

    @property
    def token(self) -> str:
        return signing.dumps(self.key, salt=self.SALT)

    def forget(self, needle: Any) -> bool:
        """Go altogether where a redaction would leave half an address."""
        if not needle.is_in(self.address, address=True):
            return False
        self.delete()
        return True

    @classmethod
    def opened_by(cls, token: str) -> "ReplyAddress | None":
        """Return the address whose link this is, while it is kept."""
        try:
            key = signing.loads(token, salt=cls.SALT)
        except signing.BadSignature:
            return None
        kept = cls.objects.filter(expires_at__gt=timezone.now())
        return kept.filter(key=key).select_related("comment").first()


class AddressMark(models.Model):
    """That an address was asked, or left: by a mark which is nobody's once its key is gone.

    It outlives the address, so that who has one kept, erased and kept again has no mail sent to a
    stranger without end (``blog.comments.sparing``).
    """

    mark = models.CharField(max_length=32, db_index=True, editable=False)
    at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    has_left = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("mark of an address")
        verbose_name_plural = _("marks of addresses")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class ReplyMailQuerySet(models.QuerySet[Any]):
    def due(self) -> Self:
        """Return what nobody sent or is sending."""
        kept = self.filter(claimed_at=None, tries__lt=TRIES, to__expires_at__gt=timezone.now())
        return kept.order_by("pk")


class ReplyMail(models.Model):
    """One mail to one address: of a reply, or, without one, the question whether it wants any.

    What a mail server said is not kept: it repeats addresses.
    """

    to = models.ForeignKey(ReplyAddress, models.CASCADE, related_name="mails")
    reply = models.ForeignKey("blog.Comment", models.CASCADE, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    objects = ReplyMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail about a reply")
        verbose_name_plural = _("mails about replies")
        constraints = [
            models.UniqueConstraint(fields=["to", "reply"], name="told_of_a_reply_once"),
            models.UniqueConstraint(
                fields=["to"], condition=Q(reply=None), name="asked_to_confirm_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
