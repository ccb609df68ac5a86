"""The order of names in many scripts: pure, and the same on every database and machine.

Names stand by script, then as the alphabets of that script order letters. Languages that share a
script disagree in details; one order that nobody is lost in serves them all. Case and accents make
no difference, but where an alphabet counts a letter of its own (й, ї). A name stands where it is
written, by its first word: which word is a surname is not known.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

from editorial.matching import fold

#: Scripts with letters, as Unicode names them and ISO 15924 does, in the order of the lists.
SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARMENIAN": "Armn", "GEORGIAN": "Geor",
    "HEBREW": "Hebr", "ARABIC": "Arab", "SYRIAC": "Syrc", "ETHIOPIC": "Ethi", "TIFINAGH": "Tfng",
    "DEVANAGARI": "Deva", "BENGALI": "Beng", "GURMUKHI": "Guru", "GUJARATI": "Gujr",
    "TAMIL": "Taml", "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh",
    "THAI": "Thai", "LAO": "Laoo", "KHMER": "Khmr", "MYANMAR": "Mymr", "TIBETAN": "Tibt",
    "MONGOLIAN": "Mong", "HANGUL": "Hang", "HIRAGANA": "Kana", "KATAKANA": "Kana", "CJK": "Hani",
}  # fmt: skip
RANK = {code: rank for rank, code in enumerate(dict.fromkeys(SCRIPTS.values()))}
#: Where names stand that begin with no letter of these: with a figure, most often.
OTHER = "Zyyy"

CYRILLIC = "аәӑбвгґғҕдђђеєёжҗӝзѕиіїйјкқҡлљмнңҥњоөпрсҫтћуўүұфхҳһцчҷџшщъыьэюяӏ"
#: Letters that Unicode writes with a sign and alphabets count as their own.
OWN = set("йїўёѓќ")
ARABIC = "ابپتثجچحخدذرزژسشصضطظعغفقكگلمنهوي"
ALIKE = str.maketrans({"ё": "е", "ѓ": "г", "ќ": "к", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه"})
ORDER = {
    ord(letter): 0xE000 + place
    for alphabet in (CYRILLIC, ARABIC)
    for place, letter in enumerate(dict.fromkeys(alphabet))
}
#: The initials of Korean syllables.
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
ARTICLE = re.compile(r"^ال(?=\w\w)")


class Place(NamedTuple):
    """Where a name stands.

    Attributes:
        rank: of its script.
        initial: the letter that heads it, in the form to sort by.
        letters: the whole name, likewise; then, for names that differ in nothing else, itself.
    """

    rank: int
    initial: str
    letters: str
    itself: str


def place(name: str, first: str = "Latn") -> Place:
    """Return where a name stands; the names of one script (ISO 15924) come first."""
    code = script_of(name)
    rank = -1 if code == first else RANK.get(code, len(RANK))
    return Place(rank, letter(name).translate(ORDER), plain(name).translate(ORDER), name)


def script_of(name: str) -> str:
    """Return the script of a name's first letter; a figure that comes before it counts."""
    found = re.search(r"[^\W_]", name)
    return script_of_letter(found[0]) if found else OTHER


@lru_cache(maxsize=4096)
def script_of_letter(letter: str) -> str:
    if not letter.isalpha():
        return OTHER
    return SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], OTHER)


def letter(name: str) -> str:
    """Return the letter under which a name is looked for: a small one, "" where there is none.

    Han characters have none: which reading would it be?
    """
    code = script_of(name)
    if code in (OTHER, "Hani"):
        return ""
    initial = plain(name)[:1]
    if code == "Hang" and "가" <= initial <= "힣":
        return INITIALS[(ord(initial) - ord("가")) // 588]
    return initial


def plain(name: str) -> str:
    """Return a name without case, accents and all that is no letter or figure."""
    text = "".join(map(plain_letter, unicodedata.normalize("NFC", name)))
    return ARTICLE.sub("", " ".join(re.findall(r"[^\W_]+", text)))


@lru_cache(maxsize=8192)
def plain_letter(letter: str) -> str:
    small = letter.casefold()
    if small in OWN or "가" <= small <= "힣":
        return small.translate(ALIKE)
    folded = fold(letter)
    if not folded.isascii() and script_of_letter(letter) == "Latn":
        folded = anyascii(folded).casefold()  # ø as o, ß as ss, ł as l
    return folded.translate(ALIKE)
