"""Sending letters: each is claimed before it is sent, and a failure waits longer each time."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import override

from config.letters.models import TRIES, Subscription
from config.letters.writing import News, letter, moments, news, request
from config.masthead import showing as masthead

logger = logging.getLogger(__name__)

#: How long one process may take over a letter before another one takes it up.
LEASE = timedelta(minutes=10)
#: How long the first failure waits; each further one waits twice as long as the one before.
FIRST_WAIT = timedelta(minutes=15)


@dataclass
class Outcome:
    sent: int = 0
    failed: int = 0
    nothing_new: int = 0
    forgotten: int = 0


def ask_to_confirm(now: datetime, *, only: int | None = None) -> Outcome:
    """Send the requests to confirm that are due, of one address or of all."""
    due = Subscription.objects.to_confirm(now)
    outcome = Outcome()
    for subscription in due.filter(pk=only) if only else due:
        if claim(subscription, now):
            send(subscription, now, request, outcome, asked_by_mail=True)
    return outcome


@masthead.once()
def send_letters(now: datetime) -> Outcome:
    """Forget who did not confirm, and send every letter that is due.

    Where nothing is new no letter is sent, and the next one is due a day or a week later.
    """
    outcome = ask_to_confirm(now)
    outcome.forgotten = Subscription.objects.unconfirmed(now).delete()[0]
    due = list(Subscription.objects.due(now))
    told: dict[Any, News] = {since: news(since, now) for since in moments(due)}
    for subscription in due:
        fresh = told[subscription.sent_until]
        if not claim(subscription, now):
            continue
        if fresh:
            send(subscription, now, partial(letter, told=fresh), outcome, sent_until=now)
        else:
            done(subscription, sent_until=now)
            outcome.nothing_new += 1
    return outcome


def claim(subscription: Subscription, now: datetime) -> bool:
    """Take a letter for this process; return whether nobody else had it."""
    mine = Subscription.objects.unheld(now).filter(
        pk=subscription.pk, sent_until=subscription.sent_until
    )
    return bool(mine.update(not_before=now + LEASE))


def send(
    subscription: Subscription,
    now: datetime,
    write: Callable[[Any], EmailMultiAlternatives],
    outcome: Outcome,
    **changes: Any,
) -> None:
    """Send a claimed letter, and write down that it was sent or that it has to wait."""
    try:
        with override(subscription.language):
            write(subscription).send()
    except Exception as error:
        logger.warning("A letter could not be sent: %s", type(error).__name__)
        wait(subscription, now)
        outcome.failed += 1
    else:
        done(subscription, **changes)
        outcome.sent += 1


def done(subscription: Subscription, **changes: Any) -> None:
    rows = Subscription.objects.filter(pk=subscription.pk)
    rows.update(not_before=None, failures=0, **changes)


def wait(subscription: Subscription, now: datetime) -> None:
    """Let a failed letter wait; forget an address that failed too often in a row."""
    failures = subscription.failures + 1
    row = Subscription.objects.filter(pk=subscription.pk)
    if failures >= TRIES:
        row.delete()
        return
    row.update(failures=failures, not_before=now + FIRST_WAIT * 2 ** (failures - 1))
