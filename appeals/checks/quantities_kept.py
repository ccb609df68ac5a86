"""Numbers and months that one text has and the other has not."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.document import Document, Pair
from appeals.checks.months import Month, knows_months
from appeals.checks.quantity import Quantity, Value
from appeals.checks.registry import WARNING, Remark, check
from appeals.checks.texts import Text


@check("numbers", gettext_lazy("numbers that differ"), WARNING)
def numbers(pair: Pair, document: Document) -> Iterator[Remark]:
    if not (pair.original and pair.rendering):
        return
    theirs, ours = pair.quantities
    lost = unanswered(theirs, ours, pair.original, pair.rendering)
    new = unanswered(ours, theirs, pair.rendering, pair.original)
    yield from differences(pair, lost, new)


@check("dates", gettext_lazy("months that differ"), WARNING)
def dates(pair: Pair, document: Document) -> Iterator[Remark]:
    if not (pair.original and pair.rendering):
        return
    if not (knows_months(pair.original.language) and knows_months(pair.rendering.language)):
        return
    theirs, ours = pair.months
    yield from differences(pair, unmatched(theirs, ours), unmatched(ours, theirs))


def differences(
    pair: Pair, lost: Sequence[Quantity | Month], new: Sequence[Quantity | Month]
) -> Iterator[Remark]:
    """Yield one remark where one thing became another, and one for each that came or went."""
    said = [pair.original.string[q.start : q.end] for q in lost]
    say = [pair.rendering.string[q.start : q.end] for q in new]
    together = min(len(lost), len(new))
    for before, after, at in zip(said, say, new, strict=False):
        message = _("The original says “%(before)s”, the rendering “%(after)s”.")
        yield Remark(message % {"before": before, "after": after}, at.start, at.end)
    for before, at in list(zip(said, lost, strict=True))[together:]:
        message = _("The rendering lacks “%(before)s” of the original.") % {"before": before}
        yield Remark(message, at.start, at.end, in_original=True)
    for after, at in list(zip(say, new, strict=True))[together:]:
        message = _("The original has no “%(after)s”.") % {"after": after}
        yield Remark(message, at.start, at.end)


def unanswered(
    asking: list[Quantity], answering: list[Quantity], here: Text, there: Text
) -> list[Quantity]:
    """Return the numbers of one text that nothing in the other answers for."""
    values: set[Value] = set().union(*(each.values for each in answering))
    runs = [each for each in answering if each.parts]
    for each in runs:
        values |= set().union(*each.parts)
    if there.tongue.has_dual or here.tongue.has_dual:
        values.add(2)
    found = []
    for each in asking:
        if each.weak or (each.in_words and not there.tongue.numbers):
            continue
        if each.values & values:
            continue
        if each.parts and all(part & values for part in each.parts):
            continue
        found.append(each)
    return found


def unmatched(asking: list[Month], answering: list[Month]) -> list[Month]:
    values: set[int] = set().union(*(month.values for month in answering))
    return [month for month in asking if not month.weak and not month.values & values]
