"""How often search finds what its reader hopes for, first or among the first ten."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from config.search.answering import answer
from config.search.asking import read

QUESTIONS = Path(__file__).with_name("questions.yaml")


@dataclass(frozen=True)
class Rated:
    """A question, and at which place what it hopes for was found; 0 is nowhere."""

    kind: str
    question: str
    place: int


def rate() -> Iterator[Rated]:
    """Ask every question of the site that there is."""
    now = timezone.now()
    labelled: dict[str, dict[str, Any]] = yaml.safe_load(QUESTIONS.read_text())
    for kind, questions in labelled.items():
        for question, hoped in questions.items():
            wanted = [hoped] if isinstance(hoped, str) else hoped
            found = answer(read({"q": question}), now).results
            places = [
                place
                for place, result in enumerate(found, start=1)
                if any(f"/{part}/" in f"{result.url} {result.place}" for part in wanted)
            ]
            yield Rated(kind, question, places[0] if places else 0)


def share(rated: list[Rated], within: int) -> float:
    """Return the part of the questions whose hope was found within so many places."""
    return sum(0 < each.place <= within for each in rated) / len(rated)


def table(rated: list[Rated]) -> str:
    """Return the hit rates, by kind and together, and what was not found first."""
    kinds = list(dict.fromkeys(each.kind for each in rated))
    groups = [(kind, [each for each in rated if each.kind == kind]) for kind in kinds]
    lines = [f"{'':16}{'asked':>6}{'at 1':>8}{'at 10':>8}"]
    lines += [
        f"{name:16}{len(some):6}{share(some, 1):8.1%}{share(some, 10):8.1%}"
        for name, some in [*groups, ("all", rated)]
    ]
    lines += [
        f"  {each.question}: {f'place {each.place}' if each.place else 'not found'}"
        for each in rated
        if each.place != 1
    ]
    return "\n".join(lines)
