"""Quotation marks and brackets that are opened and not closed, or closed and not opened."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.document import Document, Pair
from appeals.checks.registry import WARNING, Remark, check
from appeals.checks.texts import Text

BRACKETS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩"}
#: What may close each opening mark: „so“, „so”, “so”, ”so”, »so«, «so».
CLOSES = {"«": "»", "»": "«", "„": "“”", "“": "”", "”": "”", "‹": "›", '"': '"', "‚": "‘’"}
QUOTES = re.compile('[«»„“”‹"‚‘’›]')
#: A list's item: a), 1), (iv) are written with one bracket alone.
ITEM = re.compile(r"(?:^|[\s;,])\w{1,3}$")


class Open(NamedTuple):
    mark: str
    at: int


@check("quotes", gettext_lazy("quotation marks without their other half"), WARNING)
def quotes(pair: Pair, document: Document) -> Iterator[Remark]:
    yield from alone(pair, unpaired_quotes)


@check("brackets", gettext_lazy("brackets without their other half"), WARNING)
def brackets(pair: Pair, document: Document) -> Iterator[Remark]:
    yield from alone(pair, unpaired_brackets)


def alone(pair: Pair, unpaired: Callable[[Text], list[Open]]) -> Iterator[Remark]:
    """Yield what is unpaired here, unless the original leaves as much open: it goes on there."""
    ours, theirs = unpaired(pair.rendering), unpaired(pair.original)
    for mark in ours[len(theirs) :]:
        message = _("“%(mark)s” has no other half.") % {"mark": mark.mark}
        yield Remark(message, mark.at, mark.at + 1)


def unpaired_brackets(text: Text) -> list[Open]:
    stack: list[Open] = []
    strays: list[Open] = []
    for at, mark in enumerate(text.string):
        if mark in BRACKETS:
            stack.append(Open(mark, at))
        elif mark in BRACKETS.values():
            if stack and BRACKETS[stack[-1].mark] == mark:
                stack.pop()
            elif not (mark == ")" and ITEM.search(text.string[max(0, at - 5) : at])):
                strays.append(Open(mark, at))
    return sorted([*stack, *strays], key=lambda each: each.at)


def unpaired_quotes(text: Text) -> list[Open]:
    """Return the quotation marks of a text that have no other half.

    An apostrophe is none. A new paragraph may open again what was not closed; and where one
    quotation ends within another, Russian and Ukrainian close both with one mark.
    """
    stack: list[Open] = []
    strays: list[Open] = []
    deepest = 0
    for hit in QUOTES.finditer(text.string):
        mark, at = hit[0], hit.start()
        if mark == '"' and is_measure(text.string, at):
            continue
        if mark in "‘’›" and not closes(stack, mark):
            continue  # an apostrophe, or an ‘ayn: nothing tells them from a lost quotation mark
        if mark in "‘’" and is_inside_word(text.string, at):
            continue
        if closes(stack, mark) and not (mark == "“" and begins_paragraph(text.string, at)):
            stack.pop()
        elif any(o.mark == mark for o in stack) and begins_paragraph(text.string, at):
            continue
        elif mark == "»" and text.base not in ("de", "da", "sl", "hr", "cs"):
            if not begins_paragraph(text.string, at):
                strays.append(Open(mark, at))
        elif mark == "”" and text.base not in ("sv", "fi"):
            strays.append(Open(mark, at))
        else:
            stack.append(Open(mark, at))
            deepest = max(deepest, sum(1 for o in stack if o.mark == "«"))
    if text.base in ("ru", "uk", "be") and deepest > 1 and stack and stack[0].mark == "«":
        stack.pop()
    return sorted([*stack, *strays], key=lambda each: each.at)


def closes(stack: list[Open], mark: str) -> bool:
    return bool(stack) and mark in CLOSES.get(stack[-1].mark, "")


def begins_paragraph(string: str, at: int) -> bool:
    return at > 0 and string[:at].rstrip(" \u00a0").endswith("\n")


def is_inside_word(string: str, at: int) -> bool:
    return string[at - 1 : at].isalpha() and string[at + 1 : at + 2].isalpha()


def is_measure(string: str, at: int) -> bool:
    """Tell inches and seconds from quotation marks."""
    return string[max(0, at - 1) : at].isdigit() and string[:at].count('"') % 2 == 0
