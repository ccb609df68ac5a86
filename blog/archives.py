"""The archive by the calendar: posts and appeals together, by the day of first publication."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain, groupby
from typing import Any

from django.db.models import Count, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from appeals.models import AppealEdition
from appeals.views import listed as listed_appeals
from blog.models import PostEdition
from blog.views import after, listed
from editorial.numbered import Paged

#: What has a day in the calendar, in the order in which lists name it.
KINDS = (PostEdition, AppealEdition)
#: So many of a month stand on one page.
SIZE = 50


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

    @cached_property
    def pages(self) -> list[tuple[Day, int]]:
        """The days, each with the page on which it begins: the newest are on page 1."""
        found = []
        position = 0
        for day in reversed(self.days):
            found.append((day, position // SIZE + 1))
            position += day.count
        return found[::-1]


@dataclass(frozen=True)
class Year:
    year: int
    months: list[Month]

    @cached_property
    def count(self) -> int:
        return sum(month.count for month in self.months)


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def months(**within: date) -> list[Month]:
    """Return every month in which something appeared, the oldest first, in two queries.

    Args:
        within: lookups of days; without any, all of the calendar.
    """
    counts: Counter[date] = Counter()
    for days in published(**within):
        counts.update(dict(days.annotate(Count("pk"))))
    days = [Day(day, counts[day]) for day in sorted(counts)]
    return [
        Month(month, list(of_month))
        for month, of_month in groupby(days, lambda day: first_of_month(day.day))
    ]


def published(**within: date) -> list[Any]:
    """Return the days on which posts appeared that are public now, and those of appeals."""
    lookups = {f"published_on__{name}": day for name, day in within.items()}
    return [
        model.objects.live().filter(**lookups).order_by().values_list("published_on")
        for model in KINDS
    ]


def years() -> list[Year]:
    """Return every year in which something appeared, the oldest first."""
    return by_year(months())


def by_year(found: list[Month]) -> list[Year]:
    grouped = groupby(found, lambda month: month.month.year)
    return [Year(year, list(of_year)) for year, of_year in grouped]


def beside(first: date, end: date) -> dict[str, date | None]:
    """Return the last day before a time on which something appeared, and the first from its end on.

    Four queries, each of which reads one row: the calendar may be long.
    """
    earlier = [days.order_by("-published_on").first() for days in published(lt=first)]
    later = [days.order_by("published_on").first() for days in published(gte=end)]
    return {
        "previous": max(chain(*filter(None, earlier)), default=None),
        "next": min(chain(*filter(None, later)), default=None),
    }


def archive(request: HttpRequest) -> HttpResponse:
    """List the years and months in which something appeared, and how much."""
    return render(request, "blog/archive.html", {"years": years()[::-1], "section": "posts"})


def year(request: HttpRequest, year: int) -> HttpResponse:
    """List the months and days of a year on which something appeared."""
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    found = by_year(months(gte=first, lt=end))
    if not found:
        raise Http404
    context = {"year": found[0], "section": "posts"} | beside(first, end)
    return render(request, "blog/archive_year.html", context)


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """List what appeared in a month, day by day, the newest first."""
    first = date(year, month, 1)
    end = after(first)
    found = months(gte=first, lt=end)
    if not found:
        raise Http404
    page = Paged(request, found[0].count, SIZE)
    days = list(by_day(first, page))
    context = {"month": found[0], "page": page, "days": days, "section": "posts"}
    return render(request, "blog/archive_month.html", context | beside(first, end))


def by_day(month: date, page: Paged) -> Iterator[tuple[date, list[tuple[Any, str]]]]:
    """Yield each day on a page of a month, with its live posts and appeals, the newest first.

    Each comes with the template that shows it in a list. Nothing is read of the other pages.
    """
    kinds = ((listed(), "blog/_item.html"), (listed_appeals(), "appeals/_item.html"))
    found = [(place["of"], place["pk"]) for place in places(month)[page.start : page.end]]
    shown = {
        (kind, edition.pk): (edition, template)
        for kind, (editions, template) in enumerate(kinds)
        for edition in editions.filter(pk__in=[pk for of, pk in found if of == kind])
    }
    rows = [shown[place] for place in found if place in shown]
    for day, of_day in groupby(rows, lambda row: row[0].published_on):
        yield day, list(of_day)


def places(month: date) -> Any:
    """Return where what appeared in a month stands: which of the kinds it is, and its row."""
    within = {"published_on__gte": month, "published_on__lt": after(month)}
    posts, appeals = (
        model.objects.live()
        .filter(**within)
        .order_by()
        .values("published_on", "published_at", "slug", "pk", of=Value(kind))
        for kind, model in enumerate(KINDS)
    )
    by = ("-published_on", "-published_at", "of", "slug")
    return posts.union(appeals, all=True).order_by(*by)
