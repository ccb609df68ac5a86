"""Renderings far longer or shorter than the document's own ratio would have them."""

from collections.abc import Iterator
from math import log

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.document import Document, Pair
from appeals.checks.registry import WARNING, Remark, check

#: So far from the median a pair may always be, and so many times the usual distance.
ALWAYS, TIMES = log(2), 5
#: Shorter texts vary too much.
SHORT = 60


@check("length", gettext_lazy("length out of proportion"), WARNING)
def length(pair: Pair, document: Document) -> Iterator[Remark]:
    usual = document.usual_ratio
    if usual is None or pair.ratio is None or pair.original.length < SHORT:
        return
    middle, spread = usual
    distance = pair.ratio - middle
    if abs(distance) <= max(ALWAYS, TIMES * spread):
        return
    if distance < 0:
        message = _("Much shorter than the other passages' ratio lets expect: is a part missing?")
    else:
        message = _("Much longer than the other passages' ratio lets expect: was something added?")
    yield Remark(message)
