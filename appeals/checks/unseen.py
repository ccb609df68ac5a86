"""Characters that nobody sees: directional controls, zero widths, soft hyphens."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.document import Document, Pair
from appeals.checks.registry import ERROR, WARNING, Remark, check
from appeals.checks.texts import script_of

EMBEDDINGS, ISOLATES = "\u202a\u202b", "\u2066\u2067\u2068"
OVERRIDES, POP, POP_ISOLATE = "\u202d\u202e", "\u202c", "\u2069"
CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200d\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffd\U000e0000-\U000e007f]"
)
#: Scripts in which joiners are a matter of spelling.
JOINING = {
    *("ARABIC", "SYRIAC", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL"),
    *("TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MONGOLIAN", "MYANMAR", "TIBETAN"),
}


@check("bidi", gettext_lazy("controls of direction"), ERROR)
def bidi(pair: Pair, document: Document) -> Iterator[Remark]:
    start = 0
    for paragraph in re.split("(\n+)", pair.rendering.string):
        yield from of_paragraph(paragraph, start)
        start += len(paragraph)


def of_paragraph(paragraph: str, start: int) -> Iterator[Remark]:
    """Yield what a paragraph leaves open: its end closes everything, wherever that may be."""
    stack: list[tuple[str, int]] = []
    for hit in CONTROLS.finditer(paragraph):
        sign, at = hit[0], start + hit.start()
        if sign in OVERRIDES:
            yield Remark(_("An invisible control turns the order of letters round."), at, at + 1)
        if sign not in (POP, POP_ISOLATE):
            stack.append((POP_ISOLATE if sign in ISOLATES else POP, at))
        elif stack and stack[-1][0] == sign:
            stack.pop()
        else:
            yield Remark(_("An invisible control of direction closes nothing."), at, at + 1)
    for _closing, at in stack:
        if paragraph[at - start] not in OVERRIDES:
            yield Remark(_("An invisible control of direction is not closed."), at, at + 1)


@check("invisible", gettext_lazy("invisible characters"), WARNING)
def invisible(pair: Pair, document: Document) -> Iterator[Remark]:
    string = pair.rendering.string
    if string.isascii() and string.isprintable():
        return
    for hit in INVISIBLE.finditer(string):
        sign, at = hit[0], hit.start()
        if sign in "\u200c\u200d" and joins(string, at):
            continue
        name = unicodedata.name(sign, f"U+{ord(sign):04X}").lower()
        message = _("An invisible character: %(name)s.") % {"name": name}
        yield Remark(message, at, at + 1)


def joins(string: str, at: int) -> bool:
    """Tell whether a joiner stands where a script, or a picture made of several, needs it."""
    before = next((c for c in reversed(string[max(0, at - 4) : at]) if not is_sign(c)), "")
    return bool(before) and (script_of(before) in JOINING or unicodedata.category(before) == "So")


def is_sign(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Mc", "Cf", "Sk")
