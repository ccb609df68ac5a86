"""When what is public last became another."""

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from editorial.models import EditionQuerySet


def moments(now: datetime, of: str = "") -> dict[str, Any]:
    """Return, as aggregates, when the last edition appeared and when the last one ended.

    What was sealed with an earlier date appeared when it was sealed. Nothing that lies ahead
    counts.

    Args:
        of: the way from what is asked to its edition, as lookups begin.
    """
    over = Q(**{f"{of}live_until__lte": now})
    return {
        "appeared": Max(Greatest(F(f"{of}live_from"), F(f"{of}sealed_at"))),
        "ended": Max(f"{of}live_until", filter=over),
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


def changed_by_slug(rows: Any, editions: Any) -> dict[str, datetime | None]:
    """Return when the editions that carry a value last became others, by its slug: one query.

    Nothing where one of them was struck since: what takes out a name keeps no public date.
    """
    now = timezone.now()
    ever = rows.filter(edition__in=editions.objects.was_live(now)).order_by().values("slug")
    struck = Count("pk", filter=~Q(edition__redactions="{}"))
    found = ever.annotate(struck=struck, **moments(now, "edition__"))
    return {
        row["slug"]: None if row["struck"] else max(filter(None, (row["appeared"], row["ended"])))
        for row in found
    }
