"""How long an answer takes: questions made of public words, asked one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from time import perf_counter, process_time
from typing import Any

from django.test import Client
from django.utils import timezone

from config.search.models import Kind
from config.search.texts import lines, model_of
from config.search.words import tokens

#: Texts that the words are taken from.
TEXTS = 400


@dataclass
class Measured:
    """How long the answers to questions of one kind took, in milliseconds.

    Attributes:
        times: by the clock on the wall, which counts what else the machine does.
        own: of this process on the processor; a server's share is not in it.
    """

    kind: str
    times: list[float]
    own: list[float]


def percentile(times: list[float], part: float) -> float:
    """Return the time that such a part of the times does not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


class Questions:
    """Makes questions as readers ask them. The same seed makes the same ones of the same site."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.texts = [self.said(edition) for edition in self.editions()]
        self.common = [word for text in self.texts for word in text]

    def editions(self) -> Iterator[Any]:
        now = timezone.now()
        for kind in Kind:
            live = model_of(kind).objects.live(now)
            pks = sorted(live.values_list("pk", flat=True))
            some = self.random.sample(pks, min(len(pks), TEXTS // len(Kind)))
            yield from live.light().filter(pk__in=some).order_by("pk")

    def said(self, edition: Any) -> list[str]:
        """Return the words of an edition that are not too common to look for."""
        return [
            line.text[token.start : token.end]
            for line in lines(edition)
            for token in tokens(line.text, line.language)
            if not token.is_stop and len(token.form) > 2
        ]

    def make(self, kind: str) -> dict[str, str]:
        """Return the parameters of a question of one kind."""
        words = self.random.choice(self.texts)
        at = self.random.randrange(max(1, len(words) - 3))
        run, common = words[at : at + 3], self.random.choice(self.common)
        other = self.random.choice(words)
        return {
            "one word": {"q": other},
            "a common word": {"q": common},
            "two words": {"q": f"{common} {other}"},
            "three words": {"q": " ".join([*run[:2], other])},
            "a phrase": {"q": f'"{" ".join(run[:2])}"'},
            "a slip": {"q": f"{other[:2]}{other[3:]}"},
            "no word": {"q": f"{other}{other[::-1]}"},
            "by date": {"q": common, "sort": "date"},
            "of one kind": {"q": common, "kind": "appeal"},
            "in a language": {"q": common, "language": "ru"},
            "a later page": {"q": common, "page": "5"},
        }[kind]


KINDS = (
    *("one word", "a common word", "two words", "three words", "a phrase", "a slip", "no word"),
    *("by date", "of one kind", "in a language", "a later page"),
)


def measure(count: int, seed: int) -> list[Measured]:
    """Ask so many questions, the kinds in turn, and return how long each took.

    A whole page is asked for, through every middleware. The first of each kind warms up.
    """
    questions, client = Questions(seed), Client(SERVER_NAME="localhost")
    found = {kind: Measured(kind, [], []) for kind in KINDS}
    for number in range(count + len(KINDS)):
        kind = KINDS[number % len(KINDS)]
        parameters = questions.make(kind)
        began, worked = perf_counter(), process_time()
        response = client.get("/search/", parameters)
        took, own = (perf_counter() - began) * 1000, (process_time() - worked) * 1000
        if response.status_code != 200:
            raise RuntimeError(f"{parameters} is answered with {response.status_code}")
        if number >= len(KINDS):
            found[kind].times.append(took)
            found[kind].own.append(own)
    return list(found.values())
