"""The order of an appeal's signatures, written in one statement however many there are."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Case, F, IntegerField, Value, When

from appeals.models import Appeal, Signatory

#: An order that falls into more pieces than this is written row by row, in batches.
MANY = 300
BATCH = 300


def moved(order: Sequence[int], chosen: Iterable[int], place: int) -> list[int]:
    """Return an order in which the chosen stand together, the first of them at a place.

    Args:
        order: the numbers of all rows.
        chosen: some of them; they keep their order among themselves.
        place: counted from 1; one beyond the end means the end.
    """
    wanted = set(chosen)
    block = [pk for pk in order if pk in wanted]
    rest = [pk for pk in order if pk not in wanted]
    at = min(max(place - 1, 0), len(rest))
    return [*rest[:at], *block, *rest[at:]]


def rearranged(order: Sequence[int], some: Sequence[int]) -> list[int]:
    """Return an order in which some rows stand, in their places, as they are given here."""
    known = set(order)
    waiting = iter([pk for pk in dict.fromkeys(some) if pk in known])
    places = set(some)
    return [next(waiting) if pk in places else pk for pk in order]


def order_of(appeal: Appeal) -> list[int]:
    """Return the numbers of all rows in their order."""
    return list(appeal.signatories.order_by("position", "pk").values_list("pk", flat=True))


def write_order(appeal: Appeal, order: Sequence[int]) -> None:
    """Give the rows the positions 0, 1, 2 … in this order, which names them all."""
    was = dict(appeal.signatories.values_list("pk", "position"))
    steps = sorted((was[pk], position - was[pk]) for position, pk in enumerate(order))
    runs = list(runs_of(steps))
    if len(set(was.values())) < len(was) or len(runs) > MANY:
        rows = [
            Signatory(pk=pk, position=position)
            for position, pk in enumerate(order)
            if was[pk] != position
        ]
        Signatory.objects.bulk_update(rows, ["position"], batch_size=BATCH)
    elif runs:
        cases: list[Any] = [
            When(position__range=(first, last), then=F("position") + Value(step))
            for first, last, step in runs
        ]
        whole = Case(*cases, default=F("position"), output_field=IntegerField())
        appeal.signatories.update(position=whole)


def runs_of(steps: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield (first position, last position, step) for neighbours that go the same way."""
    run: tuple[int, int, int] | None = None
    for position, step in steps:
        if run and run[2] == step:
            run = (run[0], position, step)
            continue
        if run and run[2]:
            yield run
        run = (position, position, step)
    if run and run[2]:
        yield run
