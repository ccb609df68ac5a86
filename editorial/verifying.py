"""Holding every edition against its digest, its chain and its derived columns."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection

from editorial import canonical, triggers
from editorial.models import Edition


def edition_models() -> list[Any]:
    """Return every concrete edition model."""
    return [model for model in apps.get_models() if issubclass(model, Edition)]


def verify() -> Iterator[tuple[Edition | None, str]]:
    """Yield (edition, what does not hold) for everything that does not hold.

    An edition of None speaks of a whole table.
    """
    for table in triggers.missing(connection):
        yield None, f"{table}: the seal (trigger) is missing"
    for model in edition_models():
        previous: Any = None
        rows: Any = model._base_manager.order_by("item_id", "number")
        for edition in rows.iterator(chunk_size=100):
            if previous is not None and previous.item_id != edition.item_id:
                previous = None
            for fault in faults(edition, previous):
                yield edition, fault
            previous = edition


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
    for column, value in edition.columns(content).items():
        if getattr(edition, column) != value:
            yield f"the column {column} says something else than the content"
    for relation, rows in edition.rows(content).items():
        there = list(
            getattr(edition, relation).order_by("position").values(*(rows[0] if rows else ["pk"]))
        )
        if there != rows:
            yield f"the rows {relation} say something else than the content"
