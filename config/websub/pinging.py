"""Telling the hub: after the fact, by a task, and again later where it does not answer."""

import logging
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils import timezone

from config.websub.models import Ping
from config.websub.topics import mark, topics

logger = logging.getLogger(__name__)

#: How long one process may take before another one takes over.
LEASE = timedelta(minutes=10)
#: How long the first failure waits; each further one twice as long, up to a day.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(days=1)
#: What was committed a little after its own moment is not missed: so much is told twice.
OVERLAP = timedelta(seconds=30)
#: Seconds for one answer.
PATIENCE = 10.0


#: Answers of a hub that does not want this feed; it would not want it later either.
UNWANTED = {400, 409, 422}


class Unanswered(Exception):
    """The hub did not take what it was told."""


class Unwanted(Exception):
    """The hub works, and does not take this feed."""


@dataclass
class Outcome:
    told: int = 0
    refused: int = 0
    failed: bool = False


def ping(now: datetime) -> Outcome:
    """Tell the hub of the feeds that changed since it was told last; the first time, of none.

    How far it got is saved after each feed: what breaks it off does not begin it anew.

    Nothing is asked of any other machine than the one that ``WEBSUB_HUB`` names, and none at all
    where it is not set.
    """
    if not settings.WEBSUB_HUB:
        return Outcome()
    row, made = Ping.objects.get_or_create(pk=1, defaults={"told_until": now})
    if made or not claimed(row, now):
        return Outcome()
    until, done = row.round_until or now, Outcome()
    for topic in topics(row.told_until - OVERLAP, until):
        if (place := mark(topic)) <= row.told_mark:
            continue
        try:
            tell(settings.WEBSUB_HUB, topic)
            done.told += 1
        except Unwanted as why:
            logger.warning("The hub does not want %s: %s", topic, why)
            done.refused += 1
        except Unanswered as why:
            logger.warning("The hub was not told: %s", why)
            failures = 0 if done.told else row.failures
            wait = min(FIRST_WAIT * 2 ** min(failures, 30), LONGEST_WAIT)
            save(row, round_until=until, failures=failures + 1, not_before=now + wait)
            done.failed = True
            return done
        lease = timezone.now() + LEASE
        if not save(row, round_until=until, told_mark=place, not_before=lease):
            return done  # this took so long that another process went on with it
    save(row, told_until=until, round_until=None, told_mark="", failures=0, not_before=None)
    return done


def claimed(row: Ping, now: datetime) -> bool:
    """Take the task for this process; return whether nobody else had it."""
    if row.not_before and row.not_before > now:
        return False
    return save(row, not_before=now + LEASE)


def save(row: Ping, **changes: Any) -> bool:
    """Save how far it is told; return whether the row still was as this process left it."""
    same = {name: getattr(row, name) for name in ("told_until", "told_mark", "not_before")}
    saved = Ping.objects.filter(pk=row.pk, **same).update(**changes)
    for name, value in changes.items():
        setattr(row, name, value)
    return bool(saved)


def tell(hub: str, topic: str) -> None:
    """Tell a hub that a feed has changed. A redirect is not followed: it may lead anywhere.

    Raises:
        Unwanted: it says no to this feed.
        Unanswered: it says no to anything, or nothing.
    """
    parts = urlsplit(hub)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unanswered("WEBSUB_HUB is no address of the web")
    to = (parts.hostname, parts.port)
    if parts.scheme == "https":
        connection: HTTPConnection = HTTPSConnection(
            *to, timeout=PATIENCE, context=ssl.create_default_context()
        )
    else:
        connection = HTTPConnection(*to, timeout=PATIENCE)
    # Hubs call the address of a feed by either name.
    body = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Broadside"}
    try:
        connection.request("POST", path, body, headers)
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        raise Unanswered(type(error).__name__) from error
    finally:
        connection.close()
    if status in UNWANTED:
        raise Unwanted(f"it answered {status}")
    if not 200 <= status < 300:
        raise Unanswered(f"it answered {status}")
