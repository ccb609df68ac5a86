"""What travels between the desk and another tool, whatever the format."""

import re
import unicodedata
from dataclasses import dataclass, field

from editorial.states import CannotNow

#: What XML 1.0 cannot hold, not even as a reference (section 2.2 of the recommendation).
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Stands in a file where the text has such a character.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
#: How far a rendering is, in the words of XLIFF 2; an empty string where a file does not say.
STATES = ("initial", "translated", "reviewed", "final")


class Unreadable(CannotNow):
    """A file that cannot be taken in; the message says why."""


@dataclass(frozen=True)
class Unit:
    """One passage on its way: the original, its rendering, and what both were at the export."""

    key: str
    source: str
    target: str = ""
    kind: str = ""
    state: str = ""
    #: Digests of the original and of its rendering as exported; empty where a tool lost them.
    original: str = ""
    rendering: str = ""
    #: Another name that may be the key, where a tool gave numbers of its own.
    name: str = ""
    #: Whether a tool split the passage and left some of the pieces without a rendering.
    is_partial: bool = False


@dataclass(frozen=True)
class Parcel:
    """The passages of one appeal in two languages."""

    source_language: str
    target_language: str
    units: list[Unit] = field(default_factory=list)
    #: The appeal's slug and key and the translation's key; empty where a tool lost them.
    slug: str = ""
    appeal: str = ""
    translation: str = ""


def travelling(text: str) -> str:
    """Return a text as a file can hold it: one kind of line end, and no forbidden character."""
    return FORBIDDEN.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def squeezed(text: str) -> str:
    """Return a text for comparing where a tool may have reflowed or recomposed it."""
    return unicodedata.normalize("NFC", " ".join(travelling(text).split()))


def same_language(one: str, other: str) -> bool:
    """Tell whether two language tags speak of one language, be it with another region."""
    return subtags(one)[0] == subtags(other)[0]


def subtags(tag: str) -> list[str]:
    """Return the parts of a language tag as different tools write it: en_GB, EN-gb."""
    return tag.strip().replace("_", "-").lower().split("-")
