"""What moderators decide about comments, and what their writers may still do with them."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy, pgettext_lazy

from editorial.states import Move, table


class Status(TextChoices):
    """Where a comment stands. Everything but "approved" is invisible to readers."""

    HELD = "held", gettext_lazy("held")
    APPROVED = "approved", gettext_lazy("approved")
    REJECTED = "rejected", gettext_lazy("rejected")
    SPAM = "spam", gettext_lazy("spam")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn by its writer")


#: What moderators decide between. What its writer took back is nobody else's to decide.
MODERATED = frozenset(set(Status) - {Status.WITHDRAWN})


def to(name: str, target: Status, label: Any, done: Any, needs_reason: bool = False) -> Move:
    """Return the moderator's move to a status, from every other one."""
    return Move(
        name,
        label,
        done,
        MODERATED - {target},
        target,
        "moderate",
        needs_reason=needs_reason,
    )


MODERATION = table(
    to(
        "approve",
        Status.APPROVED,
        gettext_lazy("Approve"),
        pgettext_lazy("decision", "approved"),
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
