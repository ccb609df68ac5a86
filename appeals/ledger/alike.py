"""Signatures that may be one person's twice: shown, and never dropped."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from appeals.models import NameDistinction, NameVariant
from appeals.naming.likeness import sounded
from editorial.matching import fold

#: Numbers too: two schools are told apart by them.
WORD = re.compile(r"[^\W_]+")


def likeness(name: str) -> str:
    """Return what look-alike names have in common, whatever their script and their words' order."""
    return " ".join(sorted(sounded(word) or word for word in WORD.findall(fold(name))))


@dataclass
class Memory:
    """What the name memory says of spellings: which are one name, and which pairs are not."""

    same: dict[str, str] = field(default_factory=dict)
    apart: set[frozenset[str]] = field(default_factory=set)

    @classmethod
    def asked(cls) -> "Memory":
        """Ask the site's memory, in two queries."""
        variants = NameVariant.objects.values_list("text", "name__text")
        apart = NameDistinction.objects.values_list("name__text", "other")
        return cls(
            {likeness(text): likeness(name) for text, name in variants},
            {frozenset({fold(name), fold(other)}) for name, other in apart},
        )

    def key(self, name: str) -> str:
        """Return what is equal for names that look alike or are known to be one."""
        seen = likeness(name)
        if seen in self.same:
            return self.same[seen]
        return " ".join(sorted(self.same.get(word, word) for word in seen.split(" ")))


@dataclass(frozen=True)
class Twin:
    """Another signature of the same name, or of one that looks like it, by its place."""

    index: int
    is_same: bool


#: More than these are only counted.
FEW = 3


def twins(names: Sequence[str], memory: Memory | None = None) -> dict[int, list[Twin]]:
    """Return for each name that is not alone which others it may be, by their places.

    Args:
        names: in order; an empty one is nobody's.
    """
    memory = memory or Memory.asked()
    groups: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        if name:
            groups[memory.key(name) or fold(name)].append(index)
    found: dict[int, list[Twin]] = {}
    for members in groups.values():
        if len(members) > 1:
            spelled = {index: fold(names[index]) for index in members}
            for index in members:
                if others := list(few_of(index, members, spelled, memory)):
                    found[index] = others
    return found


def few_of(
    index: int, members: Iterable[int], spelled: dict[int, str], memory: Memory
) -> Iterable[Twin]:
    """Yield the first few of a group that one of it may be."""
    left = FEW
    for other in members:
        pair = frozenset({spelled[index], spelled[other]})
        if other == index or pair in memory.apart:
            continue
        yield Twin(other, len(pair) == 1)
        left -= 1
        if not left:
            return
