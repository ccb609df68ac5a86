"""Words that no dictionary knows, where a word that it knows is near.

What has no such word near it is rather a name, a loan or a new word than a slip of the hand.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.dictionaries import Dictionary, dictionary, has_dictionary, plain
from appeals.checks.document import Document, Pair
from appeals.checks.meant import Meant, is_capitalised, own_part
from appeals.checks.registry import HINT, Remark, check
from appeals.checks.texts import Text, Word, scripts_of
from editorial.languages import listed

#: The languages in which it was measured; in others it says nothing, whatever is installed.
MEASURED = ("ar", "en", "fr", "ru", "uk")
#: A word of fewer letters has too many others near it, one of more is none.
SHORTEST, LONGEST = 3, 24
#: How many words are offered instead, and of how many in one translation others are looked for.
OFFERED, ASKED = 3, 50
#: Words quoted for themselves, and not a sentence that somebody said.
QUOTED = re.compile(r"[«“„‹‘\"][^\s«»“”„‹›\"]+(?:\s[^\s«»“”„‹›\"]+){0,2}\s?[»”“›’\"]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060]")
COMPOUND = re.compile(r"[\w'’ʼ]+(?:[-‑][\w'’ʼ]+)+")
HYPHENS = ("-", "‑")
#: Around each word that is offered: a list in Arabic stands in a sentence that may be in English.
ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
#: What joins a word to others that are none: citoyen·ne·s, a/b, a name on a network.
GLUED = ("·", "•", "_", "@", "#", "/", "\\")
#: How the first half of a compound ends: socio-, грузино-.
LINKING = ("o", "о")


def reads(language: str) -> bool:
    return language.split("-")[0].lower() in MEASURED and has_dictionary(language)


@check("spelling", gettext_lazy("words no dictionary knows"), HINT, reads=reads)
def spelling(pair: Pair, document: Document) -> Iterator[Remark]:
    book = dictionary(pair.rendering.language)
    if book is None:
        return
    words = list(candidates(pair.rendering))
    unknown: dict[str, Word] = {}
    for own, word in words:
        if own not in unknown and not is_known(book, own, word, pair.rendering):
            unknown[own] = word
    if not unknown or (len(unknown) > 2 and 2 * len(unknown) > len(words)):
        return  # this is not the language it should be in
    meant = Meant(pair, document)
    for own, word in unknown.items():
        if meant.has(word, own):
            continue
        if not meant.may_be_asked(own, ASKED):
            return
        near = book.near(own)
        if not near or meant.is_transcribed(own, near):
            continue
        if is_capitalised(word):
            near = tuple(each.capitalize() for each in near)
        offered = listed(f"{ISOLATE}“{each}”{POP_ISOLATE}" for each in near[:OFFERED])
        said = [
            _("The dictionary does not know “%(word)s”.") % {"word": word.text},
            _("Is it %(words)s?") % {"words": offered},
        ]
        yield Remark(" ".join(said), word.start, word.end)


def candidates(text: Text) -> Iterator[tuple[str, Word]]:
    """Yield the words that may be misspelled, as a dictionary spells them.

    They are in the text's script, and neither names nor parts of something else.
    """
    quoted = [hit.span() for hit in QUOTED.finditer(text.string)]
    for word in text.words:
        own = own_part(word, text)
        if (
            SHORTEST <= len(own) <= LONGEST
            and own == own.lower()
            and scripts_of(word.text) == {text.script}
            and not INVISIBLE.search(word.text)
            and not is_part(text.string[: word.start][-2:], text.string[word.end :][:3])
            and not any(start < word.start and word.end < end for start, end in quoted)
            and not text.tongue.number(word.text)[0]
        ):
            yield plain(own), word


def is_part(before: str, after: str) -> bool:
    """Tell what belongs to a number, an abbreviation or an inclusive form: 20-х, эл. почта."""
    return (
        before[-1:].isdigit()
        or (before.endswith(HYPHENS) and before[0].isdigit())
        or before.endswith(GLUED)
        or after.startswith(GLUED)
        or (after.startswith(".") and after[1:].lstrip("\u00a0 ")[:1].islower())
    )


def is_known(book: Dictionary, own: str, word: Word, text: Text) -> bool:
    """Tell whether a word is in the dictionary, by itself or in the compound it stands in."""
    if book.knows(own) or book.knows(plain(word.text)):
        return True
    if not text.string.startswith(HYPHENS, word.end):
        return False
    compound = COMPOUND.match(text.string, word.start)
    whole = plain(compound[0]).replace("‑", "-") if compound else own
    return own.endswith(LINKING) or book.knows(whole) or book.knows(whole.replace("-", ""))
