"""Foreign text carries its own lang and dir; dates and names of languages are written out."""

import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from editorial import languages
from editorial.collating import OTHER, script_of

register = template.Library()
register.filter("dir", languages.direction)
register.filter("language_name", languages.language_name)
register.filter("listed", languages.listed)
register.filter("ago", languages.ago)
register.filter("lasted", languages.lasted)
register.filter("month_name", languages.month_name)


@register.simple_tag
def tongue(code: str) -> SafeString | str:
    """Write the lang and dir attributes of a text; nothing where its language is not known."""
    if not code:
        return ""
    return format_html('lang="{}" dir="{}"', code, languages.direction(code))


@register.simple_tag
def newsroom() -> SafeString | str:
    """Write the lang and dir of the newsroom's own words, where the page speaks otherwise."""
    return "" if is_newsrooms() else format_html(" {}", tongue(settings.LANGUAGE_CODE))


@register.filter(name="newsroom")
def in_newsrooms(text: str) -> SafeString | str:
    """Put the same around words of the newsroom that stand in a sentence of the interface."""
    if is_newsrooms() or not text:
        return text
    return format_html("<span{}>{}</span>", newsroom(), text)


@register.simple_tag
def named(name: str) -> SafeString | str:
    """Write the lang and dir of a name that the newsroom spells: of a label, a body, a place.

    One in another script is in a language that nobody noted, and has the direction of its letters.
    """
    return tongue_of_name(name) or format_html(' dir="{}"', "auto")


@register.filter(name="named")
def in_names(name: str) -> SafeString:
    """Put the same around such a name that stands among other words."""
    return format_html("<bdi{}>{}</bdi>", tongue_of_name(name), name)


def tongue_of_name(name: str) -> SafeString | str:
    ours = languages.script(settings.LANGUAGE_CODE)
    return newsroom() if script_of(name) in (ours, OTHER) else ""


def is_newsrooms() -> bool:
    return languages.spoken() == settings.LANGUAGE_CODE


@register.filter
def day(value: datetime.date | str | None) -> str:
    """Write out a date; a string may be precise to the year, the month or the day."""
    if not value:
        return ""
    return languages.partial_date(value) if isinstance(value, str) else languages.long_date(value)


@register.simple_tag
def colon() -> str:
    """Write a colon; French keeps a space before it that no line breaks at."""
    return "\N{NO-BREAK SPACE}:" if languages.interface().language == "fr" else ":"


@register.simple_tag
def comma(mark: str = ",") -> str:
    """Write a comma, or another mark, of the interface's script, and a space."""
    return languages.listed(["", ""], mark)


@register.filter
def and_after(loop: dict[str, Any]) -> str:
    """Write what stands after a name in a loop over several: a comma, "and", or nothing."""
    return "" if loop["last"] else languages.joint(loop["counter"], loop["revcounter"] - 1)


@register.filter
def comma_after(loop: dict[str, Any], mark: str = ",") -> str:
    """Write a comma, or another mark, after everything in a loop but the last."""
    return "" if loop["last"] else languages.listed(["", ""], mark)


@register.filter
def month(value: datetime.date) -> str:
    """Write out a month and its year."""
    return languages.month_and_year(value)


@register.filter
def in_words(number: int) -> str:
    """Spell a number up to twelve, as running text does; give figures beyond."""
    words = {
        2: _("two"),
        3: _("three"),
        4: _("four"),
        5: _("five"),
        6: _("six"),
        7: _("seven"),
        8: _("eight"),
        9: _("nine"),
        10: _("ten"),
        11: _("eleven"),
        12: _("twelve"),
    }
    return words.get(number, str(number))
