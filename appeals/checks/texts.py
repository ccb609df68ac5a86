"""A text in a language, and what checks ask of it: its words and their scripts."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, cached_property
from typing import NamedTuple

from appeals.checks.tongues import tongue
from appeals.checks.tongues.tongue import Tongue
from editorial.languages import script

#: Signs that belong to the letter before them, and joiners inside words.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200d"
_LETTER = rf"[^\W\d_](?:[{_MARKS}]*)"
WORD = re.compile(rf"(?:{_LETTER})+(?:['’ʼ](?:{_LETTER})+)*")
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>«»“”„\"]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.])(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s<>«»“”„\"]*)?",
    re.I | re.ASCII,
)
#: What Unicode calls the scripts that languages.script names by ISO 15924.
_NAMES = {
    "Latn": "LATIN",
    "Cyrl": "CYRILLIC",
    "Grek": "GREEK",
    "Arab": "ARABIC",
    "Hebr": "HEBREW",
    "Armn": "ARMENIAN",
    "Geor": "GEORGIAN",
    "Deva": "DEVANAGARI",
    "Beng": "BENGALI",
    "Thai": "THAI",
    "Ethi": "ETHIOPIC",
    "Hans": "CJK",
    "Hant": "CJK",
    "Kore": "HANGUL",
}


class Word(NamedTuple):
    text: str
    start: int
    end: int


@cache
def script_of(letter: str) -> str:
    """Return a letter's script, as the first word of its Unicode name; "" for none."""
    if not letter.isalpha():
        return ""
    return unicodedata.name(letter, "").partition(" ")[0]


def scripts_of(word: str) -> set[str]:
    """Return the scripts of a word's letters; ª and º belong to none."""
    return {script_of(c) for c in word} - {"", "MODIFIER", "FEMININE", "MASCULINE", "FULLWIDTH"}


class Text:
    """A text that is read once however many checks ask."""

    def __init__(self, string: str, language: str = "") -> None:
        self.string = string
        self.language = language

    def __bool__(self) -> bool:
        return bool(self.string.strip())

    @cached_property
    def tongue(self) -> Tongue:
        return tongue(self.language)

    @cached_property
    def base(self) -> str:
        """The language without script and region."""
        return self.language.split("-")[0].lower()

    @cached_property
    def script(self) -> str:
        """The script it should be written in, "" where that is not known."""
        return _NAMES.get(script(self.language), "") if self.language else ""

    @cached_property
    def addresses(self) -> list[Word]:
        """URLs and e-mail addresses, without the punctuation of the sentence around them."""
        found = []
        for hit in ADDRESS.finditer(self.string):
            address = hit[0].rstrip(".,;:!?…)]}'’»")
            found.append(Word(address, hit.start(), hit.start() + len(address)))
        return found

    @cached_property
    def words(self) -> list[Word]:
        """The words that are not part of an address."""
        return list(self._words())

    def _words(self) -> Iterator[Word]:
        addresses = iter([*self.addresses, Word("", len(self.string) + 1, 0)])
        address = next(addresses)
        for hit in WORD.finditer(self.string):
            while address.end and hit.start() >= address.end:
                address = next(addresses)
            if hit.start() < address.start:
                yield Word(hit[0], hit.start(), hit.end())

    @cached_property
    def length(self) -> int:
        """How many letters and digits there are."""
        return sum(map(str.isalnum, self.string))

    def between(self, first: Word, second: Word) -> str:
        return self.string[first.end : second.start]
