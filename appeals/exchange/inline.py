"""The plain text of a segment in which a tool marked up something."""

from lxml import etree

from appeals.exchange.parcel import travelling
from appeals.exchange.parsing import name_of

#: Elements around words, in XLIFF 1.2, XLIFF 2 and TMX; all others stand for codes.
AROUND_WORDS = {"g", "mrk", "pc", "hi"}
#: Stretches that a tool keeps only to show that they were deleted.
DELETED = {"x-sdl-deleted"}
LINE_BREAKS = {"lb", "x-lb", "xlf:lb"}
WRITTEN_BREAKS = {"\n", "\\n", "<br>", "<br/>", "<br />", "[lf]"}


def text_of(element: etree._Element | None) -> str:
    """Return the words of a segment. Of a code nothing is left, or the line break it is."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for inner in element:
        parts += [words(inner), inner.tail or ""]
    return "".join(parts)


def words(inner: etree._Element) -> str:
    """Return what an inline element says."""
    name = name_of(inner)
    if name in AROUND_WORDS:
        return "" if inner.get("mtype") in DELETED else text_of(inner)
    if name == "cp":  # a character that XML cannot hold (XLIFF 2)
        return travelling(character(inner.get("hex", "")))
    return "\n" if is_line_break(inner) else ""


def character(number: str) -> str:
    """Return the character of a hexadecimal number, or nothing where there is none such."""
    try:
        return chr(int(number, 16))
    except (ValueError, OverflowError):
        return ""


def is_line_break(code: etree._Element) -> bool:
    """Tell whether a code stands for the end of a line."""
    kinds = {code.get(name) for name in ("ctype", "type", "subType")}
    shown = {code.get(name) for name in ("equiv-text", "equiv", "disp")} | {code.text}
    return bool(kinds & LINE_BREAKS) or any(
        (text or "").strip(" ").lower() in WRITTEN_BREAKS for text in shown
    )
