"""Readers' reports of comments: taken in within limits, settled by whatever is decided next."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from blog.comments.deciding import lock
from blog.comments.moderating import Status
from blog.models import Comment, Report
from editorial.models import Decision
from editorial.moving import record
from editorial.states import CannotNow, MayNot

#: How many reports of one comment can wait: moderators know by then.
MOST = 10
#: The decision's name when a moderator looked at a report and let the comment stand.
KEEP = "keep"


@transaction.atomic
def report(comment: Comment, *, ground: str, text: str, hour: int, source: str = "") -> None:
    """Take in a report of a public comment; one from each source in an hour, and not without end.

    What is too much is not kept, and its sender is thanked all the same.
    """
    if len(waiting(comment)) >= MOST:
        return
    digest = salted_hmac(
        "blog.reporting", "\0".join([comment.key, str(hour), source]), algorithm="sha256"
    ).hexdigest()
    Report.objects.get_or_create(
        digest=digest, defaults={"comment": comment, "ground": ground, "text": text}
    )


def waiting(comment: Comment) -> list[Report]:
    """Return the reports that came since the last decision about a comment."""
    return list(comment.reports.filter(at__gt=comment.waiting_since)[:MOST])


@transaction.atomic
def keep(comment: Comment, *, by: Any, last: int, revision: int | None = None) -> Decision:
    """Let a reported comment stand; the reports of it that were seen wait no more.

    Args:
        last: the number of the newest report that this person saw.
        revision: that of the comment they saw.

    Raises:
        MayNot: this person does not moderate.
        CannotNow: it is not public any more, was changed, or there is something new to look at.
    """
    if not by.has_perm("blog.moderate_comment"):
        raise MayNot(_("Your role does not include moderating comments."))
    lock([comment.pk])
    comment.refresh_from_db()
    if comment.state != Status.APPROVED:
        raise CannotNow(_("This comment is not public any more."))
    if revision not in (None, comment.revision):
        raise CannotNow(_("This comment has changed meanwhile. Look at it again."))
    reports = waiting(comment)
    if not reports or reports[-1].pk != last:
        raise CannotNow(_("The reports of it are others by now. Look at them again."))
    # What comes at this very moment is later, and waits.
    Comment.objects.filter(pk=comment.pk).update(waiting_since=reports[-1].at)
    comment.refresh_from_db()
    return record(comment, KEEP, by=by)


def reported() -> Any:
    """Return the public comments with reports that wait."""
    found = Comment.objects.public().filter(reports__at__gt=F("waiting_since"))
    return found.order_by("sent_at", "pk").distinct()
