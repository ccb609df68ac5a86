"""What checks look at: a translation as plain texts, with what the desk knows around it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log
from statistics import median

from django.utils.translation import gettext_lazy

from appeals.checks.months import Month, months
from appeals.checks.quantities import quantities
from appeals.checks.quantity import Quantity
from appeals.checks.texts import Text

#: Below so many letters and digits a text's length says nothing.
SHORT = 25
#: So many pairs make a ratio of lengths that a pair can be held against.
ENOUGH = 6


#: What readers are shown of a translation beside its passages; no key of a passage begins so.
PLACES = {
    ":title": gettext_lazy("title"),
    ":label": gettext_lazy("label"),
    ":translator": gettext_lazy("translator"),
}


def place_name(key: str) -> str:
    """Return what a place is called at the desk."""
    return str(PLACES.get(key, f"§ {key}"))


@dataclass(frozen=True, eq=False)
class Pair:
    """A passage and its rendering."""

    key: str
    kind: str
    original: Text
    rendering: Text

    @cached_property
    def quantities(self) -> tuple[list[Quantity], list[Quantity]]:
        """The numbers of both texts."""
        return quantities(self.original), quantities(self.rendering)

    @cached_property
    def months(self) -> tuple[list[Month], list[Month]]:
        """The months that both texts name."""
        return months(self.original), months(self.rendering)

    @cached_property
    def ratio(self) -> float | None:
        """The logarithm of how much longer the rendering is; None for what is short or empty."""
        if not self.rendering or self.original.length < SHORT or not self.rendering.length:
            return None
        return log(self.rendering.length / self.original.length)


@dataclass(frozen=True)
class Name:
    """A name as the name memory has it."""

    text: str
    spellings: tuple[str, ...] = ()
    not_the_same_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """A term as the glossary has it."""

    term: str
    renderings: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Signed:
    """A line of the signatures: how many sign in which role."""

    role: str
    role_original: str
    count: int


@dataclass(frozen=True, eq=False)
class Document:
    """A whole translation. The roles of ``signed`` are in the newsroom's ``house`` language."""

    pairs: Sequence[Pair]
    names: Sequence[Name] = ()
    signed: Sequence[Signed] = ()
    hidden: Sequence[str] = ()
    house: str = "en"
    terms: Sequence[Term] = ()
    #: What else names people, places and organisations: signatures, the place of the appeal.
    said: Sequence[str] = ()
    #: What readers are shown beside the passages; most checks do not look there.
    around: Sequence[Pair] = ()
    #: What a check keeps for itself while it goes through the document.
    kept: dict[str, object] = field(default_factory=dict)

    @cached_property
    def usual_ratio(self) -> tuple[float, float] | None:
        """The median of the pairs' ratios and their median distance from it.

        None where there are too few to tell.
        """
        ratios = [pair.ratio for pair in self.pairs if pair.ratio is not None]
        if len(ratios) < ENOUGH:
            return None
        middle = median(ratios)
        return middle, median(abs(ratio - middle) for ratio in ratios)
