"""When what is public last became another."""

from datetime import datetime
from typing import Any

from django.db.models import F, Max, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from editorial.models import EditionQuerySet


def moments(now: datetime) -> dict[str, Any]:
    """Return, as aggregates, when the last edition appeared and when the last one ended.

    What was sealed with an earlier date appeared when it was sealed. Nothing that lies ahead
    counts.
    """
    return {
        "appeared": Max(Greatest(F("live_from"), F("sealed_at"))),
        "ended": Max("live_until", filter=Q(live_until__lte=now)),
    }


def changed(*ever: EditionQuerySet) -> datetime | None:
    """Return when what is live among these editions last became another."""
    now = timezone.now()
    found = [editions.was_live(now).aggregate(**moments(now)) for editions in ever]
    return max((at for pair in found for at in pair.values() if at), default=None)


def changed_by_year(ever: EditionQuerySet) -> dict[int, datetime]:
    """Return the same for each year of first publication, with one query."""
    now = timezone.now()
    by_year = ever.was_live(now).order_by().values("published_on__year")
    found = by_year.annotate(**moments(now))
    return {
        row["published_on__year"]: max(filter(None, (row["appeared"], row["ended"])))
        for row in found
    }
