"""Finding terms in a text in whatever form they stand there: pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import snowballstemmer  # type: ignore[import-untyped]
from babel import Locale

from appeals.checks.texts import WORD, Text

#: For a language without a stemmer: what may follow the stem, and how much of a word is one.
LONGEST_ENDING, SHORTEST_STEM = 3, 4
#: Ukrainian has no stemmer there; so much of its endings is enough to find a term again.
UKRAINIAN = re.compile(
    r"(?<=\w\w\w)(?:ами|ями|ого|ому|ими|ість|ості|істю|ою|ею|єю|ів|їв|ей|ам|ям|ах|ях|ом|ем|єм"
    r"|ий|ій|их|им|[аеєиіїоуюяьй])$"
)
MARKS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u00ad]")


class Hit(NamedTuple):
    phrase: str
    start: int
    end: int


@lru_cache(maxsize=64)
def stemmer(language: str) -> Any:
    """Return the stemmer of a language (ISO 639), or nothing where there is none."""
    name = (Locale("en").languages.get(language) or "").lower()
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None


@lru_cache(maxsize=8192)
def stem(word: str, language: str) -> str:
    """Return what the forms of a word have in common."""
    plain = unicodedata.normalize("NFC", MARKS.sub("", unicodedata.normalize("NFKC", word)))
    plain = plain.casefold().replace("ё", "е").replace("’", "'").removesuffix("'s")
    if language == "uk":
        return UKRAINIAN.sub("", plain)
    if snowball := stemmer(language):
        return str(snowball.stemWord(plain))
    return plain


def is_form(word: str, wanted: str, language: str) -> bool:
    """Tell whether a stem is of the word that another is of."""
    if word == wanted:
        return True
    short, long = sorted((word, wanted), key=len)
    if language == "uk" or stemmer(language):  # which takes подать for a verb
        return (
            len(short) >= SHORTEST_STEM and len(long) - len(short) == 1 and (long.startswith(short))
        )
    common = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), None)
    common = len(short) if common is None else common
    return common >= max(SHORTEST_STEM, len(wanted) - 2) and len(long) - common <= LONGEST_ENDING


class Phrases:
    """Terms of one language, to be found in many texts."""

    def __init__(self, phrases: Iterable[str], language: str) -> None:
        self.language = language.split("-")[0].lower()
        self.by_first: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
        for phrase in sorted(phrases, key=len, reverse=True):
            if stems := [stem(word, self.language) for word in WORD.findall(phrase)]:
                self.by_first[stems[0][:2]].append((phrase, stems))

    def found_in(self, text: Text) -> Iterator[Hit]:
        """Yield where they stand, the longer ones first where they overlap."""
        if not self.by_first:
            return
        words, end = text.words, -1
        stems = [stem(word.text, self.language) for word in words]
        for at, word in enumerate(words):
            if word.start < end:
                continue
            for phrase, wanted in self.by_first.get(stems[at][:2], ()):
                last = at + len(wanted)
                here = stems[at:last]
                if len(here) == len(wanted) and all(
                    is_form(a, b, self.language) for a, b in zip(here, wanted, strict=True)
                ):
                    end = words[last - 1].end
                    yield Hit(phrase, word.start, end)
                    break
