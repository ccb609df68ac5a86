"""What moderators decide about comments."""

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


def to(name: str, target: Status, label: Any, done: Any, needs_reason: bool = False) -> Move:
    """Return the moderator's move to a status, from every other one."""
    return Move(
        name,
        label,
        done,
        frozenset(set(Status) - {target}),
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
