"""The numbers of a text, in digits of any script, in Roman numerals and in words."""

import re
from collections.abc import Iterator
from decimal import Decimal

from appeals.checks.figures import figures
from appeals.checks.quantity import Quantity
from appeals.checks.spelled import spelled_out
from appeals.checks.texts import Text

ROMAN = re.compile(r"(?<![^\W_]|[-'’])([IVXІХ]{1,8})(?:er|re|es?|ᵉʳ?|ème)?(?![^\W_])")
_ROMAN = re.compile(r"(X{0,3})(IX|IV|V?I{0,3})")
_UNITS = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
_LATIN = str.maketrans("ІХ", "IX")


def quantities(text: Text) -> list[Quantity]:
    """Return the numbers of a text in their order, those of addresses left out."""
    found = [*figures(text), *romans(text), *spelled_out(text)]
    taken = [(address.start, address.end) for address in text.addresses]
    kept = [q for q in found if not any(start < q.end and q.start < end for start, end in taken)]
    return sorted(kept, key=lambda q: q.start)


def romans(text: Text) -> Iterator[Quantity]:
    """Yield Roman numerals, of Cyrillic letters too; a single one may be a word or an initial."""
    for hit in ROMAN.finditer(text.string):
        if value := roman(hit[1].translate(_LATIN)):
            yield Quantity(*hit.span(), frozenset({Decimal(value)}), weak=len(hit[1]) == 1)


def roman(letters: str) -> int:
    """Return a Roman numeral's value below 40; 0 for what is none."""
    hit = _ROMAN.fullmatch(letters)
    return 10 * len(hit[1]) + _UNITS.index(hit[2]) if hit else 0
