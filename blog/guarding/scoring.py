"""How much a comment looks like spam: learnt from the moderators' decisions, on this machine.

A naive Bayes classifier over words and pairs (Graham's choice of the strongest few among them). It
decides nothing: it only sorts the queue. What it keeps is counts under keyed hashes, in one file;
no word of a comment can be read from it.
"""

import hashlib
import json
import math
import os
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from blog.comments.moderating import Status
from blog.guarding.folding import bare, words
from blog.guarding.likeness import shingles
from blog.guarding.linking import links
from blog.models import Comment

#: What a comment is given while nothing was learnt, or nothing is known of its words.
UNKNOWN = 50
#: From this score on a comment stands at the end of its sheet.
LIKELY = 80
#: With fewer of either kind nothing is learnt: it would be prejudice.
LEAST_LEARNT = 20
#: How many of a text's most telling features count, and how often one must have been seen.
STRONGEST, SEEN = 24, 2


@dataclass
class Learnt:
    """How many comments of each kind were learnt from, and how often each feature was in them."""

    spam: int = 0
    others: int = 0
    in_spam: Counter[str] = field(default_factory=Counter)
    in_others: Counter[str] = field(default_factory=Counter)

    def learn(self, text: str, *, is_spam: bool) -> None:
        """Count one comment."""
        (self.in_spam if is_spam else self.in_others).update(features(text))
        if is_spam:
            self.spam += 1
        else:
            self.others += 1

    @property
    def is_enough(self) -> bool:
        return min(self.spam, self.others) >= LEAST_LEARNT

    def weight(self, feature: str) -> float:
        """Return how strongly a feature speaks for spam (log odds, smoothed)."""
        spam, others = self.in_spam[feature], self.in_others[feature]
        if spam + others < SEEN:
            return 0.0
        return math.log((spam + 0.5) / (self.spam + 1)) - math.log(
            (others + 0.5) / (self.others + 1)
        )

    def score(self, text: str) -> int:
        """Return how much a text looks like spam, from 0 to 100."""
        if not self.is_enough:
            return UNKNOWN
        weights = sorted((self.weight(name) for name in features(text)), key=abs)[-STRONGEST:]
        return round(100 / (1 + math.exp(-max(-30.0, min(30.0, sum(weights))))))


def features(text: str) -> set[str]:
    """Return what is counted of a text: hashes of its words and pairs, and a few of its traits."""
    key = secret_of_the_site()
    named = shingles(words(text)) | traits(text)
    return {hashlib.blake2b(name.encode(), key=key, digest_size=4).hexdigest() for name in named}


def traits(text: str) -> set[str]:
    """Return how a text is made, apart from its words."""
    letters = [char for char in text if char.isalpha()]
    loud = sum(char.isupper() for char in letters) > len(letters) / 2 and len(letters) > 10
    mixed = any(is_mixed(word) for word in bare(text).split())
    told = {"%link": bool(links(text)), "%loud": loud, "%mixed": mixed, "%!!": "!!" in text}
    return {name for name, is_so in told.items() if is_so}


def is_mixed(word: str) -> bool:
    """Tell whether a word borrows letters from another alphabet."""
    return any("a" <= char <= "z" for char in word) and any("а" <= char <= "ӿ" for char in word)


@lru_cache(maxsize=1)
def secret_of_the_site() -> bytes:
    return salted_hmac("blog.guarding.scoring", "key", algorithm="sha256").digest()


# --- what is kept ----------------------------------------------------------------------------


def score(text: str) -> int:
    """Return the score of a text by what this site has learnt. No query."""
    return learnt().score(text)


def learn() -> Learnt:
    """Learn afresh from all that moderators marked as spam and all that they approved."""
    found = Learnt()
    decided = Comment.objects.filter(state__in=[Status.SPAM, Status.APPROVED], text__gt="")
    rows = decided.order_by("pk").values_list("state", "name", "text")
    for state, name, text in rows.iterator(chunk_size=500):
        found.learn(f"{name}\n{text}", is_spam=state == Status.SPAM)
    return found


def keep(found: Learnt) -> None:
    """Put what was learnt in place of what was known, at once for every process."""
    place = Path(settings.COMMENT_SCORE_FILE)
    data = {
        "spam": found.spam,
        "others": found.others,
        "in_spam": {name: n for name, n in found.in_spam.items() if is_common(found, name)},
        "in_others": {name: n for name, n in found.in_others.items() if is_common(found, name)},
    }
    with tempfile.NamedTemporaryFile("w", dir=place.parent, delete=False) as file:
        json.dump(data, file)
    os.replace(file.name, place)


def is_common(found: Learnt, name: str) -> bool:
    return found.in_spam[name] + found.in_others[name] >= SEEN


def learnt() -> Learnt:
    """Return what is kept, read once for as long as it stays the same."""
    try:
        state = os.stat(settings.COMMENT_SCORE_FILE)
    except FileNotFoundError:
        return Learnt()
    return read(settings.COMMENT_SCORE_FILE, state.st_mtime_ns, state.st_ino)


@lru_cache(maxsize=1)
def read(place: str, _changed: int, _number: int) -> Learnt:
    data: dict[str, Any] = json.loads(Path(place).read_text())
    counts = (Counter(data["in_spam"]), Counter(data["in_others"]))
    return Learnt(data["spam"], data["others"], *counts)


def sample(rows: Iterable[tuple[str, bool]]) -> Learnt:
    """Return what is learnt from (text, is it spam)."""
    found = Learnt()
    for text, is_spam in rows:
        found.learn(text, is_spam=is_spam)
    return found
