"""Long lists, newest first, turned by date: no page numbers, no totals."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from editorial.numbered import turn

SIZE = 25

Page = tuple[list[Any], str]
"""What stands on a page, and the query of the next one, or an empty string."""


def page(
    found: QuerySet[Any],
    request: HttpRequest,
    size: int = 0,
    *,
    by: str = "slug",
    name: str = "before",
) -> Page:
    """Return one page of what is live, and the query of the next or an empty string.

    The cursor is the moment of publication and the slug of the last row: a page stays where it
    is while newer items arrive. No more rows are read than are shown, and one.

    Args:
        by: the column that orders what appeared at one moment.
        name: of the parameter that says where the page begins.

    Raises:
        Http404: the cursor is nonsense, or nothing comes after it.
    """
    size = size or SIZE
    before = request.GET.get(name, "")
    if before:
        turn(request)
        moment, place = cursor(before)
        after = Q(published_at__lt=moment) | Q(published_at=moment, **{f"{by}__gt": place})
        found = found.filter(after)
    rows = list(found.order_by("-published_at", by)[: size + 1])
    if before and not rows:
        raise Http404
    if len(rows) <= size:
        return rows, ""
    last = rows[size - 1]
    return rows[:size], urlencode({name: f"{last.published_at.isoformat()} {getattr(last, by)}"})


def pages(lists: Mapping[str, QuerySet[Any]], request: HttpRequest) -> dict[str, Page]:
    """Return one page of each of several lists that begin on one page, by their names.

    Each is turned by the parameter of its name; a page on which one goes on shows that one alone.
    """
    turned = [name for name in lists if request.GET.get(name)]
    return {name: page(lists[name], request, name=name) for name in turned or lists}


def cursor(text: str) -> tuple[datetime, str]:
    """Read where a page begins."""
    moment, _space, place = text.partition(" ")
    try:
        parsed = datetime.fromisoformat(moment)
        # Near either end of the calendar, another place's hour lies in no year that there is.
        in_utc = parsed.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    if parsed.tzinfo is None or "\0" in place:  # a NUL is nothing that PostgreSQL could compare
        raise Http404
    return in_utc, place
