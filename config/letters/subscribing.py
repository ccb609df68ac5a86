"""Asking for letters, confirming that one did, and leaving."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from config.letters.models import ASKED_AGAIN, Subscription
from config.letters.sending import ask_to_confirm
from editorial.languages import spoken

logger = logging.getLogger(__name__)

#: More than so many addresses an hour is no readership but an attack on other people's post.
AN_HOUR = 200


def ask(address: str, rhythm: str) -> None:
    """Write to an address whether it wants letters: once a day at most, however often it is asked.

    Nobody learns from it whether the address was known.
    """
    now = timezone.now()
    if Subscription.objects.filter(asked_at__gt=now - timedelta(hours=1)).count() >= AN_HOUR:
        logger.warning("Too many addresses were given within an hour: no more are written to.")
        return
    with transaction.atomic():
        found, made = Subscription.objects.get_or_create(
            address=address, defaults={"rhythm": rhythm, "asked_at": now}
        )
        again = Subscription.objects.filter(
            pk=found.pk, confirmed_at=None, asked_at__lte=now - ASKED_AGAIN
        )
        changes = {"rhythm": rhythm, "language": spoken(), "asked_by_mail": False}
        if not made and not again.update(asked_at=now, **changes):
            return
    ask_to_confirm(now, only=found.pk)


def confirm(key: str) -> bool:
    """Begin to send letters; return whether there is such a subscription."""
    now = timezone.now()
    asked = Subscription.objects.filter(key=key)
    asked.filter(confirmed_at=None).update(confirmed_at=now, sent_until=now, failures=0)
    return asked.exists()


def leave(key: str) -> None:
    """Forget an address. Who has left already has left."""
    Subscription.objects.filter(key=key).delete()
