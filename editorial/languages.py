"""What a page has to know about a language: its direction, its name, its dates. From CLDR."""

import datetime
from collections.abc import Iterable
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton, format_time, format_timedelta, get_month_names
from babel.lists import format_list
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, override, to_locale
from django.utils.translation import gettext as _

ARABIC_MARKS = {",": "،", ";": "؛"}
RIGHT_TO_LEFT = {"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"}


def spoken() -> str:
    """Return the language of the interface: on a page, that of its address."""
    return get_language() or settings.LANGUAGE_CODE


def interface() -> Locale:
    """Return the locale of the interface, English where CLDR does not know it."""
    try:
        return Locale.parse(to_locale(spoken()))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def house() -> Locale:
    """Return the same, for the lists and hours that the house writes as the British do."""
    found = interface()
    return Locale("en", "GB") if str(found) == "en" else found


def for_keeps() -> override:
    """Return a context in which words are chosen that will be stored: in the newsroom's language.

    What is stored must not depend on the language of whoever pressed a button.
    """
    return override(settings.LANGUAGE_CODE)


def listed(words: Iterable[Any], mark: str = ",") -> str:
    """Return words with a mark between them, the Arabic one where Arabic letters are written."""
    mark = ARABIC_MARKS[mark] if script(spoken()) == "Arab" else mark
    return f"{mark} ".join(str(word) for word in words)


def joined(words: Iterable[Any]) -> str:
    """Return words as a sentence names them: "A, B and C", "A وB وC"."""
    return format_list([str(word) for word in words], "standard", house())


def joint(before: int, after: int) -> str:
    """Return what stands between two names of such a sentence, so many before it and after it."""
    return joined(["\0"] * (before + after)).split("\0")[before]


def script(code: str) -> str:
    """Return the script a language is written in: said in its tag, or else the likeliest one."""
    tags = code.replace("_", "-").split("-")
    for tag in tags[1:]:
        if len(tag) == 4 and tag.isalpha():
            return tag.title()
    likely = get_global("likely_subtags")
    for candidate in ("_".join([tags[0].lower(), *(tag.upper() for tag in tags[1:])]), tags[0]):
        if candidate in likely:
            return likely[candidate].split("_")[1]
    return "Latn"


def direction(code: str) -> str:
    """Return "rtl" or "ltr"."""
    return "rtl" if script(code) in RIGHT_TO_LEFT else "ltr"


def language_name(code: str) -> str:
    """Return a language's name in the interface language; its code where it has no name."""
    names = interface().languages
    key = code.replace("-", "_")
    key = get_global("language_aliases").get(key, key)
    if key in names:
        return names[key]
    base, *rest = key.split("_")
    if base not in names:
        return code
    place = [
        # "Mongolian (Mongolian)", in CLDR's words, would say nothing of two texts in Mongolian.
        _("vertical script")
        if tag.title() == "Mong"
        else interface().scripts.get(tag.title()) or interface().territories.get(tag.upper()) or tag
        for tag in rest
    ]
    return f"{names[base]} ({', '.join(place)})" if place else names[base]


def known_languages() -> list[tuple[str, str]]:
    """Return (code, name in the interface language) of the languages CLDR names, by name."""
    named = [(code, name) for code, name in interface().languages.items() if code.isalpha()]
    return sorted(named, key=lambda pair: (pair[1].casefold(), pair[0]))


def language_code(said: str) -> str:
    """Return the code of a language called by its name, here or in English; else what was said."""
    wanted = " ".join(said.split()).casefold()
    for locale in (interface(), Locale("en")):
        for code, name in locale.languages.items():
            if name.casefold() == wanted:
                return code.replace("_", "-")
    return said


#: Where CLDR ends a date in an abbreviation, whose stop would meet that of a sentence; by language.
YEAR = {"ru": "года", "uk": "року"}


def long_date(value: datetime.date | datetime.datetime, locale: Locale | None = None) -> str:
    """Return a day, written out in the interface language; a moment's day is the newsroom's."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    locale = locale or interface()
    if locale.language in YEAR:
        return format_date(value, f"d MMMM y '{YEAR[locale.language]}'", locale=locale)
    written = format_date(value, "long", locale=locale)
    return f"1er{written[1:]}" if locale.language == "fr" and value.day == 1 else written


def day_and_time(moment: datetime.datetime, *, with_year: bool = True) -> str:
    """Return "3 March 2022, 09:00" in the newsroom's time, without the year where it is plain."""
    local = timezone.localtime(moment)
    short = format_skeleton("MMMMd", local, locale=house())
    day = long_date(local, house()) if with_year else short
    return listed([day, format_time(local, "short", locale=house())])


def lasted(since: datetime.datetime) -> str:
    """Return how long something has lasted, in its largest unit: "6 days"."""
    return format_timedelta(timezone.now() - since, "minute", threshold=1, locale=house())


def ago(then: datetime.datetime) -> str:
    """Return how long ago something was: "6 days ago"."""
    gone = then - max(timezone.now(), then + datetime.timedelta(seconds=1))
    return format_timedelta(gone, "minute", threshold=1, add_direction=True, locale=house())


def month_and_year(value: datetime.date) -> str:
    """Return "March 2022" as the interface language writes it."""
    locale = interface()
    if locale.language in YEAR:
        return format_date(value, f"LLLL y '{YEAR[locale.language]}'", locale=locale)
    return format_skeleton("yMMMM", value, locale=locale)


def month_name(month: int) -> str:
    """Return a month's name as it stands alone."""
    return get_month_names("wide", context="stand-alone", locale=interface())[month]


def partial_date(text: str) -> str:
    """Write out "2022", "2022-03" or "2022-03-12" as precisely as it is known, no further."""
    try:
        year, *rest = [int(part) for part in text.split("-")]
        if len(rest) == 2:
            return long_date(datetime.date(year, rest[0], rest[1]))
        if len(rest) == 1:
            return month_and_year(datetime.date(year, rest[0], 1))
    except ValueError:
        pass
    return text
