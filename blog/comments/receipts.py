"""What writers do with their own comments, by the private link they were given."""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.comments.moderating import BY_ITSELF, MODERATION, WRITERS, Ground, Status
from blog.comments.undoing import that_held
from blog.guarding.examining import Sent, examine, wait_in_line
from blog.models import Band, Comment, Receipt, ReplyAddress
from editorial.languages import for_keeps
from editorial.models import Decision
from editorial.moving import lock, record
from editorial.states import CannotNow

#: Until when a button pressed twice gets the link twice, whatever became of the comment.
DOUBLE_CLICK = timedelta(seconds=10)
#: How often one comment can be corrected: each time a moderator reads it again.
MOST_CORRECTIONS = 20
#: The decisions that a writer is told of; what moderators ask each other is theirs.
TOLD = {*MODERATION, *WRITERS, *BY_ITSELF}


class Writer:
    """Whoever holds the link, as decisions record them: nobody in particular."""

    pk = None

    def get_full_name(self) -> str:
        with for_keeps():
            return _("its writer")


def hand_out(comment: Comment) -> str:
    """Return the token of a new link to a comment that was just sent, or an empty text.

    Who sends the same words again gets a second link while only they can know them: until a
    moderator has decided, and for some seconds, for a button pressed twice. Later the same words
    may be anybody's who read them.
    """
    age = timezone.now() - comment.sent_at
    untouched = comment.state == Status.HELD and comment.revision == 1 and age < timedelta(hours=1)
    if comment.is_new or untouched or age < DOUBLE_CLICK:
        return Receipt.make(comment)
    return ""


def found(token: str) -> Comment | None:
    """Return the comment that a link's token opens, with what it answers."""
    receipts = Receipt.objects.opened_by(token).select_related("comment__parent", "comment__note")
    receipt = receipts.first()
    return receipt.comment if receipt else None


def reason_for(comment: Comment) -> str:
    """Return why moderators rejected a comment; nothing where they did not.

    What colleagues tell each other about a rejection is recorded too, and is not for its writer.
    """
    if comment.state_in_force != Status.REJECTED:
        return ""
    held = that_held(Decision.objects.about(comment))
    reason = next((made.reason for made in reversed(held) if made.name == "reject"), "")
    if comment.ground in ("", Ground.OTHER):
        return reason
    ground = Ground(comment.ground).label
    with for_keeps():
        stored = str(ground)
    return f"{ground}{reason.removeprefix(stored)}" if reason.startswith(stored) else reason


@transaction.atomic
def correct(comment: Comment, *, name: str, text: str, language: str) -> None:
    """Put other words in place of a comment's; a moderator reads them before anybody else.

    What readers saw until now comes down: who corrects most often wants it gone.

    Raises:
        CannotNow: it was erased, or corrected very often.
    """
    wait_in_line()
    said = {"name": name, "text": text, "language": language}
    # Pressed twice, or nothing changed: it keeps its place in the queue.
    if Comment.objects.filter(pk=comment.pk, state=Status.HELD, **said).exists():
        return
    came_from = lock(comment, WRITERS["correct"], None)
    if came_from == Status.WITHDRAWN and not comment.text:
        raise CannotNow(_("This was erased: there is nothing left to correct."))
    if comment.revision > MOST_CORRECTIONS:
        raise CannotNow(_("This was corrected very often. Please write a new one instead."))
    Band.objects.filter(founder=comment).delete()  # it is not to be found like itself
    verdict = examine(Sent(comment.post_id, text, name, comment.source))
    alike = verdict.likeness.founder or comment.key
    change(comment, **said, reasons=verdict.reasons, score=verdict.score, alike=alike)
    verdict.keep(comment)
    record(comment, "correct", by=Writer(), from_state=came_from)


@transaction.atomic
def withdraw(comment: Comment) -> None:
    """Take a comment back: nobody sees it, and its writer can send it again.

    Raises:
        CannotNow: it was taken back already.
    """
    came_from = lock(comment, WRITERS["withdraw"], None)
    ReplyAddress.objects.filter(comment=comment).delete()
    record(comment, "withdraw", by=Writer(), from_state=came_from)


@transaction.atomic
def erase(comment: Comment) -> None:
    """Remove a comment's words and name for good. That there was one, and the decisions, stay."""
    came_from = lock(comment, WRITERS["erase"], None)
    if came_from == Status.WITHDRAWN and not comment.text:
        return  # pressed twice
    Band.objects.filter(founder=comment).delete()
    ReplyAddress.objects.filter(comment=comment).delete()
    comment.reports.all().delete()
    change(comment, name="", text="", language="", source="")
    record(comment, "erase", by=Writer(), from_state=came_from)
    transaction.on_commit(empty_log, robust=True)


def empty_log() -> None:
    """Empty SQLite's write-ahead log, in which the words would live on for a while."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def change(comment: Comment, **fields: Any) -> None:
    """Write other words, forget what follows from the old ones, and make open decisions stale."""
    values = dict.fromkeys(Comment.forgotten_when_redacted) | fields
    Comment.objects.filter(pk=comment.pk).update(revision=F("revision") + 1, **values)
    comment.refresh_from_db()


def export(comment: Comment) -> dict[str, Any]:
    """Return all that is kept of a comment and belongs to its writer, as plain values."""
    decisions = [
        {
            # The day alone: to the second it would tell when somebody sits at the desk.
            "on": timezone.localdate(decision.at).isoformat(),
            "decision": decision.name,
            "reason": decision.reason if decision.to_state == Status.REJECTED else "",
        }
        for decision in that_held(Decision.objects.about(comment))
        if decision.name in TOLD
    ]
    kept = ReplyAddress.objects.filter(comment=comment).first()
    return {
        "key": comment.key,
        "name": comment.name,
        "text": comment.text,
        "language": comment.language,
        "passage": comment.passage,
        "sent": comment.sent_at.isoformat(),
        "state": comment.state_in_force,
        "decisions": decisions,
        "replies_to": kept.address if kept else "",
    }
