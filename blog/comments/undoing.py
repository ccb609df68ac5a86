"""Taking back what was just decided, before readers or writers have seen anything of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.comments.deciding import KEPT_TO_UNDO, lock
from blog.comments.moderating import GRACE, MODERATION, in_force_from
from blog.comments.second_looks import overtake
from blog.models import Comment, Sheet
from editorial.models import Decision
from editorial.moving import decision_about, record_each
from editorial.states import CannotNow

#: What the record calls it.
UNDO = "undo"
AT_ONCE = 500
#: How long before a decision holds its undo has to be done, to be written down in time.
COMMITTING = timedelta(seconds=1)


def undoable(user: Any) -> Sheet | None:
    """Return the sheet that a person sent last, while it can be undone."""
    return Sheet.objects.open(user).first()


def that_held(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions about one comment that hold: none that was undone, or still can be."""
    held: list[Decision] = []
    for decision in decisions:
        if decision.name == UNDO and held:
            held.pop()
        else:
            held.append(decision)
    now = timezone.now()
    return [d for d in held if d.name not in MODERATION or in_force_from(d.at) <= now]


@transaction.atomic
def undo(sheet: Sheet, *, by: Any) -> tuple[int, int]:
    """Put back all that a sheet decided, as it was; that it was undone is a decision of its own.

    What somebody has decided about since stays as that person left it.

    Returns how many comments were put back, and how many were left.

    Raises:
        CannotNow: it was undone already, the time is over, or it is a colleague's.
    """
    late = CannotNow(_("It is too late to undo this: readers see it. Decide again instead."))
    if not Sheet.objects.open(by).filter(pk=sheet.pk).update(undone_at=timezone.now()):
        raise late
    made = {decision.pk: decision for decision in Decision.objects.filter(pk__in=sheet.decisions)}
    lock(decision.object_id for decision in made.values())
    comments = Comment.objects.in_bulk([decision.object_id for decision in made.values()])
    last = last_decisions(comments)
    standing = [
        decision
        for decision in made.values()
        if decision.pk in last and comments[decision.object_id].state == decision.to_state
    ]
    put_back(standing, sheet)
    undone = []
    for decision in standing:
        comment = comments[decision.object_id]
        comment.state = decision.from_state
        undone.append(decision_about(comment, UNDO, by, from_state=decision.to_state))
    record_each(undone)
    overtake(decision.object_id for decision in undone)
    # Asked when all is done and still locked: however long that took, nothing is taken back that
    # readers have seen.
    if timezone.now() >= sheet.until + GRACE - COMMITTING:
        raise late
    return len(standing), len(made) - len(standing)


def last_decisions(comments: Any) -> set[int]:
    """Return the numbers of the decisions that were made last about comments."""
    kind = ContentType.objects.get_for_model(Comment)
    about = Decision.objects.filter(content_type=kind, object_id__in=comments).order_by()
    return {row["last"] for row in about.values("object_id").annotate(last=Max("pk"))}


def put_back(decisions: list[Decision], sheet: Sheet) -> None:
    """Give comments again what they had: state, place, reason, and when that holds. One query."""
    comments = [
        Comment(pk=decision.object_id, state=decision.from_state, **as_it_was(decision, sheet))
        for decision in decisions
    ]
    if comments:
        Comment.objects.bulk_update(comments, ["state", *KEPT_TO_UNDO], batch_size=AT_ONCE)


def as_it_was(decision: Decision, sheet: Sheet) -> dict[str, Any]:
    """Return what of a comment a decision changed beside its state."""
    kept = sheet.decisions[str(decision.pk)]
    moments = {name: datetime.fromisoformat(kept[name]) for name in kept if name != "ground"}
    return moments | {"ground": kept["ground"]}
