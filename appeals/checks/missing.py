"""Passages without a rendering, and renderings that are still the original."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.document import Document, Pair
from appeals.checks.registry import ERROR, WARNING, Remark, check
from appeals.checks.texts import Word

#: So many words in a row, taken over as they are, were hardly meant.
RUN = 5


@check("missing", gettext_lazy("no rendering"), ERROR)
def missing(pair: Pair, document: Document) -> Iterator[Remark]:
    if pair.original and not pair.rendering:
        yield Remark(_("This passage has no rendering."))


@check("untranslated", gettext_lazy("left untranslated"), WARNING)
def untranslated(pair: Pair, document: Document) -> Iterator[Remark]:
    if not any(map(is_common, pair.rendering.words)) or pair.original.base == pair.rendering.base:
        return
    theirs = [word.text.casefold() for word in pair.original.words]
    ours = [word.text.casefold() for word in pair.rendering.words]
    if ours == theirs and any(
        is_common(word) and len(word.text) > 3 for word in pair.rendering.words
    ):
        yield Remark(_("The rendering is the original itself."), 0, len(pair.rendering.string))
        return
    if pair.original.script != pair.rendering.script:
        return
    for start, end in taken_over(ours, theirs):
        first, last = pair.rendering.words[start], pair.rendering.words[end - 1]
        if sum(map(is_common, pair.rendering.words[start:end])) >= RUN:
            yield Remark(
                _("“%(words)s …” stands word by word in the original.")
                % {"words": " ".join(w.text for w in pair.rendering.words[start : start + 3])},
                first.start,
                last.end,
            )


def is_common(word: Word) -> bool:
    """Tell a word from a name, which stays as it is."""
    return word.text[0].islower() or not word.text[0].isupper()


def taken_over(ours: list[str], theirs: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the longest runs of words that stand in the same order in both lists."""
    runs = {tuple(theirs[at : at + RUN]) for at in range(len(theirs) - RUN + 1)}
    start = end = 0
    for at in range(len(ours) - RUN + 1):
        if tuple(ours[at : at + RUN]) not in runs:
            continue
        if at > end:
            if end:
                yield start, end
            start = at
        end = at + RUN
    if end:
        yield start, end
