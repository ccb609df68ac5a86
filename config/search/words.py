"""Words as the index knows them: pure, and the same on every database.

Case, accents, ё and е, Arabic vowel signs and the forms of alef make no difference, and neither
does the script: a word is known by its letters in Latin, so that Калмык is Kalmyk. Scripts that
write no vowels keep their own letters, for too many words would be one without them; there, and
in names, a word has its consonants besides its form and its stem.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import snowballstemmer  # type: ignore[import-untyped]
from anyascii import anyascii

from config.search.stops import is_stop
from editorial.languages import script
from editorial.matching import UNSPACED, fold, ranges

#: What joins the letters of a word without being one: vowel signs, joiners, soft hyphens.
JOINING = ranges(c for c in range(0x10000) if unicodedata.category(chr(c)) in ("Mn", "Mc", "Cf"))
CYRILLIC = r"[\u0400-\u052f]"
LETTER = rf"(?:(?!{UNSPACED.pattern})[^\W_])"
WORD = re.compile(
    rf"{UNSPACED.pattern}(?:{UNSPACED.pattern}|{JOINING})*"
    rf"|{LETTER}(?:{LETTER}|{JOINING}|(?<={CYRILLIC})['’ʼ](?={CYRILLIC}))*"
)
#: A letter with what changes it.
CLUSTER = re.compile(rf"(?!{JOINING}).{JOINING}*")
#: A longer run of letters is no word that anybody looks for.
LONGEST = 40
VOWELLESS = ("Arab", "Hebr")
#: One Arabic letter for those that writers do not tell apart.
ARABIC = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ە": "ه"})
ARTICLE = re.compile("^[وبكف]?(?:ال|لل)(?=..)")
#: Spellings of one sound in Latin letters.
SOUNDS = str.maketrans({"y": "i", "j": "i", "w": "v", "q": "k"})
HARD = re.compile("c(?![eih])")
DOUBLED = re.compile(r"([a-z])\1+")
NO_LETTER = re.compile(r"[^a-z0-9]+")
SOFT = re.compile(r"^ie(?=..)|(?<=[aeou])ie")
BREATHED = re.compile(r"([gtdsz])h")
VOWEL = tuple("aeiou")
VOWELS = re.compile("[aeiouv]+")

#: Snowball's algorithms by language, and of each script the languages tried for a reader's word.
STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german",
    "el": "greek", "en": "english", "es": "spanish", "eu": "basque", "fa": "persian",
    "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian",
    "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
TRIED = {
    "Latn": ("en", "fr", "de", "es", "it", "pt", "pl", "tr"),
    "Cyrl": ("ru", "uk"),
    "Arab": ("ar", "fa"),
    "Armn": ("hy",),
    "Deva": ("hi",),
    "Grek": ("el",),
}
#: Endings of Ukrainian nouns and adjectives, for which Snowball has no algorithm.
UKRAINIAN = re.compile(
    "(?<=...)(?:(?:ськ)?(?:ого|ому|ими|ої|ою|ий|им|их|ій|а|у|е|і)|ами|ями|ові|еві|єві|ею|єю|ах|ях"
    "|ів|їв|ам|ям|ом|ем|єм|я|ю|ї|о|є|и|ь|й)$"
)


class Token(NamedTuple):
    """A word where it stands in a text.

    Attributes:
        is_name: whether it is written like a name, in a script that has capitals, or might be
            one in a script that writes no vowels.
    """

    start: int
    end: int
    form: str
    stem: str
    is_stop: bool
    is_name: bool


def tokens(text: str, language: str = "") -> Iterator[Token]:
    """Yield the words of a text in a language; scripts without spaces give pairs of letters."""
    for found in WORD.finditer(text):
        word = found[0]
        if UNSPACED.match(word):
            yield from pairs(word, found.start())
        elif is_word(word):
            form, stem, stop, name = known(word, language)
            if form:
                yield Token(found.start(), found.end(), form, stem, stop, name)


def is_word(run: str) -> bool:
    return len(run) <= LONGEST or len(unicodedata.normalize("NFC", run)) <= LONGEST


def pairs(run: str, start: int) -> Iterator[Token]:
    """Yield every two neighbouring letters of a run, or the only one."""
    ends = [(letter.start(), letter.end()) for letter in CLUSTER.finditer(run)]
    for (first, end), (_second, last) in zip(ends, ends[1:] or ends, strict=False):
        if form := fold(run[first : max(end, last)]):
            yield Token(start + first, start + max(end, last), form, form, False, False)


@lru_cache(maxsize=200_000)
def known(word: str, language: str) -> tuple[str, str, bool, bool]:
    """Return a word's form and stem, whether it is too common to look for, and if it is a name."""
    plain = plainly(word)
    form = latin(plain)
    name = word[0].isupper() or writing(word) in VOWELLESS
    return form, latin(stemmed(plain, language)) or form, is_stop(plain, language), name


def plainly(word: str) -> str:
    """Return a word as stemmers expect it: small letters, no vowel signs, ё as е."""
    small = unicodedata.normalize("NFKC", word).casefold().replace("ё", "е")
    kept = (
        c for c in small if unicodedata.category(c) not in ("Mn", "Cf") and c not in "'’ʼ\u0640"
    )
    return "".join(kept).translate(ARABIC)


def latin(plain: str) -> str:
    """Return the letters of a word in Latin, without what differs between ways to write them."""
    if plain and writing(plain) in VOWELLESS:
        return fold(plain).replace("ة", "ه")[:LONGEST]
    return romanised(plain)


def romanised(plain: str) -> str:
    """Return the letters of a word in Latin, in whatever script it is."""
    if not plain.isascii():
        plain = NO_LETTER.sub("", anyascii(fold(plain)).casefold())
    spelled = HARD.sub("k", plain.translate(SOUNDS).replace("kh", "h"))
    spelled = DOUBLED.sub(r"\1", spelled)
    return SOFT.sub("e", spelled)[:LONGEST]


@lru_cache(maxsize=40)
def stemmer(language: str) -> Any:
    algorithm = STEMMERS.get(language)
    return snowballstemmer.stemmer(algorithm) if algorithm else None


def stemmed(plain: str, language: str) -> str:
    """Return a word without its ending, in a language that we know the endings of."""
    base = language.split("-")[0].lower()
    if base == "uk":
        return UKRAINIAN.sub("", plain)
    snowball = stemmer(base)
    return snowball.stemWord(plain) if snowball else plain


def stems(word: str) -> list[str]:
    """Return the stems of a reader's word, whose language nobody knows: likelier ones first."""
    plain = plainly(word)
    spellings = [plain]
    if plain.endswith("ه"):
        spellings.append(plain[:-1] + "ة")
    tried = TRIED.get(writing(word), ())
    found = [latin(stemmed(spelling, base)) for base in tried for spelling in spellings]
    return [stem for stem in dict.fromkeys(found) if stem]


@lru_cache(maxsize=50_000)
def consonants(word: str) -> str:
    """Return what ways of writing a name in another script agree on; nothing if it is too little.

    نحاس is written "nhas" or "nuhaas"; both are "nhs".
    """
    form = romanised(ARTICLE.sub("", plainly(word)))
    opening = "a" if form[:1] in VOWEL or word.startswith("ع") else ""
    bare = VOWELS.sub("", BREATHED.sub(r"\1", form)).removesuffix("h")
    bare = DOUBLED.sub(r"\1", bare)
    able = len(bare) > 2 and bare.isalpha() and not UNSPACED.search(word)
    return f"~{opening}{bare}" if able else ""


@lru_cache(maxsize=50_000)
def writing(word: str) -> str:
    """Return the script of a word's first letter, as ISO 15924 calls it."""
    named = unicodedata.name(word[0], "").split(" ")[0]
    return {
        "LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "HEBREW": "Hebr",
        "GREEK": "Grek", "ARMENIAN": "Armn", "DEVANAGARI": "Deva", "GEORGIAN": "Geor",
    }.get(named, "")  # fmt: skip


def script_of(language: str) -> str:
    """Return the script that texts in a language are written in."""
    return script(language) if language else ""
