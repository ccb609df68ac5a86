"""Long lists, newest first, turned by date: no page numbers, no totals."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest

from editorial.models import EditionQuerySet

SIZE = 25


def page(
    editions: EditionQuerySet, request: HttpRequest, size: int = SIZE
) -> tuple[list[Any], str]:
    """Return one page of live editions, and the query of the next or an empty string.

    The cursor is the moment of publication and the slug of the last row: a page stays where it
    is while newer items arrive.

    Raises:
        Http404: the cursor is nonsense.
    """
    if before := request.GET.get("before", ""):
        moment, slug = cursor(before)
        editions = editions.filter(
            Q(published_at__lt=moment) | Q(published_at=moment, slug__gt=slug)
        )
    rows = list(editions.newest_first()[: size + 1])
    if len(rows) <= size:
        return rows, ""
    last = rows[size - 1]
    return rows[:size], urlencode({"before": f"{last.published_at.isoformat()} {last.slug}"})


def cursor(text: str) -> tuple[datetime, str]:
    """Read where a page begins."""
    moment, _space, slug = text.partition(" ")
    try:
        parsed = datetime.fromisoformat(moment)
        # Near either end of the calendar, another place's hour lies in no year that there is.
        in_utc = parsed.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    if parsed.tzinfo is None or "\0" in slug:  # a NUL is nothing that PostgreSQL could compare
        raise Http404
    return in_utc, slug
