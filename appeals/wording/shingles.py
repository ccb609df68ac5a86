"""Numbers by which like texts are found: pure."""

import re
from collections.abc import Iterator
from hashlib import blake2b
from itertools import pairwise

from appeals.checks.texts import WORD
from editorial.matching import UNSPACED, fold

#: So many of a text's numbers are kept: of two like texts mostly the same ones.
KEPT = 24
#: A word is told by its beginning, which its cases share.
BEGINNING = 5
#: Shorter words stand everywhere: they count only beside another.
SHORT = 6


def tokens(text: str) -> list[str]:
    """Return the words of a text; where no spaces are written, its characters."""
    folded = fold(text)
    if UNSPACED.search(folded):
        return re.findall(r"\w", folded)
    return WORD.findall(folded)


def features(text: str) -> Iterator[str]:
    """Yield the longer words of a text and every two that follow each other."""
    whole = tokens(text)
    words = [word[:BEGINNING] for word in whole]
    yield from (word[:BEGINNING] for word in whole if len(word) >= SHORT)
    yield from map(" ".join, pairwise(words))


def shingles(text: str, source: str, target: str) -> list[int]:
    """Return the least of a text's numbers, which are of a pair of languages."""
    salt = f"{source.split('-')[0]}>{target.split('-')[0]}".encode()[:16]
    found = {
        int.from_bytes(blake2b(f.encode(), digest_size=8, salt=salt).digest(), signed=True)
        for f in features(text)
    }
    return sorted(found)[:KEPT]
