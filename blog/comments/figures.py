"""Counting the moderators' work of a month, once, when the month is over.

The public page reads what was counted then and nothing else. So it does not move with what is
held, decided or erased today: a figure says of a closed month what it promises, and of today
nothing.
"""

import math
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from statistics import median

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.utils import timezone

from blog.comments.moderating import MODERATION, Ground, Status
from blog.comments.undoing import UNDO
from blog.models import Comment, CommentMonth
from editorial.models import Decision

#: So long after its end a month is closed: until then its last comments can be decided.
AFTER = timedelta(days=7)
#: Of fewer decisions no median is told: it would be some moderator's own hours.
ENOUGH = 5
#: A month is closed in stretches of so many comments.
AT_ONCE = 5000


def close_months(now: datetime | None = None) -> list[date]:
    """Close every month that is over and not closed; return them. Done twice it does nothing."""
    now = now or timezone.now()
    first = Comment.objects.order_by("sent_at").values_list("sent_at", flat=True).first()
    if first is None:
        return []
    closed = set(CommentMonth.objects.values_list("month", flat=True))
    month = timezone.localtime(first).date().replace(day=1)
    done = []
    while end_of(month) + AFTER <= now:
        if month not in closed:
            CommentMonth.objects.get_or_create(month=month, defaults=count(month, now))
            done.append(month)
        month = after(month)
    return done


def after(month: date) -> date:
    """Return the month after a month."""
    return (month + timedelta(days=31)).replace(day=1)


def start_of(month: date) -> datetime:
    """Return a month's first moment, as the newsroom counts its days."""
    return timezone.make_aware(datetime.combine(month, time.min))


def end_of(month: date) -> datetime:
    return start_of(after(month))


def count(month: date, now: datetime) -> dict[str, object]:
    """Return the figures of a month, as they stand now."""
    received = Comment.objects.filter(sent_at__gte=start_of(month), sent_at__lt=end_of(month))
    decided = Q(in_force_from__lte=now)
    found = received.aggregate(
        received=Count("pk"),
        approved=Count("pk", filter=Q(state=Status.APPROVED) & decided),
        rejected=Count("pk", filter=Q(state=Status.REJECTED) & decided),
        spam=Count("pk", filter=Q(state=Status.SPAM) & decided),
        withdrawn=Count("pk", filter=Q(state=Status.WITHDRAWN)),
    )
    rejected = received.filter(decided, state=Status.REJECTED).order_by()
    grounds: Counter[str] = Counter()
    for row in rejected.values("ground").annotate(count=Count("pk")):
        grounds[row["ground"] or Ground.OTHER] += row["count"]
    waits = sorted(hours_waited(month))
    return found | {
        "grounds": dict(sorted(grounds.items())),
        "median_hours": math.ceil(median(waits)) if len(waits) >= ENOUGH else None,
        "closed_at": now,
    }


def hours_waited(month: date) -> Iterator[float]:
    """Yield, for each comment of a month that a moderator decided, after how many hours.

    The first decision counts that was not undone.
    """
    received = Comment.objects.filter(sent_at__gte=start_of(month), sent_at__lt=end_of(month))
    sent = dict(received.order_by().values_list("pk", "sent_at"))
    pks = sorted(sent)
    kind = ContentType.objects.get_for_model(Comment)
    made = Decision.objects.filter(content_type=kind, name__in=[*MODERATION, UNDO])
    for start in range(0, len(pks), AT_ONCE):
        stretch = made.filter(object_id__in=pks[start : start + AT_ONCE]).exclude(by_name="")
        rows = stretch.order_by("object_id", "pk").values_list("object_id", "name", "at")
        for pk, decisions in groupby(rows, key=itemgetter(0)):
            held: list[tuple[str, datetime]] = []
            for _pk, name, at in decisions:
                if name != UNDO:
                    held.append((name, at))
                elif held:
                    held.pop()  # an undo takes back what was decided last, a hold as well
            if first := next((at for name, at in held if name != "hold"), None):
                yield max((first - sent[pk]).total_seconds(), 0) / 3600
