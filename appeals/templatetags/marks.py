"""Uncertainty as it is written in a text, shown the same way wherever the text is.

``[illegible]``, ``[stamp]``, ``[?word]`` for a doubtful reading and ``[note: …]`` for what the
translator adds (docs/markup.md). Anything else between brackets is text.
"""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from appeals.naming.standing import Spot
from editorial.languages import direction

register = template.Library()

#: Applied to escaped text, a paragraph at a time.
PLAIN = re.compile(r"\[(?:(illegible|stamp)|\?\s*([^\[\]\s][^\[\]]*))\]")
#: Private characters: no text has a meaning for them.
OPENS, CLOSES = "\ue000", "\ue001"
SIGNS = re.compile("[\ue000\ue001]")
NOTE = re.compile(r"\[note:\s*((?:[^\[\]]|\[[^\[\]]*\])*\S)\s*\]")


@register.filter
def told(passage: Any) -> SafeString:
    """Return a passage's text likewise, and at its spots how the site spells the name."""
    return spelled_out(marked(signed(passage.text, passage.spots)), passage.spots)


def signed(text: str, spots: Iterable[Spot]) -> str:
    """Return a text with signs around its spots, which whatever escapes or cleans it leaves."""
    text = SIGNS.sub("\ufffd", text)
    pieces, last = [], 0
    for spot in spots:
        pieces += [text[last : spot.start], OPENS, text[spot.start : spot.end], CLOSES]
        last = spot.end
    return "".join([*pieces, text[last:]])


def spelled_out(html: str, spots: Iterable[Spot]) -> SafeString:
    """Return clean HTML with what stands at the signs that ``signed`` put there.

    It is shown on hover, on focus and so on a tap, and is in the text for who hears it.
    """
    for spot in spots:
        said = gettext("(usually %(name)s)") % {"name": spot.canonical}
        language = get_language() or "en"
        usual = format_html(
            '<span class="usual" lang="{}" dir="{}"> {}</span></span>',
            *(language, direction(language), said),
        )
        html = html.replace(OPENS, '<span class="spelled" tabindex="0">', 1)
        html = html.replace(CLOSES, usual, 1)
    return mark_safe(html)


@register.filter
def marked(text: str) -> SafeString:
    """Return a text as paragraphs, with what is uncertain in it told apart."""
    lines = str(text).replace("\r\n", "\n").replace("\r", "\n")
    blocks = [block.strip("\n") for block in re.split(r"\n{2,}", lines)]
    return mark_safe("\n\n".join(f"<p>{paragraph(block)}</p>" for block in blocks))


def paragraph(text: str) -> str:
    """Return one paragraph as HTML: escaped first, then marked."""
    escaped = NOTE.sub(note, escape(text))
    return PLAIN.sub(plain, escaped).replace("\n", "<br>")


def note(found: re.Match[str]) -> str:
    label = ours(gettext("Translator’s note:"))
    return f'<span class="remark">[{label} {found[1]}]</span>'


def plain(found: re.Match[str]) -> str:
    if found[1]:
        names = {"illegible": gettext("illegible"), "stamp": gettext("stamp")}
        return ours(f"[{names[found[1]]}]")
    said = format_html(
        '<span aria-hidden="true">[?]</span><span class="visually-hidden"> ({})</span>',
        gettext("doubtful reading"),
    )
    return f'<span class="doubtful">{found[2]}</span>{ours(said)}'


def ours(words: str) -> str:
    """Return words of the interface in the midst of a text in another language."""
    language = get_language() or "en"
    opened = '<span class="mark" lang="{}" dir="{}">{}</span>'
    return format_html(opened, language, direction(language), words)
