"""Registers: all names of a kind by the alphabet, in pages, with letters to jump to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from editorial import collating
from editorial.languages import interface, script
from editorial.numbered import Paged

#: So many names stand on one page.
SIZE = 200


@dataclass(frozen=True)
class Entry:
    """A name, the page about it, and in how many things it is."""

    name: str
    slug: str
    count: int


@dataclass
class Letter:
    """The names under one letter on one page.

    Attributes:
        page: the first page on which the letter stands.
    """

    name: str
    anchor: str
    page: int
    entries: list[Entry] = field(default_factory=list)


class Register(Paged):
    """Names in their order, and one page of them.

    Raises:
        Http404: there is no such page.
    """

    def __init__(self, entries: Iterable[Entry], request: HttpRequest, size: int = 0) -> None:
        ours = script(str(interface()))
        placed = [(collating.place(entry.name, ours), entry) for entry in entries]
        placed.sort(key=lambda pair: (pair[0], pair[1].slug))
        self.placed = placed
        self.count = len(placed)
        super().__init__(request, self.count, size or SIZE)

    @cached_property
    def scripts(self) -> list[list[Letter]]:
        """The letters of each script, with the page on which each begins."""
        found: list[list[Letter]] = []
        position = 0
        for _rank, of_script in groupby(self.placed, lambda pair: pair[0].rank):
            letters = []
            for _initial, group in groupby(of_script, lambda pair: pair[0].initial):
                entries = [entry for _place, entry in group]
                name = heading(entries[0].name)
                page = position // self.size + 1
                letters.append(Letter(name, f"letter:{name}", page, entries))
                position += len(entries)
            found.append(letters)
        return found

    @cached_property
    def letters(self) -> list[Letter]:
        """What stands on this page, letter by letter."""
        shown: list[Letter] = []
        position = 0
        for letter in (letter for letters in self.scripts for letter in letters):
            end = position + len(letter.entries)
            here = letter.entries[max(self.start - position, 0) : max(self.end - position, 0)]
            if here:
                shown.append(Letter(letter.name, letter.anchor, letter.page, here))
            position = end
        return shown


def heading(name: str) -> str:
    """Return what names with this initial stand under."""
    if letter := collating.letter(name):
        capital = letter.title()  # not `upper`: the capitals of Georgian never stand alone
        return capital if len(capital) == 1 else letter
    return "汉字" if collating.script_of(name) == "Hani" else _("Others")


def named(*found: QuerySet[Any]) -> list[Entry]:
    """Return the values of rows of live editions, each by the name it was last given.

    Args:
        found: rows of one kind of edition each; one query for each.
    """
    counted: list[Any] = []
    for rows in found:
        grouped = rows.exclude(slug="").order_by().values_list("slug", "name")
        counted += grouped.annotate(Count("edition", distinct=True), Max("edition__live_from"))
    return entries(counted)


def entries(counted: Iterable[tuple[str, str, int, Any]]) -> list[Entry]:
    """Return values by their slugs, names, counts, and when each name was last given."""
    newest: dict[str, tuple[Any, str]] = {}
    counts: dict[str, int] = {}
    for slug, name, count, latest in counted:
        newest[slug] = max(newest.get(slug, (latest, name)), (latest, name))
        counts[slug] = counts.get(slug, 0) + count
    return [Entry(name, slug, counts[slug]) for slug, (_latest, name) in newest.items()]
