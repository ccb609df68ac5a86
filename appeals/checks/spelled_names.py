"""Finding names in a text, whatever their case."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from appeals.checks.texts import WORD, Text, scripts_of

#: How much longer or shorter a declined name may be than its nominative.
ENDING = 3


class Spelled(NamedTuple):
    name: str
    start: int
    end: int


def spelled(text: Text, names: Iterable[str]) -> Iterator[Spelled]:
    """Yield the names that a text holds, the longer ones first where they overlap."""
    index = indexed(tuple(names))
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


Index = dict[str, list[tuple[str, list[str]]]]


@lru_cache(maxsize=4)
def indexed(names: tuple[str, ...]) -> Index:
    """Return the names by the beginning of their first word, the longest first."""
    index: Index = {}
    for name in sorted(names, key=len, reverse=True):
        if parts := [folded(word) for word in WORD.findall(name)]:
            index.setdefault(parts[0][:3], []).append((name, parts))
    return index


def candidates(index: Index, key: str) -> list[tuple[str, list[str]]]:
    found = index.get(key[:3], [])
    if key[:1] in "وبلف":  # written together with the name in Arabic
        return [*found, *index.get(key[1:4], [])]
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
    if scripts == {"ARABIC"}:
        return word[:1] in "وبلف" and word[1:] == name
    if scripts != {"CYRILLIC"} or len(name) < 4:
        return False
    stem = name[:-1] if name[-1] in "аяьйоеі" else name
    return word.startswith(stem) and len(word) - len(stem) <= ENDING
