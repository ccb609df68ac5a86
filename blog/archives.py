"""The archive by the calendar: posts and appeals together, by the day of first publication."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from appeals.models import AppealEdition
from appeals.views import listed as listed_appeals
from blog.models import PostEdition
from blog.views import after, listed


@dataclass(frozen=True)
class Day:
    """A day on which something appeared that is public now, and how much."""

    day: date
    count: int


@dataclass(frozen=True)
class Month:
    month: date
    days: list[Day]

    @cached_property
    def count(self) -> int:
        return sum(day.count for day in self.days)


@dataclass(frozen=True)
class Year:
    year: int
    months: list[Month]

    @cached_property
    def count(self) -> int:
        return sum(month.count for month in self.months)


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def months() -> list[Month]:
    """Return every month in which something appeared, the oldest first, in two queries."""
    counts: Counter[date] = Counter()
    for model in (PostEdition, AppealEdition):
        found = model.objects.live().order_by().values_list("published_on")
        counts.update(dict(found.annotate(Count("pk"))))
    days = [Day(day, counts[day]) for day in sorted(counts)]
    return [
        Month(month, list(of_month))
        for month, of_month in groupby(days, lambda day: first_of_month(day.day))
    ]


def years() -> list[Year]:
    """Return every year in which something appeared, the oldest first."""
    by_year = groupby(months(), lambda month: month.month.year)
    return [Year(year, list(of_year)) for year, of_year in by_year]


def beside(rows: list[Any], name: str, value: Any) -> tuple[Any, Any, Any]:
    """Return the row of a value, the one before it and the one after it, if there are any.

    Raises:
        Http404: there is no row of this value.
    """
    values = [getattr(row, name) for row in rows]
    if value not in values:
        raise Http404
    place = values.index(value)
    around = [None, *rows, None]
    return rows[place], around[place], around[place + 2]


def archive(request: HttpRequest) -> HttpResponse:
    """List the years and months in which something appeared, and how much."""
    return render(request, "blog/archive.html", {"years": years()[::-1], "section": "posts"})


def year(request: HttpRequest, year: int) -> HttpResponse:
    """List the months and days of a year on which something appeared."""
    found, previous, following = beside(years(), "year", year)
    context = {"year": found, "previous": previous, "next": following, "section": "posts"}
    return render(request, "blog/archive_year.html", context)


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """List what appeared in a month, day by day, the newest first."""
    first = date(year, month, 1)
    found, previous, following = beside(months(), "month", first)
    context = {
        "month": found,
        "days": list(by_day(first)),
        "previous": previous,
        "next": following,
        "section": "posts",
    }
    return render(request, "blog/archive_month.html", context)


def by_day(month: date) -> Iterator[tuple[date, list[tuple[Any, str]]]]:
    """Yield each day of a month with the live posts and appeals of it, the newest first.

    Each comes with the template that shows it in a list.
    """
    within = {"published_on__gte": month, "published_on__lt": after(month)}
    kinds = ((listed(), "blog/_item.html"), (listed_appeals(), "appeals/_item.html"))
    found = [
        (edition, template)
        for editions, template in kinds
        for edition in editions.filter(**within).newest_first()
    ]
    found.sort(key=lambda pair: (pair[0].published_on, pair[0].published_at), reverse=True)
    for day, of_day in groupby(found, lambda pair: pair[0].published_on):
        yield day, list(of_day)
