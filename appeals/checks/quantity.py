"""A number that a text names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from appeals.checks.texts import Text

#: A number, or ("at", hours, minutes).
Value = Any


@dataclass(frozen=True)
class Quantity:
    """A number and all that it may mean: 1.500 is 1500 or 1½, and 5 p.m. is 17:00 or 5."""

    start: int
    end: int
    values: frozenset[Value]
    #: May answer for a number in the other text, and asks for none itself.
    weak: bool = False
    in_words: bool = False
    #: What it is if it is several numbers in a row.
    parts: tuple[frozenset[Value], ...] = ()


def with_half(text: Text, end: int, values: Iterable[Value], scale: Decimal) -> frozenset[Value]:
    """Return the values, and the values with a half of the scale if "and a half" follows.

    A multiplier may follow the half: two and a half million.
    """
    plain = frozenset(values)
    after = re.findall(r"[^\W\d_]+", text.string[end : end + 40])[:4]
    words = [text.tongue.fold(word) for word in after]
    at = next((n for n, word in enumerate(words[:3]) if word in text.tongue.halves), None)
    if at is None:
        return plain
    more = {v + scale / 2 for v in plain if not isinstance(v, tuple)}
    if len(words) > at + 1:
        entry, _and = text.tongue.number(words[at + 1])
        if entry and entry.value >= 1000:
            more |= {v * entry.value for v in more}
    return plain | more
