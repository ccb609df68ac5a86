"""Two editions word by word: what was taken out, what was put in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import takewhile

WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+|\s+")
"""A word, a run of space, or one character of a script that writes no spaces."""

#: So many words and spaces of two texts are compared: about a second's work at worst.
LONGEST = 4000

INLINE = frozenset({"a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "small"}) | {
    *("span", "strong", "sub", "sup", "u", "img", "ins", "del", "kbd", "bdi", "bdo", "time")
}


@dataclass(frozen=True)
class Part:
    """A part of an edition that a reader can name: its title, a passage, the signatories."""

    key: str
    label: str
    language: str
    text: str


@dataclass(frozen=True)
class Piece:
    kind: str
    """same, added or removed; or told, without a text: what follows was too long to compare."""
    text: str


@dataclass(frozen=True)
class Change:
    label: str
    language: str
    pieces: list[Piece]


class Paragraphs(HTMLParser):
    """Collects the text of HTML, an empty line between its blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.pieces.append("\n\n")
        elif tag == "q":  # a browser writes the marks
            self.pieces.append("“")

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.pieces.append("\n\n")
        elif tag == "q":
            self.pieces.append("”")

    def handle_data(self, data: str) -> None:
        self.pieces.append(re.sub(r"\s+", " ", data))


def plain(html: str) -> str:
    """Return the text of HTML as paragraphs."""
    parser = Paragraphs()
    parser.feed(html)
    parser.close()
    blocks = re.split(r"\n\n+", "".join(parser.pieces))
    return "\n\n".join(stripped for block in blocks if (stripped := block.strip()))


def cited(sources: Iterable[dict[str, str]]) -> str:
    """Return the sources of an edition as lines of text."""
    facts = ("title", "publisher", "url", "seen_on", "archived_url")
    return "\n".join(
        ", ".join(source[fact] for fact in facts if source.get(fact)) for source in sources
    )


def differences(old: str, new: str) -> list[Piece]:
    """Return both texts as one, word by word; where more than ``LONGEST`` differ, one by one."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) + len(after) <= LONGEST:
        return list(merged(pieces(before, after)))
    start = alike(zip(before, after, strict=False))
    room = min(len(before), len(after)) - start
    end = min(room, alike(zip(reversed(before), reversed(after), strict=False)))
    left, right = before[start : len(before) - end], after[start : len(after) - end]
    if len(left) + len(right) > LONGEST:
        found = [Piece("told", ""), *changed("".join(left), "".join(right))]
    else:
        found = list(merged(pieces(left, right)))
    ends = [
        Piece("same", "".join(before[:start])),
        Piece("same", "".join(before[len(before) - end :])),
    ]
    return [piece for piece in (ends[0], *found, ends[1]) if piece.text or piece.kind == "told"]


def alike(pairs: Iterable[tuple[str, str]]) -> int:
    """Return how many pairs are of the same, from the first on."""
    return sum(1 for _same in takewhile(lambda two: two[0] == two[1], pairs))


def pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[old_from:old_to]))
            continue
        yield Piece("removed", "".join(old[old_from:old_to]))
        yield Piece("added", "".join(new[new_from:new_to]))


def merged(run: Iterable[Piece]) -> Iterator[Piece]:
    """Join replaced words that only a space parts, so that a phrase reads as one change."""
    removed = added = space = ""
    for piece in run:
        if piece.kind == "same" and (not piece.text.isspace() or not (removed and added)):
            yield from changed(removed, added)
            yield Piece("same", space + piece.text)
            removed = added = space = ""
        elif piece.kind == "same":
            space = piece.text
        elif piece.text:
            removed, added = removed + space, added + space
            space = ""
            if piece.kind == "removed":
                removed += piece.text
            else:
                added += piece.text
    yield from changed(removed, added)
    if space:
        yield Piece("same", space)


def changed(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)


def compared(old: Iterable[Part], new: Iterable[Part]) -> list[Change]:
    """Return the parts that differ, in the new edition's order and then what it lacks."""
    before = {part.key: part for part in old}
    after = {part.key: part for part in new}
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key), after.get(key)
        shown = now or was
        if shown and (was.text if was else "") != (now.text if now else ""):
            run = differences(was.text if was else "", now.text if now else "")
            found.append(Change(shown.label, shown.language, run))
    return found
