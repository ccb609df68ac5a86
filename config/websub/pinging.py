"""Telling the hub: after the fact, by a task, and again later where it does not answer."""

import logging
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from config.websub.models import Ping
from config.websub.topics import topics

logger = logging.getLogger(__name__)

#: How long one process may take before another one takes over.
LEASE = timedelta(minutes=10)
#: How long the first failure waits; each further one twice as long, up to a day.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(days=1)
#: What was committed a little after its own moment is not missed: so much is told twice.
OVERLAP = timedelta(seconds=30)
#: Seconds for one answer.
PATIENCE = 10.0


class Unanswered(Exception):
    """The hub did not take what it was told."""


@dataclass
class Outcome:
    told: int = 0
    failed: bool = False


def ping(now: datetime) -> Outcome:
    """Tell the hub of the feeds that changed since it was told last; the first time, of none.

    Nothing is asked of any other machine than the one that ``WEBSUB_HUB`` names, and none at all
    where it is not set.
    """
    if not settings.WEBSUB_HUB:
        return Outcome()
    row, made = Ping.objects.get_or_create(pk=1, defaults={"told_until": now})
    if made or not claimed(row, now):
        return Outcome()
    changed = topics(row.told_until - OVERLAP, now)
    try:
        for topic in changed:
            tell(settings.WEBSUB_HUB, topic)
    except Unanswered as why:
        logger.warning("The hub was not told: %s", why)
        wait = min(FIRST_WAIT * 2 ** min(row.failures, 30), LONGEST_WAIT)
        save(failures=row.failures + 1, not_before=now + wait)
        return Outcome(failed=True)
    save(told_until=now, failures=0, not_before=None)
    return Outcome(len(changed))


def claimed(row: Ping, now: datetime) -> bool:
    """Take the task for this process; return whether nobody else had it."""
    mine = Ping.objects.unheld(now).filter(told_until=row.told_until, failures=row.failures)
    return bool(mine.update(not_before=now + LEASE))


def save(**changes: object) -> None:
    Ping.objects.filter(pk=1).update(**changes)


def tell(hub: str, topic: str) -> None:
    """Tell a hub that a feed has changed. A redirect is not followed: it may lead anywhere.

    Raises:
        Unanswered: it says no, or nothing.
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
    if not 200 <= status < 300:
        raise Unanswered(f"it answered {status}")
