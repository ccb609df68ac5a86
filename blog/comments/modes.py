"""How a post takes comments: by its edition, the whole site's rules and the day. All is public."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blog.comments.moderating import Mode, Status
from blog.guarding.examining import Verdict
from blog.models import Comment, CommentPolicy, Post
from editorial.models import Decision


@dataclass(frozen=True)
class Terms:
    """What holds for comments on one post now."""

    mode: Mode
    closes_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.mode != Mode.CLOSED

    @property
    def promise(self) -> str:
        """What happens to a comment, in words for who is about to write one."""
        said = {
            Mode.HOLD: _("A moderator reads every comment before it appears."),
            Mode.FIRST: _(
                "A moderator reads your first comment of the day before it appears. What you send "
                "after it appears at once, unless something in it makes a moderator look first."
            ),
            Mode.DIRECT: _(
                "Comments appear at once, unless something in one makes a moderator look first."
            ),
            Mode.CLOSED: _("Comments on this post are closed."),
        }
        closing = ""
        if self.is_open and self.closes_at:
            day = date_format(timezone.localtime(self.closes_at), "DATE_FORMAT")
            closing = " " + _("Comments close on %(day)s.") % {"day": day}
        return said[self.mode] + closing


def terms(edition: Any, policy: CommentPolicy | None = None) -> Terms:
    """Return what holds for a live edition now. One query, unless the policy is given."""
    policy = policy or CommentPolicy.current()
    own = edition.data["comments"]
    if own == Post.Comments.CLOSED:
        return Terms(Mode.CLOSED)
    mode = policy.mode if own == Post.Comments.OPEN or policy.is_for_all else own
    days = edition.data.get("comments_days") or policy.days
    closes_at = edition.published_at + timedelta(days=days) if days else None
    if closes_at and closes_at <= timezone.now():
        return Terms(Mode.CLOSED, closes_at)
    return Terms(Mode(mode), closes_at)


def arrives_as(mode: Mode, verdict: Verdict, source: str) -> Status:
    """Return the state in which a comment begins. What the guard holds is held in every mode."""
    if verdict.holds:
        return Status.HELD
    if mode == Mode.DIRECT or (mode == Mode.FIRST and is_known(source)):
        return Status.APPROVED
    return Status.HELD


def is_known(source: str) -> bool:
    """Tell whether a moderator approved something from a source today, and rejected nothing.

    An approval that can be undone lets nothing through yet.
    Names and addresses earn no trust: anybody can type them. Two queries at most.
    """
    if not source:
        return False
    sent = Comment.objects.filter(source=source)
    rows = list(sent.order_by().values_list("pk", "state", "in_force_from"))
    if {Status.REJECTED, Status.SPAM} & {state for _pk, state, _from in rows}:
        return False
    now = timezone.now()
    approved = [pk for pk, state, since in rows if state == Status.APPROVED and since <= now]
    kind = ContentType.objects.get_for_model(Comment)
    decisions = Decision.objects.filter(content_type=kind, object_id__in=approved)
    return decisions.filter(name="approve").exists()
