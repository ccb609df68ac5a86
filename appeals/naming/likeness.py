"""How alike two names are, however they are transliterated and declined: pure."""

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz

from appeals.checks.texts import WORD, scripts_of
from editorial.matching import UNSPACED

#: From so many hundredths on two names of the same consonants are worth a question.
ALIKE = 75
#: Names of many consonants may differ more in their vowels: Muhammad, Mohammed.
ALIKE_IF_LONG, LONG = 70, 4
#: A name with fewer letters is like too many others.
SHORTEST = 4

#: Spellings of one sound, in the order in which they are tried.
SOUNDS = [
    *[("shch", "s"), ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("dzh", "i"), ("dj", "i")],
    *[("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("zh", "z")],
    *[("sh", "s"), ("ch", "c"), ("ts", "c"), ("tz", "c"), ("ck", "k"), ("x", "ks"), ("q", "k")],
    *[("ou", "u"), ("oo", "u"), ("ee", "i"), ("w", "v"), ("y", "i"), ("j", "i")],
]
HARD_C = re.compile(r"c(?=[aoukrlt]|$)")
DOUBLED = re.compile(r"(.)\1+")
VOWELS = re.compile(r"[aeiou]")
#: Endings of cases with a consonant in them; the vowels go by themselves.
CASES = re.compile(r"(?<=\w\w\w)(?:ами|ями|ого|его|ому|ему|ыми|ими|[аеёиоуыюя][мх])$")
SOFT = "аеёиоуыэюяйьіїє"
#: Petrov and Petrova, Zelensky and Zelenska: two people as a rule.
HER = re.compile(r"(?:(?<=ov)|(?<=ev)|(?<=in)|(?<=sk))(?:a|aia|i|ii)?$")


@lru_cache(maxsize=4096)
def base(word: str) -> str:
    """Return a word without case, possessive, plural and, in Cyrillic, endings of cases."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    if scripts_of(word) == {"CYRILLIC"}:
        stem = CASES.sub("", word).rstrip(SOFT)
        return stem if len(stem) > 1 else word
    return word.removesuffix("s") if len(word) > SHORTEST else word


@lru_cache(maxsize=4096)
def sounded(word: str) -> str:
    """Return a word's base as it sounds, in Latin letters: Ойрат, Oyrat and Oirat are one."""
    if scripts_of(word) == {"CYRILLIC"}:
        word = word.replace("х", "h").replace("ц", "c").replace("Х", "h").replace("Ц", "c")
    text = re.sub(r"[^a-z]", "", anyascii(word).casefold())
    for spelling, sound in SOUNDS[:17]:
        text = text.replace(spelling, sound if sound != "c" else "\0")
    text = HARD_C.sub("k", text).replace("\0", "c")
    for spelling, sound in SOUNDS[17:]:
        text = text.replace(spelling, sound)
    return DOUBLED.sub(r"\1", text)


@lru_cache(maxsize=4096)
def bones(word: str) -> str:
    """Return the consonants of a word's base as they sound, and whether a vowel comes first."""
    sound = sounded(base(word))
    return ("'" if VOWELS.match(sound) else "") + VOWELS.sub("", sound)


def words_of(name: str) -> list[str]:
    """Return the words of a name."""
    return WORD.findall(name)


@lru_cache(maxsize=4096)
def block(name: str) -> tuple[str, ...]:
    """Return what two names must share before they are compared; nothing for what is too short."""
    words = words_of(name)
    if UNSPACED.search(name):
        return ("CJK", *map(bones, words)) if sum(map(len, words)) > 1 else ()
    if sum(map(len, words)) < SHORTEST:
        return ()
    scripts = scripts_of("".join(words))
    if scripts <= CONSONANTAL:  # compared among themselves: they leave out most vowels
        return (*sorted(scripts), *(FULL.sub("", sounded(base(word))) for word in words))
    found = tuple(map(bones, words))
    return found if any(len(part.strip("'")) > 1 for part in found) else ()


#: Scripts with capitals: only there can a machine tell a name that it does not know.
CASED = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"}
#: Scripts that leave out most vowels, and have letters that are now a vowel, now a consonant.
CONSONANTAL = {"ARABIC", "HEBREW"}
FULL = re.compile("[aeiouvwy]")


@lru_cache(maxsize=4096)
def form(name: str) -> str:
    """Return what is the same in all forms of a name: Айрат, Айрата and Айратом are one."""
    return " ".join(map(base, words_of(name)))


def same_script(one: str, other: str) -> bool:
    return scripts_of("".join(words_of(one))) == scripts_of("".join(words_of(other)))


def is_regular(one: str, other: str) -> bool:
    """Tell whether two names sound the same to the last word, but for their ends."""
    return all(stem(a) == stem(b) for a, b in zip(words_of(one), words_of(other), strict=False))


def stem(word: str) -> str:
    """Return how a word sounds without the vowels at its end."""
    return sounded(base(word)).rstrip("aeiou")


def are_alike(one: str, other: str) -> bool:
    """Tell whether two names of one block are worth a question."""
    long = sum(len(bones(word).strip("'")) for word in words_of(one)) >= LONG
    return likeness(one, other) >= (ALIKE_IF_LONG if long else ALIKE)


def likeness(one: str, other: str) -> float:
    """Return how alike two names of one block are, from 0 to 100; 0 for Petrov and Petrova."""
    score = 100.0
    for a, b in zip(words_of(one), words_of(other), strict=True):
        left, right = (sounded(base(word)) for word in (a, b))
        if left != right and HER.sub("", left) == HER.sub("", right):
            return 0
        if not same_script(a, b):
            left, right = left.rstrip("aeiou"), right.rstrip("aeiou")
        score = min(score, fuzz.ratio(left, right))
    return score
