"""Words that no dictionary has, and that a translation means as it writes them."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property

from appeals.checks.dictionaries import consonants, plain
from appeals.checks.document import Document, Pair
from appeals.checks.texts import WORD, Text, Word, scripts_of
from appeals.checks.tongues.tongue import stripped
from appeals.naming.likeness import CONSONANTAL, base, stem
from appeals.wording.stems import Phrases

#: Written so often in one translation, a word is meant.
OFTEN = 3
#: A name of fewer letters begins too many words, and so many consonants say little.
SHORT = 3
#: What stands before the first word of a sentence.
BEGINNING = re.compile(r"(?:^|[.!?…\n])[\s«“„‹\"(\[–—-]*$")


class Meant:
    """What a translation says of its own words: its original, its names, its glossary."""

    def __init__(self, pair: Pair, document: Document) -> None:
        self.pair = pair
        self.terms = document.terms
        self.theirs, self.names, self.used, self.asked = survey(document)

    def has(self, word: Word, own: str) -> bool:
        """Tell whether a word is told of there, repeated, or made of a name."""
        return (
            own in self.theirs
            or self.used[own] >= OFTEN
            or (is_capitalised(word) and self.used[own.capitalize()] > 0)
            or any(part.startswith(root) for part in parts(own) for root in self.names)
            or any(start <= word.start and word.end <= end for start, end in self.of_terms)
        )

    def may_be_asked(self, own: str, most: int) -> bool:
        """Tell whether a word is one of the first so many that are asked about; note it."""
        if own not in self.asked and len(self.asked) >= most:
            return False
        self.asked.add(own)
        return True

    def is_transcribed(self, own: str, near: Iterable[str]) -> bool:
        """Tell whether a word sounds as one of the original in another script: акимат, akimat.

        "Adress" sounds as адрес, but "address" does too: that is a slip. In scripts that leave
        out their vowels too many words sound alike to say so.
        """
        if not any(map(self.sounds_foreign, parts(own))):
            return False
        return scripts_of(own) <= CONSONANTAL or not any(map(self.sounds_foreign, near))

    def sounds_foreign(self, word: str) -> bool:
        bare = consonants(base(word))
        return stem(word) in self.sounds or (len(bare) >= SHORT and bare in self.consonants)

    @cached_property
    def of_terms(self) -> list[tuple[int, int]]:
        """Where the terms of the glossary stand, in any of their forms."""
        texts = {text for term in self.terms for text in (term.term, *term.renderings)}
        found = Phrases(texts, self.pair.rendering.language).found_in(self.pair.rendering)
        return [(hit.start, hit.end) for hit in found]

    @cached_property
    def foreign(self) -> set[str]:
        """Words in other scripts that the rendering may transcribe."""
        words = {word.text for word in self.pair.original.words} | self.names
        return {word for word in words if scripts_of(word) != {self.pair.rendering.script}}

    @cached_property
    def sounds(self) -> set[str]:
        return {stem(word) for word in self.foreign} - {""}

    @cached_property
    def consonants(self) -> set[str]:
        return {consonants(base(word)) for word in self.foreign}


def parts(own: str) -> Collection[str]:
    """Return a word, in Arabic without what is written together with it and its mute ending."""
    if scripts_of(own) != {"ARABIC"}:
        return (own,)
    return {form for part in stripped(own) for form in (part, part.removesuffix("ة"))}


def own_part(word: Word, text: Text) -> str:
    """Return a word as it stands inside a sentence, in French without l’, d’ or qu’."""
    if text.base == "fr":
        first, mark, rest = re.sub("[’ʼ]", "'", word.text).partition("'")
        if mark and len(first) <= 2:
            return rest
    if is_capitalised(word) and BEGINNING.search(text.string, max(0, word.start - 9), word.start):
        return word.text.lower()
    return word.text


def is_capitalised(word: Word) -> bool:
    return word.text[0].isupper() and word.text[1:].islower()


Survey = tuple[set[str], set[str], Counter[str], set[str]]


def survey(document: Document) -> Survey:
    """Return the words of the originals, what names begin with, and how often words are used.

    The last is for what was asked about. It is read once for a document.
    """
    kept = document.kept.get("spelling")
    if isinstance(kept, tuple):
        return kept
    names = [text for name in document.names for text in (name.text, *name.spellings)]
    roots = {base(plain(word)) for text in (*names, *document.said) for word in WORD.findall(text)}
    theirs = {plain(w.text.casefold()) for pair in document.pairs for w in pair.original.words}
    texts = [pair.rendering for pair in document.pairs]
    used = Counter(plain(own_part(word, text)) for text in texts for word in text.words)
    found: Survey = theirs, {root for root in roots if len(root) > SHORT}, used, set()
    document.kept["spelling"] = found
    return found
