"""The months that a text names, in words or in figures. Their names are CLDR's."""

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from appeals.checks.figures import DATE, in_ascii
from appeals.checks.texts import Text
from appeals.checks.tongues import tongue


@dataclass(frozen=True)
class Month:
    start: int
    end: int
    #: Its number; both where a date in figures may be read both ways.
    values: frozenset[int]
    #: May be another word: "may".
    weak: bool = False


#: Endings of the other cases, by that of the genitive.
CASES = {
    "ня": ("ень", "ні", "нем", "ню"),
    "я": ("ь", "е", "ю", "ём", "ем", "й", "и"),
    "ого": ("ий", "ому", "им"),
    "а": ("", "е", "у", "ом", "і"),
}


def months(text: Text) -> list[Month]:
    """Return the months a text names, in their order."""
    return sorted([*in_figures(text), *in_words(text)], key=lambda month: month.start)


def knows_months(language: str) -> bool:
    """Tell whether the names of the months are known."""
    return bool(names(language.split("-")[0].lower()))


def in_figures(text: Text) -> list[Month]:
    found = []
    for hit in re.finditer(rf"(?<!\d)(?:{DATE})", in_ascii(text.string)):
        parts = [int(part) for part in re.split(r"[./-]", hit[0])]
        may_be = {parts[1]} if parts[0] > 31 else {parts[0], parts[1]}
        values = frozenset(month for month in may_be if 1 <= month <= 12)
        if values:
            found.append(Month(*hit.span(), values))
    return found


def in_words(text: Text) -> list[Month]:
    known, taken = names(text.base), text.tongue
    if not known:
        return []
    found, words = [], [taken.fold(word.text) for word in text.words]
    for at, word in enumerate(text.words):
        for length in (2, 1):
            name = " ".join(words[at : at + length])
            number = known.get(name)
            if number is None and name[:1] in "وبلف" and len(name) > 4:
                number = known.get(name[1:])  # "and", "in" and "until" written together with it
            if number is None or len(words) < at + length:
                continue
            end = text.words[at + length - 1].end
            near = near_digits(text.string, word.start, end)
            if is_short(text.base, name) and not near:
                break
            capital = text.base != "en" or word.text[0].isupper()
            sure = near or (at > 0 and words[at - 1] in taken.before_months and capital)
            weak = name in taken.doubtful_months and not sure
            found.append(Month(word.start, end, frozenset({number}), weak))
            break
    return found


def near_digits(string: str, start: int, end: int) -> bool:
    """Tell whether a number stands beside a month, as in a date."""
    before = re.search(
        r"\d(?:st|nd|rd|th|er|-?го|-?е)?[\s.,-]*(?:of\s+|de\s+)?$", string[:start][-8:]
    )
    return bool(before or re.match(r"\.?,?\s*\d", string[end : end + 4]))


@cache
def names(language: str) -> dict[str, int]:
    """Return the months of a language by every name that CLDR has for them, in all its regions."""
    found: dict[str, int] = {}
    for locale in locales(language):
        for context in ("stand-alone", "format"):
            for number, name in locale.months[context]["wide"].items():
                for form in declined(tongue(language).fold(name)):
                    found.setdefault(form, number)
    for name, number in abbreviations(language).items():
        found.setdefault(name, number)
    return found


def declined(name: str) -> list[str]:
    """Return a Slavic month's name in all its cases; another language's as it is."""
    if re.search("[а-яіїє]", name):
        for genitive, endings in CASES.items():
            if name.endswith(genitive):
                stem = name.removesuffix(genitive)
                return [name, *(stem + ending for ending in endings)]
    return [name]


@cache
def abbreviations(language: str) -> dict[str, int]:
    """Return the months' abbreviations, which count only beside a number."""
    short: dict[str, int] = {}
    for locale in locales(language)[:1]:
        for context in ("stand-alone", "format"):
            for number, name in locale.months[context]["abbreviated"].items():
                if len(bare := tongue(language).fold(name).rstrip(".")) > 2:
                    short.setdefault(bare, number)
    return short


@cache
def is_short(language: str, name: str) -> bool:
    """Tell whether a name is only an abbreviation."""
    wide = {
        form
        for locale in locales(language)
        for context in ("stand-alone", "format")
        for full in locale.months[context]["wide"].values()
        for form in declined(tongue(language).fold(full))
    }
    return name in abbreviations(language) and name not in wide


@cache
def locales(language: str) -> list[Locale]:
    """Return a language's locale and, for Arabic, those whose months have other names."""
    regions = ["SY", "IQ", "DZ", "MA", "EG"] if language == "ar" else []
    found = []
    for name in [language, *(f"{language}_{region}" for region in regions)]:
        try:
            found.append(Locale.parse(name))
        except (UnknownLocaleError, ValueError):
            continue
    return found
