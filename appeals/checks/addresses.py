"""Addresses of pages and of people that changed on the way."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.document import Document, Pair
from appeals.checks.registry import WARNING, Remark, check


@check("address", gettext_lazy("a URL or an e-mail address that differs"), WARNING)
def address(pair: Pair, document: Document) -> Iterator[Remark]:
    if not (pair.original and pair.rendering):
        return
    theirs = {same(word.text) for word in pair.original.addresses}
    ours = {same(word.text) for word in pair.rendering.addresses}
    for word in pair.rendering.addresses:
        if same(word.text) not in theirs:
            message = _("“%(address)s” is not in the original.") % {"address": word.text}
            yield Remark(message, word.start, word.end)
    if theirs - ours and not ours - theirs:
        for word in pair.original.addresses:
            if same(word.text) not in ours:
                message = _("The rendering lacks “%(address)s”.") % {"address": word.text}
                yield Remark(message, word.start, word.end, in_original=True)


def same(address: str) -> str:
    """Return what an address has in common with other ways to write it."""
    bare = address.casefold().rstrip("/")
    for start in ("https://", "http://", "www."):
        bare = bare.removeprefix(start)
    return bare
