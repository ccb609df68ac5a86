"""Who gets letters: an address, and nothing else about anybody."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.languages import spoken
from editorial.models import random_key

#: How long an address that nobody confirmed is kept.
UNCONFIRMED = timedelta(days=2)
#: How often one address is asked to confirm at most.
ASKED_AGAIN = timedelta(days=1)
#: After so many letters in a row that could not be sent, the address is forgotten.
TRIES = 8


def new_key() -> str:
    return random_key(32)


class Rhythm(models.TextChoices):
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("once a week")


#: A letter may be a little early: the command that sends them does not run to the second.
EVERY = {
    Rhythm.DAILY: timedelta(days=1) - timedelta(hours=1),
    Rhythm.WEEKLY: timedelta(days=7) - timedelta(hours=1),
}


class SubscriptionQuerySet(models.QuerySet[Any]):
    def unheld(self, now: datetime) -> Self:
        """Return those for whom no failure or other process asks to wait."""
        return self.filter(Q(not_before=None) | Q(not_before__lte=now))

    def to_confirm(self, now: datetime) -> Self:
        """Return those whose request to confirm has not been sent."""
        return self.unheld(now).filter(confirmed_at=None, asked_by_mail=False)

    def due(self, now: datetime) -> Self:
        """Return those whose next letter is due."""
        is_due = [Q(rhythm=rhythm, sent_until__lte=now - every) for rhythm, every in EVERY.items()]
        return self.unheld(now).exclude(confirmed_at=None).filter(is_due[0] | is_due[1])

    def unconfirmed(self, now: datetime) -> Self:
        """Return those whose time to confirm is over."""
        return self.filter(confirmed_at=None, asked_at__lt=now - UNCONFIRMED)


class Subscription(models.Model):
    """An address that asked for letters. Leaving removes the row: there is no list of who left."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    address = models.EmailField(_("address"), unique=True)
    rhythm = models.CharField(_("how often"), max_length=6, choices=Rhythm, default=Rhythm.WEEKLY)
    #: Of the page on which letters were asked for: they speak it, too.
    language = models.CharField(_("language"), max_length=20, default=spoken)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    asked_by_mail = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    #: What was public for the first time until then is known to the reader.
    sent_until = models.DateTimeField(_("last letter"), null=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    not_before = models.DateTimeField(null=True)

    objects: ClassVar[Any] = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription by e-mail")
        verbose_name_plural = _("subscriptions by e-mail")
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address

    def forget(self, needle: Any) -> bool:
        """Go, when a name that is taken out of everything is in the address."""
        if not needle.is_in(self.address, address=True):
            return False
        self.delete()
        return True
