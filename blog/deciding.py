"""What a moderator decides about comments, on one or on many at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from blog.models import Comment
from editorial.moving import Wish, move_each
from editorial.states import CannotNow, NeedsReason


@dataclass(frozen=True)
class Choice:
    """What is to become of one comment, and as what the moderator saw it."""

    comment: Comment
    move: str
    seen: str
    reason: str = ""
    #: The revision the moderator saw: who corrects their comment raises it.
    revision: int | None = None


def revision_seen(sent: str) -> int | None:
    """Read the revision that a form carried; None where it carried none."""
    return int(sent) if sent.isdecimal() and len(sent) < 10 else None


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

    def refuse(self, choice: Choice, refusal: CannotNow) -> None:
        """Note why a choice was not made."""
        if isinstance(refusal, NeedsReason):
            why = _("Please say why: your colleagues will want to know.")
            self.unexplained.append((choice, why))
        else:
            self.refused.append((choice, str(refusal)))


def decide(choice: Choice, *, by: Any) -> None:
    """Make one choice happen.

    Raises:
        MayNot: this person does not moderate.
        NeedsReason: there is none, and colleagues will ask.
        CannotNow: a colleague was faster.
    """
    outcome = decide_each([choice], by=by)
    for _choice, why in outcome.unexplained:
        raise NeedsReason(why)
    for _choice, why in outcome.refused:
        raise CannotNow(why)


@transaction.atomic
def decide_each(choices: Iterable[Choice], *, by: Any) -> Outcome:
    """Make every choice happen that can; none stops another. Of two on a comment, the first.

    However many comments there are, each move asks the same number of questions.

    Raises:
        MayNot: this person does not moderate.
    """
    first: dict[int, Choice] = {}
    for choice in choices:
        first.setdefault(choice.comment.pk, choice)
    lock(first)
    outcome = Outcome()
    for name in Comment.moves:
        pile = [choice for choice in first.values() if choice.move == name]
        wishes = [Wish(c.comment, c.reason, c.revision, c.seen) for c in pile]
        moved = move_each(wishes, name, by=by)
        outcome.done.update({name: len(moved.decisions)} if moved.decisions else {})
        for wish, refusal in moved.refused:
            outcome.refuse(first[wish.item.pk], refusal)
    return outcome


def lock(comments: Iterable[int]) -> None:
    """Lock comments for whatever moves follow, in one order: nobody waits for each other."""
    rows = Comment.objects.select_for_update().filter(pk__in=list(comments)).order_by("pk")
    list(rows.values("pk"))
