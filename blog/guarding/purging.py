"""What is forgotten when its time is over: spam's words, marks of sources, likeness, tickets."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.comments.moderating import Status
from blog.comments.receipts import empty_log
from blog.guarding.likeness import MEMORY
from blog.guarding.sources import destroy_old_key
from blog.guarding.tickets import LONGEST
from blog.models import Band, Comment, SpentTicket
from editorial.languages import for_keeps
from editorial.moving import decision_about, record_each

#: How long a moderator can look at spam again.
SPAM_IS_KEPT = timedelta(days=14)
#: The decision's name in the record.
PURGED = "purge"
AT_ONCE = 500


def tidy(now: datetime | None = None) -> dict[str, int]:
    """Forget everything whose time is over; return how much of each.

    Nothing depends on the hour at which this runs: the key of a day is gone with the first
    comment of the next one, and without it the marks mean nothing.
    """
    now = now or timezone.now()
    destroy_old_key()
    done = {
        "sources": forget_sources(now),
        "spam": purge_spam(now),
        "likeness": Band.objects.filter(founder__sent_at__lt=now - MEMORY).delete()[0],
        "tickets": forget_tickets(now),
    }
    empty_log()
    return done


def forget_sources(now: datetime) -> int:
    """Remove the marks of the days that are over (UTC, like the key's)."""
    today = datetime.combine(now.astimezone(UTC).date(), datetime.min.time(), UTC)
    return Comment.objects.exclude(source="").filter(sent_at__lt=today).update(source="")


def forget_tickets(now: datetime) -> int:
    """Forget the tickets that would not be taken any more anyhow."""
    return SpentTicket.objects.filter(spent_at__lt=now - timedelta(seconds=LONGEST)).delete()[0]


def purge_spam(now: datetime) -> int:
    """Remove the words and names of what has been spam for long; the record of it stays."""
    count = 0
    while batch := purge_some(now - SPAM_IS_KEPT):
        count += batch
    return count


@transaction.atomic
def purge_some(before: datetime) -> int:
    """Purge some of the spam that is older; return how many, none when there is no more."""
    long_spam = Comment.objects.filter(~Q(text=""), state=Status.SPAM, waiting_since__lt=before)
    comments = list(long_spam.select_for_update().order_by("pk")[:AT_ONCE])
    Band.objects.filter(founder__in=comments).delete()
    Comment.objects.filter(pk__in=[comment.pk for comment in comments]).update(
        name="",
        text="",
        source="",
        revision=F("revision") + 1,
        **dict.fromkeys(Comment.forgotten_when_redacted),
    )
    with for_keeps():
        reason = _("Its time as spam is over.")
    record_each(decision_about(comment, PURGED, by=None, reason=reason) for comment in comments)
    return len(comments)
