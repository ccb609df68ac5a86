"""Drawing a card: a small printed sheet with the title in its own script."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont, features

from config.cards.faces import Face, face
from editorial.languages import direction, script

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
#: The space for the title.
WIDE, TALL = WIDTH - 2 * MARGIN, 348
PAPER, INK, SOFT, RUBRIC = "#fcfaf5", "#1d1b17", "#5c564b", "#a11b14"
SIZES = range(92, 40, -4)
#: Scripts that may be broken between any two characters.
UNSPACED = {"Hans", "Hant", "Hani", "Jpan", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"}
#: Scripts that Pillow without Raqm would write with letters unjoined, or from the wrong end.
SIMPLE = {"Latn", "Cyrl", "Grek", "Armn", "Geor", "Hans", "Hant", "Hani", "Jpan", "Kore"}


@dataclass(frozen=True)
class Words:
    """What stands on a card."""

    site: str
    title: str
    language: str
    facts: str
    """In the interface's language: what it is, from which language, and when."""
    facts_language: str


def card(words: Words) -> bytes:
    """Return the picture as PNG. A title that no face here can write is left out."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 18), fill=INK)
    draw.rectangle((0, 24, WIDTH, 27), fill=INK)
    line(draw, words.site, words.facts_language, 64, 40, INK)
    draw.rectangle((MARGIN, 134, MARGIN + 96, 142), fill=RUBRIC)
    if found := writable(words.title, words.language):
        title(image, words, found)
    line(draw, words.facts, words.facts_language, HEIGHT - 92, 34, SOFT)
    out = BytesIO()
    image.quantize(24, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def writable(text: str, language: str) -> Face | None:
    """Return a face for a text, if it can be written here as it must be."""
    if script(language) not in SIMPLE and not features.check("raqm"):
        return None
    return face(text, language)


def line(draw: Any, text: str, language: str, top: int, size: int, colour: str) -> None:
    """Write one line at the edge where its script begins, smaller if it is long."""
    found = writable(text, language)
    if found is None:
        return
    while size > 14 and draw.textlength(text, font=found.at(size)) > WIDE:
        size -= 2
    put(draw, text, found.at(size), language, top, colour, MARGIN, WIDTH - MARGIN)


def put(
    draw: Any, text: str, font: Any, language: str, top: float, colour: str, left: int, right: int
) -> None:
    backwards = direction(language) == "rtl"
    shapes = font.layout_engine == ImageFont.Layout.RAQM
    shaped = {"direction": direction(language)} if shapes else {}
    at = (right, top) if backwards else (left, top)
    draw.text(at, text, font=font, fill=colour, anchor="ra" if backwards else "la", **shaped)


def title(image: Any, words: Words, found: Face) -> None:
    """Write a title as large as its space allows; one that is too long ends in an ellipsis.

    Mongolian stands: its lines run downwards, the first one leftmost. It is written lying, the
    last line on top, and turned.
    """
    stands = script(words.language) == "Mong"
    width, height = (TALL, WIDE) if stands else (WIDE, TALL)
    sheet = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(sheet)
    for size in SIZES:
        font, leading = found.at(size), size * 1.3
        lines = broken(draw, words.title, font, words.language, width)
        if len(lines) * leading <= height:
            break
    else:
        lines = lines[: int(height // leading)]
        lines[-1] = f"{lines[-1].rstrip(' .,;:')}…" if found.can_write("…") else lines[-1]
    for number, text in enumerate(reversed(lines) if stands else lines):
        put(draw, text, font, words.language, number * leading, INK, 0, width)
    if stands:
        sheet = sheet.crop((0, 0, width, int(len(lines) * leading))).rotate(-90, expand=True)
    image.paste(sheet, (MARGIN, 166))


def broken(draw: Any, text: str, font: Any, language: str, width: int) -> list[str]:
    """Break a text into lines that fit a width."""
    unspaced = script(language) in UNSPACED
    pieces = list(text) if unspaced else re.findall(r"\S+\s*", text)
    lines = [""]
    for piece in pieces:
        if lines[-1] and draw.textlength((lines[-1] + piece).rstrip(), font) > width:
            lines.append("")
        lines[-1] += piece
    return [one.strip() for one in lines]
