"""Tickets: what a form carries that was made for one person, at one moment, for one use.

The form on a post's page is the same for all its readers, so nothing on it can tell how long
somebody took, nor one of them from another. What it sends is shown to its writer, as what answers
them alone: that form carries a ticket, and only with one is anything taken in. It is signed and
says when it was made; it works once, and what is sent with a used one, or faster than anybody
reads, is held. Without one, or with one too old, the text is shown again and a new one with it.
"""

import secrets
import time
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from blog.models import SpentTicket
from editorial.addresses import canonical

#: What is sent sooner after its form was shown was not read by a person, in seconds.
LEAST = 2
LONGEST = 24 * 60 * 60


@dataclass(frozen=True)
class Ticket:
    """A ticket that came back: which one, and how many seconds after it was made."""

    nonce: str
    age: float

    @property
    def is_too_young(self) -> bool:
        """Whether it came back sooner than anybody reads."""
        return self.age < LEAST


def issue(path: str, at: float | None = None) -> str:
    """Return a fresh ticket for the form of a page."""
    made = int((time.time() if at is None else at) * 1000)
    return signer(path).sign(f"{made}.{secrets.token_urlsafe(12)}")


def read(path: str, sent: str) -> Ticket | None:
    """Return the ticket that came with a form; None for none, a foreign one or one too old."""
    try:
        made, _dot, nonce = signer(path).unsign(sent).partition(".")
        age = time.time() - int(made) / 1000
    except (BadSignature, ValueError):
        return None
    return Ticket(nonce, age) if 0 <= age <= LONGEST else None


def signer(path: str) -> Signer:
    return Signer(salt=f"blog.guarding.tickets:{canonical(path)}")


def is_spent(ticket: Ticket) -> bool:
    """Tell whether a ticket was used before. One query."""
    return SpentTicket.objects.filter(nonce=ticket.nonce).exists()


def spend(ticket: Ticket) -> None:
    """Let a ticket work no more. One query."""
    SpentTicket.objects.get_or_create(nonce=ticket.nonce)
