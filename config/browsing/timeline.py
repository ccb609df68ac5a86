"""Appeals by the date on the document, as precisely as it is known; undated ones come last."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.http import HttpRequest

from appeals.models import AppealEdition, TranslationEdition
from appeals.models.editions import text_url
from appeals.views import listed
from config.search.models import Indexed, Kind
from editorial.collating import place
from editorial.languages import language_name
from editorial.numbered import Paged

#: So many appeals stand on one page.
SIZE = 100


@dataclass(frozen=True)
class Year:
    """A year, how many appeals are from it, and the page on which it begins; "" is no date."""

    year: str
    count: int
    page: int

    @property
    def anchor(self) -> str:
        return f"year:{self.year or 'none'}"


@dataclass
class Dated:
    """An appeal of the timeline, with the addresses of what it can be read in, by language."""

    edition: Any
    tongues: list[tuple[str, str]] = field(default_factory=list)

    @property
    def year(self) -> str:
        return self.edition.date[:4]


class Timeline(Paged):
    """One page of the timeline, in five queries.

    Raises:
        Http404: there is no such page.
    """

    def __init__(self, request: HttpRequest) -> None:
        live = AppealEdition.objects.live()
        counts = dict(live.order_by().values_list("date").annotate(Count("pk")))
        self.undated = counts.pop("", 0)
        self.dated = sum(counts.values())
        super().__init__(request, self.dated + self.undated, SIZE)
        by_year = groupby(sorted(counts), lambda date: date[:4])
        of_years = {year: sum(counts[date] for date in dates) for year, dates in by_year}
        self.years: list[Year] = []
        position = 0
        for year, count in [*of_years.items(), *([("", self.undated)] if self.undated else [])]:
            self.years.append(Year(year, count, position // SIZE + 1))
            position += count

    @cached_property
    def groups(self) -> list[tuple[Year, list[Dated]]]:
        """What stands on this page, year by year."""
        start, end = self.start, self.end
        dated = listed().exclude(date="").order_by("date", "slug")[start:end]
        rest = slice(max(start - self.dated, 0), max(end - self.dated, 0))
        undated = listed().filter(date="").order_by("published_at", "slug")[rest]
        editions = list(dated)
        if len(editions) < SIZE and self.undated:
            editions += undated
        years = {year.year: year for year in self.years}
        shown = [
            (year, list(rows))
            for year, rows in groupby(self.readable(editions), lambda row: row.year)
        ]
        # A year that was not counted yet: its first appeal appeared a moment ago.
        return [
            (years.get(year) or Year(year, len(rows), self.number), rows) for year, rows in shown
        ]

    def readable(self, editions: list[Any]) -> list[Dated]:
        """Return appeals with what each can be read in: the original and the live translations."""
        rows = {edition.item_id: Dated(edition) for edition in editions}
        ways: dict[int, dict[str, str]] = defaultdict(dict)
        originals: Any = Indexed.objects.live().filter(kind=Kind.APPEAL, is_readable=True)
        for item in originals.filter(appeal_item__in=rows).values_list("appeal_item", flat=True):
            edition = rows[item].edition
            ways[item][edition.language] = f"{edition.get_absolute_url()}{edition.language}/"
        live = TranslationEdition.objects.live().filter(appeal_id__in=rows)
        live = live.order_by("-is_principal", "published_at", "key")
        for text in live.defer("content", "salts", "redactions"):
            url = text_url(rows[text.appeal_id].edition.slug, text)
            ways[text.appeal_id].setdefault(text.language, url)
        for item, row in rows.items():
            tongues = ways[item].items()
            row.tongues = sorted(tongues, key=lambda way: place(language_name(way[0])))
        return list(rows.values())
