"""Finding names in a text, whatever their case."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from appeals.checks.texts import WORD, Text, scripts_of
from editorial.matching import UNSPACED

#: What Arabic and Hebrew write together with the word after it: and, in, to, …
PREFIXES, LONGEST_PREFIX = frozenset("وبلفكוהבלמשכ"), 2
#: How much longer or shorter a declined name may be than its nominative.
ENDING = 3


class Spelled(NamedTuple):
    name: str
    start: int
    end: int


def spelled(text: Text, names: Iterable[str]) -> Iterator[Spelled]:
    """Yield the names that a text holds, the longer ones first where they overlap.

    Those in scripts that write no spaces come first: there nothing tells where a name ends.
    """
    names = tuple(names)
    yield from written_on(text.string, without_spaces(names))
    index = indexed(names)
    if not index:
        return
    words, end = text.words, -1
    keys = [folded(word.text) for word in words]
    for at, word in enumerate(words):
        if word.start < end:
            continue
        for name, parts in candidates(index, keys[at]):
            last = at + len(parts)
            if last <= len(words) and all(
                is_form(key, part) for key, part in zip(keys[at:last], parts, strict=True)
            ):
                end = words[last - 1].end
                yield Spelled(name, word.start, end)
                break


def written_on(string: str, names: Iterable[str]) -> Iterator[Spelled]:
    """Yield names wherever they stand, the longer ones first where they overlap."""
    taken: list[tuple[int, int]] = []
    for name in names:
        for hit in re.finditer(re.escape(name), string):
            if not any(hit.start() < end and start < hit.end() for start, end in taken):
                taken.append(hit.span())
                yield Spelled(name, *hit.span())


@lru_cache(maxsize=4)
def without_spaces(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in scripts that write no spaces, the longest first."""
    found = {name for name in names if UNSPACED.search(name) and len(name) > 1}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


Index = dict[str, list[tuple[str, list[str]]]]


@lru_cache(maxsize=4)
def indexed(names: tuple[str, ...]) -> Index:
    """Return the names by the beginning of their first word, the longest first."""
    index: Index = {}
    for name in sorted(names, key=len, reverse=True):
        if UNSPACED.search(name):
            continue
        if parts := [folded(word) for word in WORD.findall(name)]:
            index.setdefault(parts[0][:3], []).append((name, parts))
    return index


def candidates(index: Index, key: str) -> list[tuple[str, list[str]]]:
    found = index.get(key[:3], [])
    for length in range(1, LONGEST_PREFIX + 1):
        if not PREFIXES.issuperset(key[:length]):
            break
        found = [*found, *index.get(key[length : length + 3], [])]
    return found


def folded(word: str) -> str:
    """Return a word without case and without an English possessive."""
    word = word.casefold().replace("’", "'")
    return word.removesuffix("'s")


def is_form(word: str, name: str) -> bool:
    """Tell whether a word is a name, or a case of it where its script declines names."""
    if word == name:
        return True
    scripts = scripts_of(name)
    if scripts in ({"ARABIC"}, {"HEBREW"}):
        before = word.removesuffix(name)
        return len(before) <= LONGEST_PREFIX and before != word and PREFIXES.issuperset(before)
    if scripts not in ({"CYRILLIC"}, {"GEORGIAN"}) or len(name) < 4:
        return False
    stem = name[:-1] if name[-1] in "аяьйоеіიაეოუ" else name
    return word.startswith(stem) and len(word) - len(stem) <= ENDING
