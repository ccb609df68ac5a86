"""The signatures of an appeal as readers turn them over: by group, and a page at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editorial.languages import listed

Content = dict[str, Any]
#: So many stand on the page of an appeal itself; of more, only the first.
FEW, FIRST = 200, 60
A_PAGE = 1000


@dataclass(frozen=True)
class Group:
    """Neighbours of one group, in order.

    Attributes:
        goes_on: whether it began on an earlier page.
    """

    name: str
    original: str
    signatories: list[Content]
    goes_on: bool = False


class Roll:
    """All who signed an edition."""

    def __init__(self, signatories: Sequence[Content]) -> None:
        self.signatories = signatories

    @property
    def total(self) -> int:
        return len(self.signatories)

    @property
    def is_long(self) -> bool:
        """Whether there are too many for the page of the appeal."""
        return self.total > FEW

    @property
    def pages(self) -> range:
        return range(1, -(-self.total // A_PAGE) + 1)

    def figures(self) -> str:
        """Say how many signed, and how many of them are not named."""
        people = sum(s["count"] for s in self.signatories if s["kind"] != "organisation")
        bodies = sum(s["kind"] == "organisation" for s in self.signatories)
        unnamed = sum(s["count"] for s in self.signatories if s["name_status"] != "public")
        said = [ngettext("%(n)d person", "%(n)d people", people) % {"n": people}] if people else []
        if bodies:
            text = ngettext("%(n)d organisation", "%(n)d organisations", bodies)
            said.append(text % {"n": bodies})
        if unnamed:
            text = ngettext("%(n)d of them is not named", "%(n)d of them are not named", unnamed)
            said.append(text % {"n": unnamed})
        return listed(said)

    @cached_property
    def all(self) -> list[Group]:
        return list(self.groups(0, self.total))

    @cached_property
    def first(self) -> list[Group]:
        """The groups of those whom the page of the appeal shows."""
        return list(self.groups(0, FIRST)) if self.is_long else self.all

    def page(self, number: int) -> list[Group]:
        """Return the groups of one page, counted from 1."""
        return list(self.groups((number - 1) * A_PAGE, number * A_PAGE))

    def groups(self, start: int, end: int) -> Iterator[Group]:
        """Yield neighbours of one group among those from a place to another."""
        last = self.signatories[start - 1]["group"] if start else None
        for name, found in groupby(self.signatories[start:end], lambda s: s["group"]):
            members = list(found)
            yield Group(name, members[0]["group_original"], members, bool(name) and name == last)
            last = None

    @cached_property
    def contents(self) -> list[tuple[str, int]]:
        """The groups' names, each with the page on which it begins."""
        found: dict[str, int] = {}
        for place, signatory in enumerate(self.signatories):
            if signatory["group"]:
                found.setdefault(signatory["group"], place // A_PAGE + 1)
        return list(found.items())

    def range_of(self, number: int) -> str:
        """Say which signatures stand on a page."""
        first, last = (number - 1) * A_PAGE + 1, min(number * A_PAGE, self.total)
        return _("%(first)d to %(last)d") % {"first": first, "last": last}
