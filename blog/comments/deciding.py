"""What a moderator decides about comments, on one or on many at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, Value, When
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from blog.comments.moderating import Ground, undo_time
from blog.models import Comment, Sheet
from editorial.languages import for_keeps, listed
from editorial.models import Decision
from editorial.moving import Wish, move_each
from editorial.numbers import whole
from editorial.states import CannotNow, NeedsReason

#: What a decision changes beside the state, and its undo puts back.
KEPT_TO_UNDO = ("waiting_since", "in_force_from", "ground")
#: A revision that no comment has.
NO_REVISION = -1
#: Moderators decided (sender: Comment; decisions), in the transaction of that; once for many.
made = Signal()

#: So many of them were.
DONE = {
    "approve": ngettext_lazy("%(n)d approved", "%(n)d approved", "n"),
    "reject": ngettext_lazy("%(n)d rejected", "%(n)d rejected", "n"),
    "mark_spam": ngettext_lazy("%(n)d marked as spam", "%(n)d marked as spam", "n"),
    "hold": ngettext_lazy("%(n)d held", "%(n)d held", "n"),
}


@dataclass(frozen=True)
class Choice:
    """What is to become of one comment, and as what the moderator saw it."""

    comment: Comment
    move: str
    seen: str
    reason: str = ""
    #: The revision the moderator saw: who corrects their comment raises it.
    revision: int | None = None
    ground: str = ""

    @property
    def explanation(self) -> str:
        """The reason in full: the ground and the moderator's words; empty where there is none."""
        words = self.reason.replace("\0", "").strip()  # which not every database keeps
        if self.ground in ("", Ground.OTHER):
            return words
        with for_keeps():
            return ": ".join(filter(None, [str(Ground(self.ground).label), words]))


def revision_seen(sent: str) -> int | None:
    """Read the revision that a form carried; None where it carried none.

    What is no number is a revision that no comment has: nobody saw one of that name.
    """
    seen = whole(sent)
    return NO_REVISION if sent and seen is None else seen


@dataclass
class Outcome:
    """What became of the choices: how many of each move, and which were refused and why."""

    done: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[Choice, str]] = field(default_factory=list)
    unexplained: list[tuple[Choice, str]] = field(default_factory=list)
    #: What undoes it all; none where nothing was done, or nothing can be undone.
    sheet: Sheet | None = None

    def said(self) -> str:
        """Return what was done, in one line; nothing when nothing was."""
        counts = [(name, self.done[name]) for name in Comment.moves if self.done[name]]
        return listed([DONE[name] % {"n": count} for name, count in counts])

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
    before = lock(first)
    outcome = Outcome()
    decisions: list[Decision] = []
    for name in Comment.moves:
        pile = [choice for choice in first.values() if choice.move == name]
        wishes = [Wish(c.comment, c.explanation, c.revision, c.seen) for c in pile]
        moved = move_each(wishes, name, by=by)
        decisions += moved.decisions
        for wish, refusal in moved.refused:
            outcome.refuse(first[wish.item.pk], refusal)
    outcome.done.update(decision.name for decision in decisions)
    keep_grounds(decisions, first)
    outcome.sheet = keep_sheet(decisions, before, by)
    made.send(Comment, decisions=decisions)
    return outcome


def lock(comments: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Lock comments for whatever moves follow, in one order: no two wait for each other.

    Returns of each what a decision changes beside its state (``KEPT_TO_UNDO``).
    """
    rows = Comment.objects.select_for_update().filter(pk__in=list(comments)).order_by("pk")
    return {row.pop("pk"): row for row in rows.values("pk", *KEPT_TO_UNDO)}


def keep_grounds(decisions: list[Decision], choices: dict[int, Choice]) -> None:
    """Write the grounds of those that were rejected, in one query."""
    rejected = [decision.object_id for decision in decisions if decision.name == "reject"]
    if rejected:
        grounds = [
            When(pk=pk, then=Value(choices[pk].ground or Ground.OTHER.value)) for pk in rejected
        ]
        Comment.objects.filter(pk__in=rejected).update(ground=Case(*grounds))


def keep_sheet(decisions: list[Decision], before: dict[int, Any], by: Any) -> Sheet | None:
    """Keep for a while what is needed to undo decisions."""
    if not decisions or not undo_time():
        return None
    now = timezone.now()
    Sheet.objects.filter(until__lt=now - timedelta(days=1)).delete()
    return Sheet.objects.create(
        by=by,
        until=min(decision.at for decision in decisions) + undo_time(),
        decisions={
            decision.pk: {name: str(value) for name, value in before[decision.object_id].items()}
            for decision in decisions
        },
    )
