"""The states of a working copy and the moves between them, as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from editorial.models import Decision, Movable


class State(TextChoices):
    """Where a working copy stands. Whether something is public is not a state."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")
    APPROVED = "approved", _("approved")


class MayNot(PermissionDenied):
    """This person may not do this."""


class CannotNow(Exception):
    """Nobody can do this from here: the item stands elsewhere, or lacks something."""


class NeedsReason(CannotNow):
    """The move must be explained to the person it concerns."""


Guard = Callable[["Movable", Any], None]
Effect = Callable[["Movable", Any, "Decision"], None]
Columns = Callable[[datetime], Mapping[str, Any]]


def nothing_else(moment: datetime) -> Mapping[str, Any]:
    """Return the columns that a move sets beside the state: none."""
    return {}


@dataclass(frozen=True)
class Move:
    """One move: from which states, to which, by whose permission, and on what conditions.

    ``permission`` is the verb of a model permission: "review" on a post asks for
    ``blog.review_post``. Guards raise ``MayNot`` or ``CannotNow``; the effect runs in the same
    transaction as the move. ``sets`` returns the columns that are set together with the state, for
    the moment of the move.
    """

    name: str
    label: Any
    done: Any
    sources: frozenset[str]
    target: str
    permission: str
    needs_reason: bool = False
    guards: tuple[Guard, ...] = ()
    effect: Effect | None = None
    sets: Columns = nothing_else


Moves = Mapping[str, Move]


def table(*moves: Move) -> dict[str, Move]:
    """Return the moves by name."""
    return {move.name: move for move in moves}
