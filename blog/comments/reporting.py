"""Readers' reports of comments: taken in within limits, settled by whatever is decided next."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

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
def keep(comment: Comment, *, by: Any) -> Decision:
    """Let a reported comment stand; its reports wait no more.

    Raises:
        MayNot: this person does not moderate.
        CannotNow: it is not public any more.
    """
    if not by.has_perm("blog.moderate_comment"):
        raise MayNot(_("Your role does not include moderating comments."))
    standing = Comment.objects.filter(pk=comment.pk, state=Status.APPROVED)
    if not standing.update(waiting_since=timezone.now()):
        raise CannotNow(_("This comment is not public any more."))
    comment.refresh_from_db()
    return record(comment, KEEP, by=by)


def reported() -> Any:
    """Return the public comments with reports that wait."""
    found = Comment.objects.public().filter(reports__at__gt=F("waiting_since"))
    return found.order_by("sent_at", "pk").distinct()
