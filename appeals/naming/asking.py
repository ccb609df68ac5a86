"""Which pairs of names are worth a question: pure. One question a spelling, not one a pair."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from appeals.naming.finding import Found
from appeals.naming.likeness import are_alike, block, form, is_regular, likeness, same_script

#: A block of more names than this is no block of look-alikes.
CROWD = 40


@dataclass(frozen=True)
class Memory:
    """What the site knows: which spellings are one name, and which pairs are none.

    Attributes:
        groups: for each name the forms of its spellings.
        known: spellings that the site uses: of its name memory, its people and organisations.
        distinct: pairs of forms that somebody told apart, or answered for otherwise.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    known: tuple[str, ...] = ()
    distinct: frozenset[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Question:
    """Two spellings: are they the same name?"""

    known: str
    found: str
    place: str = ""


@dataclass(frozen=True)
class Node:
    name: str
    form: str
    #: None for what only the site knows.
    found: Found | None
    is_known: bool


class Groups:
    """Spellings that are one name, as far as is known or asked already."""

    def __init__(self, memory: Memory) -> None:
        self.above: dict[str, str] = {}
        for first, *others in memory.groups:
            for other in others:
                self.join(first, other)
        self.apart: dict[str, set[str]] = defaultdict(set)
        for pair in memory.distinct:
            for one in pair:
                self.apart[one] |= pair - {one}

    def head(self, one: str) -> str:
        while self.above.get(one, one) != one:
            one = self.above[one]
        return one

    def join(self, one: str, other: str) -> None:
        self.above[self.head(other)] = self.head(one)

    def join_words(self, one: str, other: str) -> None:
        """Join two names, and their words: these are asked about with them."""
        self.join(one, other)
        for word, its in zip(one.split(), other.split(), strict=False):
            self.join(word, its)

    def settled(self, one: str, other: str) -> bool:
        """Tell whether two are one name, or told apart, they or spellings of theirs."""
        heads = self.head(one), self.head(other)
        words = zip(one.split(), other.split(), strict=False)
        if heads[0] == heads[1] or all(self.head(a) == self.head(b) for a, b in words):
            return True
        return any(
            {self.head(a), self.head(b)} == set(heads)
            for a, others in self.apart.items()
            if self.head(a) in heads
            for b in others
        )


def questions(
    names: Iterable[Found], memory: Memory, *, among_known: bool = False
) -> Iterator[Question]:
    """Yield a question for every spelling that looks like another, held against the best one.

    What follows from an answer or from another question is not asked.

    Args:
        among_known: whether two names are compared of which neither stands in the texts.
    """
    groups = Groups(memory)

    def ask(one: Node, other: Node) -> Iterator[Question]:
        stands = among_known or one.found or other.found
        if stands and is_asked(one, other) and not groups.settled(one.form, other.form):
            groups.join_words(one.form, other.form)
            known, found = sorted((one, other), key=rank)
            place = found.found or known.found
            yield Question(known.name, found.name, place.place if place else "")

    for crowd in blocks(names, memory):
        near: list[tuple[Node, Node]] = []
        far: list[tuple[Node, Node]] = []
        for two in pairs(crowd):
            (near if are_near(*two) else far).append(two)
        for two in near:
            yield from ask(*two)
        for one, other in far:
            if is_regular(one.name, other.name):
                groups.join(one.form, other.form)
        for two in far:
            yield from ask(*two)


def blocks(names: Iterable[Found], memory: Memory) -> Iterator[list[Node]]:
    """Yield the names that share their consonants."""
    found: dict[tuple[str, ...], dict[str, Node]] = defaultdict(dict)
    remembered = {spelling for group in memory.groups for spelling in group}
    there = {form(name.name): name for name in names}
    for spelling in memory.known:
        if key := block(spelling):
            here = there.get(form(spelling))
            found[key][form(spelling)] = Node(spelling, form(spelling), here, True)
    for key_form, name in there.items():
        node = Node(name.name, key_form, name, key_form in remembered)
        found[block(name.name)].setdefault(key_form, node)
    yield from (list(nodes.values()) for nodes in found.values() if 1 < len(nodes) <= CROWD)


def pairs(crowd: list[Node]) -> list[tuple[Node, Node]]:
    """Return the pairs, those first that are likest."""
    return sorted(
        combinations(crowd, 2),
        key=lambda two: (
            -likeness(two[0].name, two[1].name),
            -two[0].is_known - two[1].is_known,
        ),
    )


def is_asked(one: Node, other: Node) -> bool:
    """Tell whether a pair is worth a question: one is a name for certain, and they are alike."""
    return (sure(one) or sure(other)) and are_alike(one.name, other.name)


def are_near(one: Node, other: Node) -> bool:
    """Tell whether two spellings are of one script, and not of two languages.

    Of others the rules of transliteration explain what they differ in.
    """
    languages = [node.found.languages if node.found else set() for node in (one, other)]
    apart = all(languages) and not languages[0] & languages[1]
    return same_script(one.name, other.name) and not apart


def sure(node: Node) -> bool:
    return node.is_known or bool(node.found and node.found.is_sure)


def rank(node: Node) -> tuple[bool, int]:
    """Put first what the site knows, then what a text uses more often."""
    return not node.is_known, -(node.found.count if node.found else 0)
