"""Texts taken apart and put together, with every word in its place."""

import re

from editorial.matching import UNSPACED

#: The line by which an editor says where a text divides.
MARK = "###"
BLANK_LINE = "\n\n"


def normal(text: str) -> str:
    """Return a text as it is stored: lines end alike, nothing blank around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def divide(text: str) -> tuple[str, str] | None:
    """Return the two parts of a text with a mark on a line of its own; None without one.

    Raises:
        ValueError: there are several marks.
    """
    parts = re.split(rf"^[ \t]*{MARK}[ \t]*$", normal(text), flags=re.MULTILINE)
    if len(parts) > 2:
        raise ValueError("several marks")
    return (normal(parts[0]), normal(parts[1])) if len(parts) == 2 else None


def join(*parts: str) -> str:
    """Return texts as one, a blank line between them."""
    return BLANK_LINE.join(part for part in parts if part)


def is_divided(parts: tuple[str, str], text: str) -> bool:
    """Tell whether two parts say word for word what a text says, whatever space is between words.

    Inside a word nothing is divided, but in scripts that write no spaces.
    """
    one, other = parts
    if f"{one} {other}".split() == text.split():
        return True
    seam = one.rstrip()[-1:] + other.lstrip()[:1]
    return bool(UNSPACED.search(seam)) and (one.rstrip() + other.lstrip()).split() == text.split()


def with_mark(text: str) -> str:
    """Return a text with the mark after its first paragraph, if it has several."""
    first, blank, rest = text.partition(BLANK_LINE)
    return f"{first}{BLANK_LINE}{MARK}{BLANK_LINE}{rest}" if blank else text
