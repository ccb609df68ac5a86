"""Words left in another script, and letters of another script inside a word."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.document import Document, Pair
from appeals.checks.registry import WARNING, Remark, check
from appeals.checks.texts import Text, Word, scripts_of

ALPHABETS = {"LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "ARMENIAN", "GEORGIAN"}
#: What a word of the original, quoted as it is, stands between.
_OPENING, _CLOSING = '«“„‹‘"([', '»”“›’")]'


@check("wrong_script", gettext_lazy("words of another script"), WARNING)
def wrong_script(pair: Pair, document: Document) -> Iterator[Remark]:
    text = pair.rendering
    if text.script not in ALPHABETS or pair.original.script == text.script:
        return
    foreign = [w for w in text.words if scripts_of(w.text) == {pair.original.script}]
    if 2 * len(foreign) > len(text.words):
        return  # this is not a leftover: ``untranslated`` says so
    theirs = {word.text for word in pair.original.words}
    for word in foreign:
        if is_quoted(text, word):
            continue
        if text.script != "LATIN" and (word.text not in theirs or not word.text.islower()):
            continue  # NATO and 3D are at home everywhere
        yield Remark(
            _("“%(word)s” is left in the script of the original.") % {"word": word.text},
            word.start,
            word.end,
        )


def is_quoted(text: Text, word: Word) -> bool:
    """Tell whether a word stands between quotation marks or brackets, with others perhaps."""
    before, after = text.string[: word.start], text.string[word.end :]
    opened = max((before.rfind(mark) for mark in _OPENING), default=-1)
    closed = max((before.rfind(mark) for mark in _CLOSING if mark not in _OPENING), default=-1)
    return opened > closed and any(mark in after[:80] for mark in _CLOSING)


@check("mixed_script", gettext_lazy("two scripts in one word"), WARNING)
def mixed_script(pair: Pair, document: Document) -> Iterator[Remark]:
    for word in pair.rendering.words:
        if word.text.isascii():
            continue
        scripts = scripts_of(word.text) & ALPHABETS
        if len(scripts) > 1 and "µ" not in word.text:
            names = sorted(scripts)
            yield Remark(
                _("“%(word)s” mixes letters of two alphabets: %(first)s and %(second)s.")
                % {"word": word.text, "first": names[0].title(), "second": names[1].title()},
                word.start,
                word.end,
            )
