"""A month at the desk: what is planned, what is scheduled, and what was published."""

import calendar
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from babel.dates import get_day_names
from django.apps import apps
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.languages import interface, month_and_year
from editorial.models import Edition, WorkingCopy
from editorial.waiting import is_sealed_since

MARKS = {
    "planned": _("planned"),
    "missed": _("planned, and the day has passed"),
    "scheduled": _("scheduled: appears by itself"),
    "published": _("published"),
}


@dataclass(frozen=True)
class Entry:
    """One thing on one day; ``mark`` is a key of ``MARKS``."""

    at: datetime
    mark: str
    title: str
    kind: str
    url: str

    @property
    def said(self) -> Any:
        """The mark in words: nobody has to tell colours apart."""
        return MARKS[self.mark]


@dataclass
class Day:
    """One square of the month, with what lies on it in the order of the hours."""

    date: date
    is_in_month: bool
    is_today: bool
    entries: list[Entry] = field(default_factory=list)


@dataclass
class Month:
    """A month in weeks, as the interface's language begins them."""

    name: str
    day_names: list[str]
    weeks: list[list[Day]]
    previous: str
    next: str

    @property
    def marks(self) -> dict[str, Any]:
        return MARKS

    @property
    def days(self) -> list[Day]:
        """The days of the month itself on which something lies: the narrow view."""
        return [day for week in self.weeks for day in week if day.is_in_month and day.entries]


def month_of(user: Any, asked: str) -> Month:
    """Return the month asked for as "2026-03", or this one."""
    today = timezone.localdate()
    year, month = parse(asked) or (today.year, today.month)
    first_day = interface().first_week_day
    weeks = calendar.Calendar(first_day).monthdatescalendar(year, month)
    start, end = begin(weeks[0][0]), begin(weeks[-1][-1] + timedelta(days=1))
    entries: dict[date, list[Entry]] = defaultdict(list)
    for entry in sorted(entries_of(user, start, end), key=lambda entry: (entry.at, entry.title)):
        entries[timezone.localdate(entry.at)].append(entry)
    names = get_day_names("abbreviated", context="stand-alone", locale=interface())
    before, after = date(year, month, 1) - timedelta(days=1), date(year, month, 28)
    return Month(
        name=month_and_year(date(year, month, 1)),
        day_names=[names[(first_day + offset) % 7] for offset in range(7)],
        weeks=[
            [Day(day, day.month == month, day == today, entries[day]) for day in week]
            for week in weeks
        ],
        previous=f"{before:%Y-%m}",
        next=f"{after + timedelta(days=7):%Y-%m}",
    )


def parse(asked: str) -> tuple[int, int] | None:
    """Return the year and month of "2026-03"; None for anything else, or too far away."""
    found = re.fullmatch(r"(\d{4})-(\d\d)", asked)
    if not found or not (1900 <= int(found[1]) <= 9000 and 1 <= int(found[2]) <= 12):
        return None
    return int(found[1]), int(found[2])


def begin(day: date) -> datetime:
    """Return the first moment of a day in the newsroom's time."""
    return timezone.make_aware(datetime.combine(day, time.min))


def entries_of(user: Any, start: datetime, end: datetime) -> list[Entry]:
    """Return what lies between two moments, of the kinds that this person may look at."""
    found: list[Entry] = []
    for model in apps.get_models():
        if issubclass(model, WorkingCopy) and user.has_perm(model.permission("view")):
            found += planned(model, start, end)
            found += sealed(model, start, end)
    return found


def planned(model: Any, start: datetime, end: datetime) -> list[Entry]:
    """Return the plans that are not fulfilled: nothing was sealed since the approval."""
    items = model._base_manager.filter(planned_for__gte=start, planned_for__lt=end)
    now = timezone.now()
    return [
        Entry(
            item.planned_for,
            "planned" if item.planned_for > now else "missed",
            str(item),
            str(model._meta.verbose_name),
            item.desk_path(),
        )
        for item in model.named(items.exclude(is_sealed_since(model)))
    ]


def sealed(model: Any, start: datetime, end: datetime) -> list[Entry]:
    """Return the editions that begin in that time, cancelled ones and withdrawals apart."""
    editions = model.edition_model._base_manager.filter(live_from__gte=start, live_from__lt=end)
    editions = editions.exclude(live_until=F("live_from")).exclude(kind=Edition.Kind.WITHDRAWAL)
    now = timezone.now()
    return [
        Entry(
            edition.live_from,
            "scheduled" if edition.live_from > now else "published",
            edition.title,
            str(model._meta.verbose_name),
            model(pk=edition.item_id).desk_path(),
        )
        for edition in editions.only("item_id", "title", "live_from")
    ]
