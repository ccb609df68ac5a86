"""Sparing strangers our mail: how often an address was asked, and that it left.

Anybody can type anybody's address. So what was mailed there is counted apart from the address,
under a mark that stays when the address is erased: an HMAC whose key lies in a file beside the
database and lives for a year at most. From the marks alone nothing can be told, and once the key
is gone, not even whether a guess is right.
"""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from blog.guarding.keys import kept_keys
from blog.models import AddressMark

#: How often an address that never said yes is asked within a fortnight, whoever typed it.
MOST_QUESTIONS = 3
FORTNIGHT = timedelta(days=14)
#: A key lives from some day of one half of a year to the end of the next one.
YEAR = timedelta(days=366)


def marks_of(address: str) -> list[str]:
    """Return the mark of an address, and the one it had in the half of the year before.

    Raises:
        OSError: the keys' file cannot be written.
    """
    now = timezone.now().astimezone(UTC)
    keys = kept_keys(settings.ADDRESS_KEY_FILE, half(now), half_before(now))
    said = mailbox(address).encode()
    return [hmac.new(key, said, hashlib.sha256).hexdigest()[:32] for key in keys]


def half(moment: datetime) -> bytes:
    """Return the first day of the half of a year."""
    return f"{moment.year}-{'01' if moment.month <= 6 else '07'}-01".encode()


def half_before(moment: datetime) -> bytes:
    first = datetime.fromisoformat(half(moment).decode())
    return half(first - timedelta(days=1))


def mailbox(address: str) -> str:
    """Return whose mail an address is, whatever is written after a plus sign or in capitals."""
    local, _at, host = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0] or local}@{host}"


def is_spared(address: str) -> bool:
    """Tell whether an address is not to be asked: it left, or was asked enough. One query.

    Raises:
        OSError: the keys' file cannot be written, and so nobody can tell.
    """
    known = AddressMark.objects.filter(mark__in=marks_of(address))
    asked = [row.at for row in known if not row.has_left]
    recent = sum(at > timezone.now() - FORTNIGHT for at in asked)
    return recent >= MOST_QUESTIONS or len(asked) < len(known)


def note_question(address: str) -> None:
    """Count a question."""
    AddressMark.objects.create(mark=marks_of(address)[0])


def note_yes(address: str) -> None:
    """Count no question that was put before: whoever reads mail there wants it."""
    AddressMark.objects.filter(mark__in=marks_of(address)).delete()


def note_leaving(address: str) -> None:
    """Remember that somebody left, and no more of them than that."""
    note_yes(address)
    AddressMark.objects.create(mark=marks_of(address)[0], has_left=True)


def forget_marks(now: Any = None) -> int:
    """Remove the marks that count no more, and those whose key is gone; return how many."""
    now = now or timezone.now()
    old = AddressMark.objects.filter(at__lt=now - YEAR)
    old |= AddressMark.objects.filter(at__lt=now - FORTNIGHT, has_left=False)
    return old.delete()[0]
