"""Accepting a rendering: the moves of one passage in one translation."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editorial.editing import editing
from editorial.states import CannotNow, MayNot, Move, State, table


def has_text(rendering: Any, by: Any) -> None:
    """Guard: an empty rendering cannot be accepted."""
    if not rendering.text.strip():
        raise CannotNow(_("There is no rendering to accept yet."))


def somebody_else(rendering: Any, by: Any) -> None:
    """Guard: nobody accepts the rendering that they wrote last."""
    if settings.EDITORIAL_FOUR_EYES and rendering.author_id == by.pk:
        raise MayNot(_("You wrote this rendering, so somebody else accepts it."))


def accept_against(rendering: Any, by: Any, decision: Any) -> None:
    """Effect: remember what the original said; an approval of the older pairing lapses."""
    with editing(rendering.translation, by=None):
        rendering.accepted_digest = rendering.passage.digest
        rendering.save(update_fields=["accepted_digest"])


PASSAGE_MOVES = table(
    Move(
        "accept",
        gettext_lazy("Accept"),
        pgettext_lazy("decision", "accepted"),
        frozenset({State.DRAFT, State.CHANGES_REQUESTED, State.APPROVED}),
        State.APPROVED,
        "appeals.review_translation",
        guards=(has_text, somebody_else),
        effect=accept_against,
    ),
    Move(
        "send_back",
        gettext_lazy("Send back with a reason"),
        pgettext_lazy("decision", "sent back"),
        frozenset({State.DRAFT, State.APPROVED}),
        State.CHANGES_REQUESTED,
        "appeals.review_translation",
        needs_reason=True,
        guards=(has_text,),
    ),
)
