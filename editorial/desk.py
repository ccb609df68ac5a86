"""The desk: what waits for a person. Apps say what; this module only asks and sorts.

An app registers, in its ``AppConfig.ready``, functions that take a user and yield what waits
for them. A function asks the same few questions of the database whatever waits.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, order=True)
class Heading:
    """A kind of waiting, in the order of the desk."""

    order: int
    label: Any = field(compare=False)
    hint: Any = field(default="", compare=False)


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what, since when, for or from whom, and why."""

    heading: Heading
    what: str
    url: str
    kind: str = ""
    since: datetime | None = None
    whom: str = ""
    why: str = ""
    planned: datetime | None = None
    order: datetime | None = None

    def sort_key(self) -> datetime:
        """Return what it is sorted by: who waits longest comes first."""
        return self.order or self.since or datetime.min.replace(tzinfo=UTC)


@dataclass
class Pile:
    """What waits under one heading."""

    SHOWN = 25

    heading: Heading
    rows: list[Waiting]

    @property
    def shown(self) -> list[Waiting]:
        return self.rows[: self.SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.rows) - self.SHOWN, 0)


Ask = Callable[[Any], Iterable[Waiting]]
_registered: dict[str, Ask] = {}


def register(name: str, ask: Ask) -> None:
    """Let an app say what waits; a second registration under one name replaces the first."""
    _registered[name] = ask


def piles_for(user: Any) -> list[Pile]:
    """Return what waits for a person: the headings in their order, the longest wait first."""
    found: dict[Heading, list[Waiting]] = {}
    for ask in _registered.values():
        for row in ask(user):
            found.setdefault(row.heading, []).append(row)
    return [
        Pile(heading, sorted(found[heading], key=Waiting.sort_key)) for heading in sorted(found)
    ]
