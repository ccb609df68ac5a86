"""Holding every edition against its digest, its chain and its derived columns."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Count, Q

from editorial import canonical, triggers
from editorial.models import Approval, Decision, Edition
from editorial.models.editions import ENVELOPE
from editorial.states import State

#: The decisions that sealed an edition each; an import that found an approved text did perhaps.
SEALING = Q(name__in=["publish", "schedule", "withdraw"]) | (
    Q(name="import", to_state=State.APPROVED) & ~Q(from_state=State.APPROVED)
)
#: The offsets from UTC between which the newsroom lies; which one it had then is not kept.
WESTERNMOST, EASTERNMOST = timedelta(hours=-12), timedelta(hours=14)

NOBODY = (None, "")


def edition_models() -> list[Any]:
    """Return every concrete edition model."""
    return [model for model in apps.get_models() if issubclass(model, Edition)]


def verify() -> Iterator[tuple[Edition | None, str]]:
    """Yield (edition, what does not hold) for everything that does not hold.

    An edition of None speaks of a whole table.
    """
    for table in triggers.missing(connection):
        yield None, f"{table}: the seal (trigger) is missing, or is not ours"
    for model in edition_models():
        yield from ((None, fault) for fault in lost(model))
        people = People(model)
        previous: Any = None
        rows: Any = model._base_manager.order_by("item_id", "number")
        for edition in rows.iterator(chunk_size=100):
            if previous is not None and previous.item_id != edition.item_id:
                previous = None
            found = list(faults(edition, previous)) or people.faults(edition)
            for fault in found:
                yield edition, fault
            previous = edition


def lost(model: Any) -> Iterator[str]:
    """Yield the items of which more was sealed than is there: a chain does not miss its end."""
    item: Any = model._meta.get_field("item").related_model
    decisions = Decision.objects.filter(
        SEALING, content_type=ContentType.objects.get_for_model(item)
    )
    there = dict(model._base_manager.values_list("item_id").annotate(Count("pk")).order_by())
    for pk, count in decisions.values_list("object_id").annotate(Count("pk")).order_by("object_id"):
        if there.get(pk, 0) < count:
            left = there.get(pk, 0)
            yield f"{item._meta.label} {pk}: {count} editions were sealed, {left} are there"


class People:
    """Who approved and published the items of one kind, as the decisions have it."""

    def __init__(self, model: Any) -> None:
        kind = ContentType.objects.get_for_model(model._meta.get_field("item").related_model)
        self.approved, self.published = defaultdict(set), defaultdict(set)
        columns = ("object_id", "approver_id", "approver_name", "digest")
        for pk, *approval in Approval.objects.filter(content_type=kind).values_list(*columns):
            self.approved[pk].add(tuple(approval))
        decisions = Decision.objects.filter(SEALING, content_type=kind)
        for pk, *by in decisions.values_list("object_id", "by_id", "by_name"):
            self.published[pk].add(tuple(by))

    def faults(self, edition: Any) -> Iterator[str]:
        """Yield what an edition says of its people, and no decision does."""
        said = {k: v for k, v in edition.data.items() if k not in ENVELOPE}
        digests = {canonical.sha256(canonical.canonical(said)), ""}
        rows = self.approved[edition.item_id]
        if edition.redactions == "{}":
            rows = {row for row in rows if row[-1] in digests}
        approver = (edition.approved_by_id, edition.approved_by_name)
        needs_one = edition.data.get("second_reader") in {"yes", "no"}
        if (needs_one or approver != NOBODY) and approver not in {row[:2] for row in rows}:
            yield "nobody of that name approved this"
        publisher = (edition.published_by_id, edition.published_by_name)
        if publisher != NOBODY and publisher not in self.published[edition.item_id]:
            yield "nobody of that name published this"


def faults(edition: Any, previous: Any) -> Iterator[str]:
    """Yield what does not hold of one edition, given the one before it in the chain."""
    try:
        content = json.loads(edition.content)
        salts = json.loads(edition.salts)
        redactions = json.loads(edition.redactions)
        hashes = canonical.leaf_hashes(content, salts, redactions)
    except (ValueError, KeyError, TypeError) as error:
        yield f"the content cannot be read: {error}"
        return
    for name in ("content", "salts", "redactions"):
        value = getattr(edition, name)
        if value != canonical.canonical(json.loads(value)):
            yield f"{name} is not in canonical form"
    if canonical.digest(edition.envelope(), hashes) != edition.digest:
        yield "the digest does not match the content"
    if edition.previous_digest != (previous.digest if previous else ""):
        yield "the chain is broken: the previous digest is another"
    if edition.number != (previous.number + 1 if previous else 1):
        yield "the chain is broken: a number is missing"
    day, at = edition.published_on, edition.published_at
    if not (at + WESTERNMOST).date() <= day <= (at + EASTERNMOST).date():
        yield "published_on is another day than that of published_at, wherever on earth"
    elif previous and previous.published_at == at and previous.published_on != day:
        yield "published_on moved, and published_at did not"
    for column, value in edition.columns(content).items():
        if getattr(edition, column) != value:
            yield f"the column {column} says something else than the content"
    for relation, rows in edition.rows(content).items():
        there = list(
            getattr(edition, relation).order_by("position").values(*(rows[0] if rows else ["pk"]))
        )
        if there != rows:
            yield f"the rows {relation} say something else than the content"
