"""Numbers in digits: separators, dates, times of day, decades, thousands and millions."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from appeals.checks.quantity import Quantity, Value, with_half
from appeals.checks.texts import Text

_GAP = " \u00a0\u202f\u2009'’٬,."
DATE = r"\d{1,2}[./-]\d{1,2}[./-]\d{4}(?!\d)|\d{4}-\d{1,2}-\d{1,2}(?!\d)"
_GROUPS = rf"\d{{1,3}}(?P<gap>[{_GAP}])\d{{3}}(?:(?P=gap)\d{{3}})*(?!\d)(?:[.,٫]\d+)?"
FIGURES = re.compile(
    rf"(?<!\d)(?:(?P<date>{DATE})"
    r"|(?P<hour>[01]?\d|2[0-4])(?:[ \u00a0\u202f]?(?:h|H|heures?|ч\.|год\.)[ \u00a0\u202f]?|:)"
    r"(?P<minute>[0-5]\d)(?!\d)"
    rf"|(?P<number>{_GROUPS}|\d+(?:[.,٫]\d+)*))",
)
OTHER_DIGIT = re.compile(r"(?![0-9])\d")
DECADE = re.compile(r"['’]?s\b|-е\b|-?(?:х|ті|тих|тые|тых|ых|ые)\b")
HALF_DAY = re.compile(r"\s?([ap])\.?\s?m\b", re.I)
NEXT_WORD = re.compile(r"[\s-]?([^\W\d_]+)")


def figures(text: Text) -> Iterator[Quantity]:
    """Yield the numbers that are written in digits."""
    string = in_ascii(text.string)
    for hit in FIGURES.finditer(string):
        if hit["date"]:
            yield from of_date(hit)
        elif hit["hour"]:
            half = half_of_day(string, hit.end())
            values = frozenset(times(int(hit["hour"]), int(hit["minute"]), half))
            yield Quantity(*hit.span(), values)
        else:
            yield scaled(text, number(string, hit))


def on_the_hour(text: Text, found: Quantity) -> Quantity:
    """Return a number from 13 to 23, before the word for hours, as the hour it is at night."""
    hit = NEXT_WORD.match(text.string, found.end)
    if not hit or text.tongue.fold(hit[1]) not in text.tongue.hours:
        return found
    later = {value - 12 for value in found.values if value in range(13, 24)}
    return replace(found, values=found.values | later)


def in_ascii(string: str) -> str:
    """Return a text with the digits of every script as 0 to 9, each in its place."""
    return OTHER_DIGIT.sub(lambda digit: str(int(digit[0])), string)


def of_date(hit: re.Match[str]) -> Iterator[Quantity]:
    """Yield the day and the year of a date in figures; its month is for ``months``."""
    first, second, third = (int(part) for part in re.split(r"[./-]", hit["date"]))
    if first > 31:
        yield Quantity(*hit.span(), frozenset({first}))
        yield Quantity(*hit.span(), frozenset({third}))
    else:
        yield Quantity(*hit.span(), frozenset({first, second}))
        yield Quantity(*hit.span(), frozenset({third}))


def half_of_day(string: str, end: int) -> str:
    """Return the "a" of a.m. or the "p" of p.m. after a time, or nothing."""
    half = HALF_DAY.match(string, end)
    return half[1].lower() if half else ""


def times(hour: int, minute: int, half: str) -> Iterator[Value]:
    """Yield all that a time may be written as: 5 is 17 where nobody says which."""
    hours = {hour}
    if half == "p" and hour < 12:
        hours.add(hour + 12)
    elif not half:
        hours.add(hour + 12 if hour < 12 else hour - 12)
    for each in hours:
        yield ("at", each, minute)
        if minute == 0:
            yield Decimal(each)


def number(string: str, hit: re.Match[str]) -> Quantity:
    """Return what a number in digits may mean, with its separators."""
    written, end = hit["number"], hit.end()
    pieces, marks = re.split(r"\D", written), re.findall(r"\D", written)
    if not marks:
        values: set[Value] = {Decimal(written)}
        if len(written) in (2, 4) and DECADE.match(string, end):
            values |= {Decimal(written[-2:]), Decimal(f"19{int(written[-2:]):02}")}
        if len(written) < 3 and (half := half_of_day(string, end)):
            values |= set(times(int(written), 0, half))
        return Quantity(*hit.span(), frozenset(values))
    values = set()
    if len(set(marks)) == 1 and are_groups(pieces):
        values.add(Decimal("".join(pieces)))
    *head, last = pieces
    if marks[-1] in ".,٫" and marks[-1] not in marks[:-1] and (not head[1:] or are_groups(head)):
        values.add(Decimal(f"{''.join(head)}.{last}"))
    if marks == ["."] and len(last) == 2 and len(head[0]) < 3:
        values |= set(times(int(head[0]), int(last), half_of_day(string, end)))
    parts = tuple(frozenset({Decimal(piece)}) for piece in pieces)
    return Quantity(*hit.span(), frozenset(values), parts=parts)


def are_groups(pieces: list[str]) -> bool:
    """Tell whether digits stand in thousands, or in lakhs and crores."""
    first, *rest = pieces
    return len(first) < 4 and len(rest[-1]) == 3 and all(len(piece) in (2, 3) for piece in rest)


def scaled(text: Text, found: Quantity) -> Quantity:
    """Return a number in digits times the word after it: 14 thousand, 1,5 млн."""
    hit = NEXT_WORD.match(text.string, found.end)
    if not hit:
        return found
    scale = Decimal(text.tongue.scales.get(text.tongue.fold(hit[1]), 0))
    if not scale and (entry := text.tongue.number(hit[1])[0]) and entry.value % 1000 == 0:
        scale = entry.value
    if not scale:
        return on_the_hour(text, found)
    values = {value * scale for value in found.values if not isinstance(value, tuple)}
    return Quantity(found.start, hit.end(), with_half(text, hit.end(), values, scale))
