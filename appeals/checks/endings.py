"""The mark at the end: a question that became a statement, a sentence without its end."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.document import Document, Pair
from appeals.checks.registry import WARNING, Remark, check

_CLOSING = "»«”“„’‘\"')]} \n\t\u200e\u200f\u202c\u2069"
_MARKS = {"question": "?؟\u037e⸮", "exclamation": "!", "statement": ".…。۔։।:;,؛،"}
_END = re.compile(r"[?؟!.…。۔։।:;⸮,؛،]+$")
#: Conventions differ too much in these.
FREE = {"salutation", "signature"}


@check("ending", gettext_lazy("another mark at the end"), WARNING)
def ending(pair: Pair, document: Document) -> Iterator[Remark]:
    if pair.kind in FREE or not (pair.original and pair.rendering):
        return
    theirs, ours = marks(pair.original.string), marks(pair.rendering.string)
    stopless = pair.kind != "paragraph" or "ar" in (pair.original.base, pair.rendering.base)
    if theirs & ours or not theirs:
        if theirs or not ours or ours == {"statement"}:
            return
    elif not ours and stopless and theirs == {"statement"}:
        return
    at = len(pair.rendering.string.rstrip())
    says = {
        "question": _("a question"),
        "exclamation": _("an exclamation"),
        "statement": _("a statement"),
        "": _("without a mark"),
    }
    yield Remark(
        _("The original ends as %(theirs)s, the rendering as %(ours)s.")
        % {"theirs": says[next(iter(theirs), "")], "ours": says[next(iter(ours), "")]}
        if theirs and ours
        else _("The mark at the end of the original is missing.")
        if theirs
        else _("The rendering ends as %(ours)s, the original does not.")
        % {"ours": says[next(iter(ours))]},
        max(0, at - 1),
        at,
    )


def marks(string: str) -> set[str]:
    """Return the classes of the marks at the end of a text: "?!" is of two."""
    end = _END.search(string.rstrip(_CLOSING))
    if not end:
        return set()
    classes = {name for name, signs in _MARKS.items() if set(end[0]) & set(signs)}
    return classes - {"statement"} or classes
