"""Slips of the hand: a word written twice."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.document import Document, Pair
from appeals.checks.registry import WARNING, Remark, check
from appeals.checks.texts import Text, Word

#: What is rightly written twice in a row.
TWICE = {
    "en": {"that", "had", "bye", "so", "very", "ha"},
    "fr": {"nous", "vous", "très", "non", "oui", "ha"},
    "ru": {"да", "нет", "чуть", "еле", "очень", "вот", "так"},
    "uk": {"так", "ні", "ледь", "дуже", "от", "ось"},
    "ar": {"لا", "نعم"},
}


@check("doubled_word", gettext_lazy("a word written twice"), WARNING)
def doubled_word(pair: Pair, document: Document) -> Iterator[Remark]:
    theirs = len(doubled(pair.original))
    for first, second in doubled(pair.rendering)[theirs:]:
        yield Remark(
            _("“%(word)s” stands twice in a row.") % {"word": first.text}, first.start, second.end
        )


def doubled(text: Text) -> list[tuple[Word, Word]]:
    """Return the words that follow themselves; names of two like words are left alone."""
    found = []
    for first, second in zip(text.words, text.words[1:], strict=False):
        if first.text.casefold() != second.text.casefold():
            continue
        between = text.between(first, second)
        if between.strip(" \n\u00a0") or "\n\n" in between:
            continue
        if first.text.casefold() in TWICE.get(text.base, ()):
            continue
        if first.text[0].isupper() and second.text[0].isupper() and not first.text.isupper():
            continue
        if len(text.string) > second.end and text.string[second.end] in "-‐‑":
            continue  # "что что-то"
        found.append((first, second))
    return found
