"""Names that this appeal once showed and no longer does.

A name that was always withheld is stored nowhere, so no check can look for it. What can be looked
for are the people whom editions of this appeal named, and whom its signatories name no more.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.document import Document, Pair
from appeals.checks.registry import ERROR, Remark, check
from appeals.checks.spelled_names import spelled


@check("hidden_person", gettext_lazy("a name that is no longer public here"), ERROR, around=True)
def hidden_person(pair: Pair, document: Document) -> Iterator[Remark]:
    for text, in_original in ((pair.rendering, False), (pair.original, True)):
        for found in spelled(text, document.hidden):
            yield Remark(
                _("This appeal once named this person and no longer does."),
                found.start,
                found.end,
                in_original,
            )
