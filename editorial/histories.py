"""The public history of an item: its editions, numbered as readers count them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404

from editorial.models import Edition, EditionQuerySet
from editorial.resolving import Gone, history


@dataclass(frozen=True)
class Entry:
    """One public edition with its number and its addresses."""

    edition: Any
    number: int
    url: str
    previous: int | None
    compare_url: str


class History(Sequence[Entry]):
    """An item's public editions, the newest first, and where they are listed."""

    def __init__(self, editions: EditionQuerySet, item_id: int, item_url: str) -> None:
        self.editions, self.item_id = editions, item_id
        self.item_url, self.url = item_url, f"{item_url}editions/"

    @cached_property
    def entries(self) -> list[Entry]:
        light = self.editions.defer("content", "salts", "redactions")
        return list(reversed(entries(history(light, self.item_id), self.url)))

    @property
    def corrections(self) -> list[Entry]:
        return [entry for entry in self if entry.edition.kind == Edition.Kind.CORRECTION]

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, index: Any) -> Any:
        return self.entries[index]

    def numbered(self, number: int) -> Entry:
        """Return an edition by its public number, with its content.

        Raises:
            Gone: it lies before the last withdrawal.
            Http404: there was never such an edition, or not in public.
        """
        for entry in self:
            if entry.number == number:
                return entry
        if self and 1 <= number < self[-1].number:
            ever = self.editions.was_live().filter(item_id=self.item_id)
            raise Gone(ever.filter(kind=Edition.Kind.WITHDRAWAL).latest("live_from"))
        raise Http404


def entries(editions: Sequence[Any], url: str) -> list[Entry]:
    """Return ranked editions, oldest first, with their addresses under ``url``."""
    found: list[Entry] = []
    for edition in editions:
        previous = found[-1].number if found else None
        compare_url = f"{url}{previous}-{edition.rank}/" if previous else ""
        found.append(Entry(edition, edition.rank, f"{url}{edition.rank}/", previous, compare_url))
    return found
