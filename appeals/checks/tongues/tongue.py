"""The form in which a language tells the checks its words."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple


class NumberWord(NamedTuple):
    """What a word counts.

    A weak one may answer for a number in the other text and asks for none itself: "both" for
    "two", "first" for "1", "dozen" for "12".
    """

    value: Decimal
    weak: bool = False


Numbers = Mapping[str, NumberWord]


def plain(word: str) -> str:
    """Return a word as the tables spell it: small letters, one kind of apostrophe."""
    return unicodedata.normalize("NFC", word).casefold().replace("’", "'").replace("ʼ", "'")


def numbers(strong: Mapping[str, str], weak: Mapping[str, str]) -> dict[str, NumberWord]:
    """Return a table from lists of forms by what they count."""
    table: dict[str, NumberWord] = {}
    for rows, is_weak in ((strong, False), (weak, True)):
        for value, forms in rows.items():
            table |= {form: NumberWord(Decimal(value), is_weak) for form in forms.split()}
    return table


@dataclass(frozen=True)
class Tongue:
    """The words of one language, spelled as ``fold`` spells them."""

    numbers: Numbers
    fold: Callable[[str], str] = plain
    #: What may stand between the parts of one number.
    ands: frozenset[str] = frozenset()
    #: "… and a half".
    halves: frozenset[str] = frozenset()
    #: What makes a percentage of the "hundred" after it.
    percent: frozenset[str] = frozenset()
    #: What follows an hour of the day.
    hours: frozenset[str] = frozenset()
    #: Beginnings of words that hold a number: "three-day" as one word.
    prefixes: Mapping[str, int] = field(default_factory=dict)
    #: Abbreviated multipliers, which only follow digits.
    scales: Mapping[str, int] = field(default_factory=dict)
    #: Names of months that are other words as well, and what stands before a month.
    doubtful_months: frozenset[str] = frozenset()
    before_months: frozenset[str] = frozenset()
    #: What one who signs may be, by the beginning of the word; several words are tried first.
    roles: Mapping[str, str] = field(default_factory=dict)
    #: Two of a kind may be said by the form of the noun alone.
    has_dual: bool = False
    #: A word may begin with "and", written together with it.
    joined_and: str = ""

    def number(self, word: str) -> tuple[NumberWord | None, bool]:
        """Return what a word counts, and whether an "and" was written together with it."""
        word = self.fold(word)
        if found := self.numbers.get(word):
            return found, False
        if self.joined_and and word.startswith(self.joined_and):
            for rest in stripped(word[1:]):
                if found := self.numbers.get(rest):
                    return found, True
        if self.joined_and:
            for rest in stripped(word):
                if found := self.numbers.get(rest):
                    return found, False
        for prefix, value in self.prefixes.items():
            if word.startswith(prefix) and len(word) >= len(prefix) + 4:
                return NumberWord(Decimal(value), True), False
        return None, False


def stripped(word: str) -> Iterable[str]:
    """Yield an Arabic word without what is written together with it, little by little."""
    yield word
    if word[:1] in "بلكف" and len(word) > 3:
        yield word[1:]
        word = word[1:]
    for article in ("ال", "لل"):
        if word.startswith(article):
            yield word[2:]
    if word.startswith("ل"):
        yield word[1:]
