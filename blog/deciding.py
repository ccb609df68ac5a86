"""What a moderator decides about comments, on one or on many at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from blog.models import Comment
from editorial.moving import move
from editorial.states import CannotNow, NeedsReason


@dataclass(frozen=True)
class Choice:
    """What is to become of one comment, and as what the moderator saw it."""

    comment: Comment
    move: str
    seen: str
    reason: str = ""


@dataclass
class Outcome:
    """What became of the choices: how many of each move, and which were refused and why."""

    done: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[Choice, str]] = field(default_factory=list)
    unexplained: list[tuple[Choice, str]] = field(default_factory=list)

    def said(self) -> str:
        """Return what was done, in one line; nothing when nothing was."""
        steps = [(step, self.done[name]) for name, step in Comment.moves.items()]
        return ", ".join(f"{count} {step.done}" for step, count in steps if count)


def decide(choice: Choice, *, by: Any) -> None:
    """Make one choice happen.

    Raises:
        MayNot: this person does not moderate.
        NeedsReason: there is none, and colleagues will ask.
        CannotNow: a colleague was faster.
    """
    if Comment.moves[choice.move].needs_reason and not choice.reason.strip():
        raise NeedsReason(_("Please say why: your colleagues will want to know."))
    move(choice.comment, choice.move, by=by, reason=choice.reason, seen=choice.seen)


def decide_each(choices: Iterable[Choice], *, by: Any) -> Outcome:
    """Make every choice happen that can; each one by itself, so that none stops another.

    Raises:
        MayNot: this person does not moderate.
    """
    outcome = Outcome()
    for choice in choices:
        try:
            decide(choice, by=by)
        except NeedsReason as refusal:
            outcome.unexplained.append((choice, str(refusal)))
        except CannotNow as refusal:
            outcome.refused.append((choice, str(refusal)))
        else:
            outcome.done[choice.move] += 1
    return outcome
