"""The guard's verdict on a comment that is about to be kept. It holds; it never refuses."""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone

from blog.guarding import limits, reasons
from blog.guarding.exposing import findings
from blog.guarding.likeness import Likeness, likeness, remember
from blog.guarding.linking import links
from blog.guarding.rules import holding, note_catches
from blog.guarding.scoring import UNKNOWN, score
from blog.guarding.tickets import Ticket, is_spent, spend
from blog.models import Comment, Rule
from editorial.models import random_key

#: Any number that nothing else locks by: who accepts a comment holds it until it is stored.
ONE_AT_A_TIME = 0x42726F61


@dataclass(frozen=True)
class Sent:
    """A comment as it came, and what is known of how it came."""

    #: None for what is on no post.
    post_id: int | None
    text: str
    name: str = ""
    source: str = ""
    is_trapped: bool = False
    ticket: Ticket | None = None


@dataclass
class Verdict:
    """Why a comment is held, beyond that all are; nothing speaks against it when none are given."""

    reasons: list[str]
    likeness: Likeness
    ticket: Ticket | None = None
    rules: list[Rule] = field(default_factory=list)
    score: int = UNKNOWN
    key: str = field(default_factory=random_key)

    @property
    def holds(self) -> bool:
        """Whether a moderator reads it first, whatever the post's mode allows.

        What came without a ticket, straight from a page that is the same for all, does: nobody
        knows how fast it was written.
        """
        return bool(self.reasons) or self.ticket is None

    def columns(self) -> dict[str, Any]:
        """Return what is kept of it in the comment's row."""
        alike = self.likeness.founder or self.key
        return {
            "key": self.key,
            "reasons": self.reasons,
            "alike": alike,
            "score": self.score,
        }

    def keep(self, comment: Comment) -> None:
        """Keep what later comments are held against, once the comment's row is there."""
        remember(comment, self.likeness)
        if self.ticket:
            spend(self.ticket)
        note_catches(comment, self.rules)


def wait_in_line() -> None:
    """Let comments be accepted one after another, so that none is missed by the next one's count.

    On SQLite the transaction itself does so since it began (IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def examine(sent: Sent) -> Verdict:
    """Come to a verdict, in a number of queries that depends on nothing."""
    now = timezone.now()
    alike = likeness(sent.text, now)
    found = {
        reasons.TRAP: sent.is_trapped,
        reasons.LINK: bool(links(f"{sent.name}\n{sent.text}")),
        reasons.FAST: sent.ticket is not None and sent.ticket.is_too_young,
        reasons.REUSED: sent.ticket is not None and is_spent(sent.ticket),
        reasons.ALIKE: alike.is_suspect,
        reasons.SOURCE: limits.too_much_from(sent.source, now),
        reasons.SURGE: limits.is_surging(sent.post_id, now),
    }
    exposed = {finding.kind for finding in [*findings(sent.name), *findings(sent.text)]}
    codes = [code for code, is_so in found.items() if is_so]
    codes += [reasons.EXPOSED + kind for kind in sorted(exposed)]
    said = f"{sent.name}\n{sent.text}"
    rules = holding(said)
    codes += [f"{reasons.RULE}{rule.pk}" for rule in rules]
    return Verdict(codes, alike, sent.ticket, rules, score(said))
