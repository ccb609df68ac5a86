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
    if not settings.EDITORIAL_FOUR_EYES:
        return
    if rendering.is_by(by):
        raise MayNot(_("You wrote this rendering, so somebody else accepts it."))
    if rendering.is_vouched and rendering.vouched_by_id == by.pk:
        raise MayNot(_("You say that the meaning is unchanged, so somebody else confirms it."))


def somebody_said_so(rendering: Any, by: Any) -> None:
    """Guard: that the meaning is unchanged is said by one person and confirmed by another."""
    if not rendering.is_vouched:
        raise CannotNow(_("Nobody says yet that the meaning is unchanged."))


def original_changed(rendering: Any, by: Any) -> None:
    """Guard: it was accepted against another original than today's."""
    if rendering.accepted_digest == rendering.passage.digest:
        raise CannotNow(_("The original says what it said when this was accepted."))


def accept_against(rendering: Any, by: Any, decision: Any) -> None:
    """Effect: remember what the original said; an approval of the older pairing lapses."""
    with editing(rendering.translation, by=None):
        rendering.accepted_digest = rendering.passage.digest
        rendering.vouched_by, rendering.vouched_digest, rendering.also_by = None, "", ""
        fields = ["accepted_digest", "vouched_by", "vouched_digest", "also_by"]
        rendering.save(update_fields=fields)
    rendering.passage.keep_text()


def vouch(rendering: Any, by: Any, decision: Any) -> None:
    """Effect: remember who says so, and of which original."""
    rendering.vouched_by, rendering.vouched_digest = by, rendering.passage.digest
    rendering.save(update_fields=["vouched_by", "vouched_digest"])


def take_back(rendering: Any, by: Any, decision: Any) -> None:
    """Effect: nobody says any more that the meaning is unchanged."""
    rendering.vouched_by, rendering.vouched_digest = None, ""
    rendering.save(update_fields=["vouched_by", "vouched_digest"])


PASSAGE_MOVES = table(
    Move(
        "accept",
        gettext_lazy("Accept"),
        pgettext_lazy("decision", "accepted"),
        frozenset({State.DRAFT, State.CHANGES_REQUESTED}),
        State.APPROVED,
        "appeals.review_translation",
        guards=(has_text, somebody_else),
        effect=accept_against,
    ),
    Move(
        "confirm",
        gettext_lazy("Confirm: meaning unchanged"),
        pgettext_lazy("decision", "meaning confirmed"),
        frozenset({State.APPROVED}),
        State.APPROVED,
        "appeals.review_translation",
        guards=(somebody_said_so, somebody_else),
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
    Move(
        "vouch",
        gettext_lazy("Meaning unchanged"),
        pgettext_lazy("decision", "meaning unchanged, to be confirmed"),
        frozenset({State.APPROVED}),
        State.APPROVED,
        "appeals.change_rendering",
        guards=(original_changed,),
        effect=vouch,
    ),
    Move(
        "translate_again",
        gettext_lazy("Translate again"),
        pgettext_lazy("decision", "to be translated again"),
        frozenset({State.APPROVED}),
        State.DRAFT,
        "appeals.change_rendering",
        guards=(original_changed,),
        effect=take_back,
    ),
)
