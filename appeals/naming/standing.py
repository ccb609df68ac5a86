"""Where names stand in texts, for telling readers how the site spells them: pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from appeals.checks.spelled_names import Spelled, spelled
from appeals.checks.texts import Text
from editorial.matching import MARK


class Spot(NamedTuple):
    """A spelling in a text, and how the site spells the name."""

    start: int
    end: int
    canonical: str


def standing_in(text: Text, names: Iterable[str]) -> Iterator[Spelled]:
    """Yield where names stand in a text, written as names are: no mark on his back is Mark."""
    for hit in spelled(text, names):
        if hit.name[:1].islower() or not text.string[hit.start].islower():
            yield hit


def first_spots(texts: Sequence[str], content: dict[str, Any]) -> list[list[Spot]]:
    """Return where in each of an edition's texts a reader is told how the site spells a name.

    Each spelling is told once, where it stands first. One that was struck is told nowhere.
    """
    names = {
        row["text"]: row["canonical"]
        for row in content.get("names", ())
        if MARK not in row["text"] + row["canonical"]
    }
    found: list[list[Spot]] = [[] for _text in texts]
    for string, spots in zip(texts, found, strict=True):
        if not names:
            break
        for hit in standing_in(Text(string, content["language"]), tuple(names)):
            if canonical := names.pop(hit.name, ""):
                spots.append(Spot(hit.start, hit.end, canonical))
    return found
