"""Typefaces of the system, found through fontconfig by what they can write."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import ImageFont

from editorial.languages import script

#: What needs no glyph of its own: joiners, direction marks, variation selectors.
INVISIBLE = {*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF} | {
    *range(0xFE00, 0xFE10),
    0xAD,
}
FORMAT = r"%{file}\t%{index}\t%{charset}\n"


@dataclass(frozen=True)
class Face:
    """One face of a font file; an empty file is the one that Pillow brings, for plain ASCII."""

    file: str
    index: int
    ranges: tuple[tuple[int, int], ...]

    def can_write(self, text: str) -> bool:
        """Tell whether there is a glyph for every character."""
        needed = {ord(sign) for sign in text if not sign.isspace()} - INVISIBLE
        return all(any(a <= point <= b for a, b in self.ranges) for point in needed)

    def at(self, size: int) -> Any:
        """Return the face at a size in pixels."""
        if not self.file:
            return ImageFont.load_default(size)
        return ImageFont.truetype(self.file, size, index=self.index)


PLAIN = Face("", 0, ((0x20, 0x7E),))


#: What to ask for by name, where the system's first serif for a language is not the fitting one.
FAMILIES = {
    "Arab": "Noto Naskh Arabic",
    "Armn": "Noto Serif Armenian",
    "Deva": "Noto Serif Devanagari",
    "Geor": "Noto Serif Georgian",
    "Hans": "Noto Serif CJK SC",
    "Hant": "Noto Serif CJK TC",
    "Hebr": "Noto Serif Hebrew",
    "Jpan": "Noto Serif CJK JP",
    "Kore": "Noto Serif CJK KR",
    "Tibt": "Noto Serif Tibetan",
}


def face(text: str, language: str) -> Face | None:
    """Return a face in which a text can be written, a serif one if there is any.

    None is an honest answer: without one, the picture leaves the text out and shows no boxes.
    """
    named = FAMILIES.get(script(language))
    for family in [*([named] if named else []), "serif", "sans"]:
        for found in faces(family, language):
            if found.can_write(text):
                return found
    return PLAIN if PLAIN.can_write(text) else None


def faces(family: str, language: str) -> Iterator[Face]:
    """Yield the system's faces for a language, best first; none where fontconfig is not there."""
    if shutil.which("fc-match") is None:
        return
    wanted = f"{family}:lang={language.lower()}:scalable=true:weight=80:slant=0"
    asked = ["fc-match", "--sort", "--format", FORMAT, wanted]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False)
    yield from read(done.stdout)


def read(listing: str) -> Iterator[Face]:
    """Read what fontconfig lists: a file, the face's number in it, the characters it has."""
    for line in listing.splitlines():
        file, index, charset = line.split("\t")
        spans = [span.partition("-") for span in charset.split()]
        ranges = tuple((int(a, 16), int(b or a, 16)) for a, _dash, b in spans)
        yield Face(file, int(index), ranges)
