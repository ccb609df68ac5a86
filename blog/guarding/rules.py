"""The newsroom's own rules: words, links and patterns that hold a comment.

Each is tried in time proportional to the text, whatever it says.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from blog.guarding.folding import WORD, bare, folded
from blog.guarding.linking import hosts
from blog.models import Catch, Comment, Rule

#: Fewer letters and digits than this would hold nearly everything.
LEAST_SAID = 3


class Text:
    """A text as rules see it: folded once, however many there are."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def hosts(self) -> set[str]:
        return hosts(self.text)

    @cached_property
    def versions(self) -> list[str]:
        return list(dict.fromkeys([bare(self.text), folded(self.text)]))

    @cached_property
    def words(self) -> list[str]:
        return [f" {' '.join(WORD.findall(version))} " for version in self.versions]

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines, each with single spaces."""
        return [" ".join(line.split()) for version in self.versions for line in version.split("\n")]


def holding(text: str) -> list[Rule]:
    """Return the rules that hold a text. One query."""
    seen = Text(text)
    return [rule for rule in Rule.objects.active() if holds(rule.kind, rule.text, seen)]


def holds(kind: str, wanted: str, text: Text) -> bool:
    """Tell whether a rule of a kind holds a text."""
    if kind == Rule.Kind.LINK:
        site = site_of(wanted)
        return any(host == site or host.endswith(f".{site}") for host in text.hosts)
    if kind == Rule.Kind.WORD:
        phrases = {f" {' '.join(WORD.findall(fold(wanted)))} " for fold in (bare, folded)}
        return any(phrase in words for phrase in phrases for words in text.words)
    patterns = {pieces(fold(wanted)) for fold in (bare, folded)}
    return any(fits(pattern, line) for pattern in patterns for line in text.lines)


def site_of(wanted: str) -> str:
    """Return the host that a rule for links names, however it was pasted."""
    return bare(re.sub(r"^\w+://", "", wanted.strip())).split("/")[0].removeprefix("www.")


@lru_cache(maxsize=1000)
def pieces(wanted: str) -> tuple[re.Pattern[str], ...]:
    """Return what stands between a pattern's stars; each is as long as what it finds."""
    signs = {"?": ".", "#": r"\d"}
    return tuple(
        re.compile("".join(signs.get(char) or re.escape(char) for char in piece))
        for piece in wanted.split("*")
        if piece
    )


def fits(pattern: Iterable[re.Pattern[str]], line: str) -> bool:
    """Tell whether a line holds all pieces one after another.

    The first place of each is as good as any later one, so that nothing is ever tried again.
    """
    at = 0
    for piece in pattern:
        found = piece.search(line, at)
        if found is None:
            return False
        at = found.end()
    return True


def is_too_wide(kind: str, wanted: str) -> bool:
    """Tell whether a rule says too little to be of use."""
    if kind == Rule.Kind.LINK:
        return "." not in site_of(wanted).strip(".")
    if kind == Rule.Kind.WORD:
        return not WORD.findall(bare(wanted))
    return sum(char.isalnum() or char == "#" for char in wanted) < LEAST_SAID


def note_catches(comment: Comment, rules: Iterable[Rule]) -> None:
    """Remember which rules held a comment. One query, or none."""
    caught = [Catch(rule=rule, comment=comment) for rule in rules]
    Catch.objects.bulk_create(caught, ignore_conflicts=True)


def tried(kind: str, wanted: str, comments: Iterable[Comment]) -> Iterator[Comment]:
    """Yield the comments that a rule would hold."""
    for comment in comments:
        if holds(kind, wanted, Text(f"{comment.name}\n{comment.text}")):
            yield comment
