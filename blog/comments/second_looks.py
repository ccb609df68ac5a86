"""A second look at a sample of decisions, and at everything that is erased."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from blog.comments.deciding import Choice, decide_each, lock, made
from blog.comments.moderating import WRITERS, Status, in_force_from
from blog.guarding.removing import REMOVED
from blog.models import Comment, SecondLook
from blog.models.second_looks import Verdict
from editorial.models import Decision, name_of
from editorial.moving import record
from editorial.signals import decided
from editorial.states import CannotNow, MayNot, NeedsReason

#: What the record calls the two verdicts.
AGREE, DISAGREE = "agree", "disagree"
#: What takes words away for good: its writer, or a moderator what may expose somebody. Nothing
#: that is decided later makes up for a look at that.
ERASURES = {"erase", REMOVED}


def is_sampled(comment: Any) -> bool:
    """Tell whether decisions about a comment, as it is worded now, are in the sample.

    It follows from the comment's key, so it can be told in advance by nobody who has not the
    site's own secret, and by chance never.
    """
    text = f"{comment.key}:{comment.revision}"
    digest = salted_hmac("blog.second_looks", text, algorithm="sha256").digest()
    share = int.from_bytes(digest[:4], "big") / 2**32
    return share * 100 < settings.COMMENTS_SECOND_LOOK_PERCENT


def ask(decisions: Sequence[Decision]) -> None:
    """Ask for a second look at those decisions of moderators that are in the sample.

    What waited for one before is overtaken. Two queries, however many decisions there are.
    """
    overtake(decision.object_id for decision in decisions)
    SecondLook.objects.bulk_create(
        SecondLook(
            decision=decision,
            comment_id=decision.object_id,
            decided_by_id=decision.by_id,
            asked_at=decision.at,
        )
        for decision in decisions
        if decision.to_state != Status.HELD and is_sampled(decision.item)
    )


def note_decisions(sender: Any, decisions: Sequence[Decision], **kwargs: Any) -> None:
    """Receiver of ``made``."""
    ask(decisions)


def overtake(comments: Iterable[int]) -> None:
    """Close the second looks that nobody took before something else was decided."""
    waiting = SecondLook.objects.filter(verdict="", comment__in=list(comments))
    waiting.exclude(decision__name__in=ERASURES).update(verdict=Verdict.OVERTAKEN)


def note_writers_act(sender: Any, item: Any, decision: Decision, **kwargs: Any) -> None:
    """Receiver of ``decided``: what was erased is looked at; what its writer changed, no more."""
    if decision.name in WRITERS:
        overtake([item.pk])
    if decision.name in ERASURES:
        SecondLook.objects.create(
            decision=decision,
            comment=item,
            decided_by_id=decision.by_id,
            asked_at=decision.at,
        )


def due(user: Any, most: int) -> list[SecondLook]:
    """Return what waits for a person's second look: decisions that hold, of others."""
    looks = SecondLook.objects.open_to(user).select_related("decision", "comment__parent")
    now = timezone.now()
    rows = list(looks[: most * 2])
    return [look for look in rows if in_force_from(look.decision.at) <= now][:most]


@transaction.atomic
def look(waiting: SecondLook, verdict: str, *, by: Any, note: str = "") -> None:
    """Record what a second moderator thinks. Who disagrees puts the comment back on the queue.

    Raises:
        MayNot: it is their own decision, or they do not moderate.
        NeedsReason: they disagree and do not say why.
        CannotNow: somebody else has looked, or decided something since.
    """
    if not by.has_perm("blog.moderate_comment") or waiting.decided_by_id == by.pk:
        raise MayNot(_("Somebody else takes the second look at this."))
    note = note.replace("\0", "").strip()  # which not every database keeps
    if verdict == Verdict.DISAGREED and not note:
        raise NeedsReason(_("Please say why: your colleagues will want to know."))
    lock([waiting.comment_id])
    mine = {
        "verdict": verdict,
        "note": note,
        "looked_by": by,
        "looked_by_name": name_of(by),
        "looked_at": timezone.now(),
    }
    if not SecondLook.objects.filter(pk=waiting.pk, verdict="").update(**mine):
        raise CannotNow(_("Somebody was faster. Nothing of yours was changed."))
    comment = waiting.comment
    comment.refresh_from_db()
    name = AGREE if verdict == Verdict.AGREED else DISAGREE
    record(comment, name, by=by, reason=note)
    if verdict == Verdict.DISAGREED and waiting.decision.name not in ERASURES:
        decide_each([Choice(comment, "hold", comment.state, note)], by=by)


def connect() -> None:
    """Listen to what moderators decide, and to what writers do."""
    made.connect(note_decisions, sender=Comment, dispatch_uid="blog.second_looks")
    decided.connect(note_writers_act, sender=Comment, dispatch_uid="blog.second_looks")
