"""Comments that say nearly the same: found among many by a few numbers, stacked for one look.

A text is the set of its words and of its pairs of neighbours. Of that set some minima under keyed
hashes are kept (MinHash, Broder 1997), in bands: two texts that have most in common share a whole
band almost surely, and two that have little almost never do. The first of its kind keeps its
bands; what comes later is compared with it word by word. The key is the site's own, so that the
numbers confirm no guess at a text that was taken out.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise

from django.db.models import Count
from django.utils.crypto import salted_hmac

from blog.guarding.folding import words
from blog.models import Band, Comment

BANDS, ROWS = 8, 3
#: The share of words and pairs that two texts must have in common.
SAME = 0.6
#: Below this many words anybody may say the same: it is stacked, but not held for it.
FEW_WORDS = 6
#: How long a comment is remembered as the first of its kind.
MEMORY = timedelta(days=14)
CANDIDATES = 20
PRIME = (1 << 61) - 1


@dataclass(frozen=True)
class Likeness:
    """What a text is like: ``founder`` is the key of the first of its kind, if there is one."""

    founder: str
    bands: list[int]
    is_long: bool

    @property
    def is_suspect(self) -> bool:
        """Whether it repeats what hardly two people say by chance."""
        return bool(self.founder) and self.is_long


def likeness(text: str, now: datetime) -> Likeness:
    """Look for an earlier text that says nearly the same. One query."""
    said = words(text)
    parts = shingles(said)
    kept = bands(parts)
    earlier = (
        Band.objects.filter(value__in=kept, founder__sent_at__gt=now - MEMORY)
        .values_list("founder__key", "founder__text")
        .annotate(shared=Count("pk"))
        .order_by("-shared", "founder__key")[:CANDIDATES]
    )
    close = [(in_common(parts, shingles(words(text))), key) for key, text, _shared in earlier]
    share, founder = max(close, default=(0.0, ""))
    return Likeness(founder if share >= SAME else "", kept, len(said) >= FEW_WORDS)


def remember(comment: Comment, found: Likeness) -> None:
    """Keep the first of its kind, so that later ones find it. One query, or none."""
    if not found.founder:
        Band.objects.bulk_create(Band(founder=comment, value=value) for value in found.bands)


def shingles(said: list[str]) -> set[str]:
    """Return a text's words and its pairs of neighbours."""
    return {*said, *(f"{one} {other}" for one, other in pairwise(said))}


def in_common(one: set[str], other: set[str]) -> float:
    """Return which share of two texts is in both (Jaccard)."""
    return len(one & other) / (len(one | other) or 1)


def bands(parts: set[str]) -> list[int]:
    """Return the numbers by which a text is found; none for one without a word."""
    if not parts:
        return []
    key, steps = secrets_of_the_site()
    hashes = [number(part.encode(), key) for part in parts]
    minima = [min((a * value + b) % PRIME for value in hashes) for a, b in steps]
    rows = [minima[at : at + ROWS] for at in range(0, BANDS * ROWS, ROWS)]
    return [number(repr((band, row)).encode(), key) for band, row in enumerate(rows)]


def number(part: bytes, key: bytes) -> int:
    """Return a keyed hash that fits into a signed column of 64 bits."""
    return int.from_bytes(hashlib.blake2b(part, key=key, digest_size=8).digest(), signed=True)


@cache
def secrets_of_the_site() -> tuple[bytes, list[tuple[int, int]]]:
    """Return the key of the hashes, and the permutations, both from the site's secret key."""
    key = salted_hmac("blog.guarding.likeness", "key", algorithm="sha256").digest()
    drawn = [number(f"{place}".encode(), key) % PRIME for place in range(2 * BANDS * ROWS)]
    return key, [(a or 1, b) for a, b in zip(drawn[::2], drawn[1::2], strict=True)]
