"""What holds of every item's editions and decisions, whatever happened and in whatever order."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from config.search.models import Indexed
from config.search.texts import kind_of
from editorial.models import Approval, Decision, WorkingCopy
from editorial.states import State
from editorial.verifying import verify

Editions = list[Any]


def broken(item: WorkingCopy) -> list[str]:
    """Return what does not hold: of an item, of its editions, of every seal."""
    item = type(item)._base_manager.get(pk=item.pk)
    editions = list(item.edition_model.objects.filter(item=item).order_by("number"))
    faults = [*index(editions), *spans(editions), *births(editions), *approval(item), *path(item)]
    return faults + [f"{edition}: {fault}" for edition, fault in verify()]


def spans(editions: Editions) -> Iterator[str]:
    """Hold the spans against each other: a cancelled one is empty and overlaps nothing."""
    there = sorted((e for e in editions if not e.is_cancelled), key=lambda e: e.live_from)
    for earlier, later in pairwise(there):
        if earlier.live_until is None or earlier.live_until > later.live_from:
            yield f"{earlier.number} and {later.number} overlap"
    if sum(edition.live_until is None for edition in editions) > 1:
        yield "two are open-ended"
    if [edition.number for edition in editions] != list(range(1, len(editions) + 1)):
        yield "a number is missing"


def index(editions: Editions) -> Iterator[str]:
    """Hold the search index to the spans: nothing is missing that has no end."""
    for edition in editions:
        row = Indexed.objects.filter(**{kind_of(edition): edition}).first()
        if row is None and edition.live_until is None and not edition.is_withdrawal:
            yield f"{edition.number} is not in the index"
        if row and (row.live_from, row.live_until) != (edition.live_from, edition.live_until):
            yield f"the index does not know when {edition.number} is live"


def births(editions: Editions) -> Iterator[str]:
    """Hold every edition to the first publication, which never moves."""
    if len({e.published_at for e in editions if not e.is_cancelled}) > 1:
        yield "published_at moved"


def approval(item: WorkingCopy) -> Iterator[str]:
    """Hold what is approved to the digest that a second person approved."""
    last = Approval.objects.about(item).last()
    if item.state == State.APPROVED and (last is None or last.digest != item.content_digest()):
        yield "approved, and it is not what was approved"


def path(item: Any) -> Iterator[str]:
    """Hold the decisions to one unbroken walk that ends where the item stands."""
    steps = [d for d in Decision.objects.about(item).order_by("pk") if d.from_state != d.to_state]
    for before, after in pairwise(steps):
        if before.to_state != after.from_state:
            yield f"{after.name} came from {after.from_state} after {before.name}"
    if steps and steps[-1].to_state != item.state:
        yield f"{item.state}, though the last decision was {steps[-1].name}"
