"""How much may come from one source, and to one post, before what follows is held.

Nothing is counted anywhere: the comments themselves are. So a limit lifts by itself when the
time has passed, and no job has to run for it.
"""

from datetime import datetime, timedelta

from django.conf import settings

from blog.comments.moderating import Status
from blog.models import Comment

SHORT = timedelta(minutes=10)
DAY = timedelta(days=1)


def too_much_from(source: str, now: datetime) -> bool:
    """Tell whether a source has sent its share already, of ten minutes or of a day. One query."""
    if not source:
        return False
    few, many = settings.COMMENTS_FROM_SOURCE, settings.COMMENTS_FROM_SOURCE_A_DAY
    sent = Comment.objects.filter(source=source, sent_at__gt=now - DAY).order_by("-sent_at")
    times = list(sent.values_list("sent_at", flat=True)[: max(few, many)])
    return len(times) >= many or sum(at > now - SHORT for at in times) >= few


def is_surging(post_id: int | None, now: datetime) -> bool:
    """Tell whether a post receives so much that everything on it is held. One query.

    The breaker closes again by itself, when fewer have come within the last ten minutes.
    """
    if post_id is None:
        return False
    most = settings.COMMENTS_ON_POST
    recent = Comment.objects.filter(
        post_id=post_id, state__in=Status.values, sent_at__gt=now - SHORT
    )
    return len(recent.order_by().values_list("pk")[:most]) >= most
