"""What moderators decide about comments, and what their writers may still do with them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, TextChoices
from django.utils.translation import gettext_lazy, pgettext_lazy

from editorial.states import Move, table


class Status(TextChoices):
    """Where a comment stands. Everything but "approved" is invisible to readers."""

    HELD = "held", gettext_lazy("held")
    APPROVED = "approved", gettext_lazy("approved")
    REJECTED = "rejected", gettext_lazy("rejected")
    SPAM = "spam", gettext_lazy("spam")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn by its writer")


class Mode(TextChoices):
    """What happens to a comment when it arrives."""

    HOLD = "hold", gettext_lazy("open: a moderator reads each one first")
    FIRST = "first", gettext_lazy("open: a moderator reads the first from each source")
    DIRECT = "direct", gettext_lazy("open: they appear at once")
    CLOSED = "closed", gettext_lazy("closed")


#: What moderators decide between. What its writer took back is nobody else's to decide.
MODERATED = frozenset(set(Status) - {Status.WITHDRAWN})


class Ground(TextChoices):
    """Why a comment is rejected: what figures count, and what its writer reads."""

    OFF_SUBJECT = "off_subject", gettext_lazy("Off the subject")
    INSULT = "insult", gettext_lazy("Insults somebody")
    THREAT = "threat", gettext_lazy("Threatens, or calls for violence")
    PRIVATE = "private", gettext_lazy("Reveals personal data")
    UNFOUNDED = "unfounded", gettext_lazy("Says as a fact what nobody can check")
    ADVERT = "advert", gettext_lazy("Advertises")
    REPEATED = "repeated", gettext_lazy("Was said already")
    OTHER = "other", gettext_lazy("Another reason")


#: An undo that was pressed in time may take this long to be done.
GRACE = timedelta(seconds=5)


def undo_time() -> timedelta:
    """Return how long a decision can be undone."""
    return timedelta(seconds=settings.COMMENTS_UNDO_SECONDS)


def in_force_from(moment: datetime) -> datetime:
    """Return when a decision of a moment begins to hold for readers."""
    return moment + undo_time() + GRACE if settings.COMMENTS_UNDO_SECONDS else moment


def decided(moment: datetime) -> Mapping[str, Any]:
    """Return what every decision sets: from when on it holds. Nobody has it on a sheet any more.

    What is taken from readers is gone at once: ``public()`` asks for the state as well.
    """
    return {
        "in_force_from": in_force_from(moment),
        "ground": "",
        "claimed_by": None,
        "claimed_until": None,
    }


def put_back(moment: datetime) -> Mapping[str, Any]:
    """Return what holding sets: whoever still has the comment open looks at it again."""
    return {**decided(moment), "revision": F("revision") + 1}


def to(name: str, target: Status, label: Any, done: Any, needs_reason: bool = False) -> Move:
    """Return the moderator's move to a status, from every other; what is held can be held on."""
    return Move(
        name,
        label,
        done,
        MODERATED if target == Status.HELD else MODERATED - {target},
        target,
        "moderate",
        needs_reason=needs_reason,
        sets=put_back if target == Status.HELD else decided,
    )


MODERATION = table(
    to(
        "approve",
        Status.APPROVED,
        gettext_lazy("Approve"),
        pgettext_lazy("comment decision", "approved"),
    ),
    to(
        "reject",
        Status.REJECTED,
        gettext_lazy("Reject with a reason"),
        pgettext_lazy("decision", "rejected"),
        needs_reason=True,
    ),
    to(
        "mark_spam",
        Status.SPAM,
        gettext_lazy("Mark as spam"),
        pgettext_lazy("decision", "marked as spam"),
    ),
    to("hold", Status.HELD, gettext_lazy("Hold"), pgettext_lazy("decision", "held")),
)


#: What the site decides by itself.
BY_ITSELF = {"appear": pgettext_lazy("decision", "appeared at once")}
KEPT = {"keep": pgettext_lazy("decision", "looked at, and kept")}


def own(name: str, sources: frozenset[Status], target: Status, label: Any, done: Any) -> Move:
    """Return what a writer may do with their own; no role includes it, only their receipt."""
    return Move(name, label, done, frozenset(sources), target, "blog.hold_receipt")


#: The writer's moves, made by ``blog.receipts`` for whoever holds the link.
WRITERS = table(
    own(
        "correct",
        frozenset(Status),
        Status.HELD,
        gettext_lazy("Send it again"),
        pgettext_lazy("decision", "corrected and sent again"),
    ),
    own(
        "withdraw",
        MODERATED,
        Status.WITHDRAWN,
        gettext_lazy("Withdraw it"),
        pgettext_lazy("decision", "withdrawn by its writer"),
    ),
    own(
        "erase",
        frozenset(Status),
        Status.WITHDRAWN,
        gettext_lazy("Erase it"),
        pgettext_lazy("decision", "erased by its writer"),
    ),
)
