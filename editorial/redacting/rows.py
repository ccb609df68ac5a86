"""Striking a name from rows that are no editions."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import Storage
from django.db import IntegrityError, models, transaction

from editorial.fields import DerivedField
from editorial.matching import MARK
from editorial.models import WorkingCopy, random_key
from editorial.redacting.contents import Striking
from editorial.sweeping import is_account, is_address, text_fields


def strike_row(row: Any, striking: Striking) -> int:
    """Strike the name from one row; return in how many columns.

    A model's ``forget`` is asked first: some rows are withheld or go rather than bear a mark.
    """
    taken = int(hasattr(row, "forget") and row.forget(striking.needle))
    if row.pk is None:
        return taken
    changes = dict(struck_columns(row, striking))
    if not changes:
        return taken
    count = len(changes) + taken
    for name in getattr(row, "forgotten_when_redacted", ()):
        changes[name] = None
    write(row, changes)
    return count


def struck_columns(row: Any, striking: Striking) -> Iterator[tuple[str, Any]]:
    """Yield (column, what is left) for every column of a row that holds the name."""
    for field in text_fields(type(row)):
        value = getattr(row, field.attname)
        if not value or not may_change(type(row), field) or isinstance(field, DerivedField):
            continue
        left = struck_value(row, field, value, striking)
        if left != value:
            yield field.attname, left


def may_change(model: Any, field: Any) -> bool:
    """Tell whether a redaction may change a column: sealed rows say which."""
    if is_account(model):
        return False
    redactable = getattr(model, "sealed_redactable", None)
    return redactable is None or field.attname in redactable


def struck_value(row: Any, field: Any, value: Any, striking: Striking) -> Any:
    """Return what is left of one column's value."""
    if isinstance(field, models.FileField):
        name = str(value)
        return renamed(value.storage, name) if striking.slug(name) != name else value
    if isinstance(field, models.JSONField):
        return striking.values(value)
    if isinstance(field, models.URLField):
        return striking.link(value)
    if isinstance(field, models.SlugField) and striking.slug(value) != value:
        return row.key if isinstance(row, WorkingCopy) else striking.slugs[value]
    if is_address(field) and striking.needle.is_in(value, address=True):
        return striking.needle.strike(value, address=True)[: field.max_length]
    return striking.text(value)[: field.max_length]


def renamed(storage: Storage, name: str) -> str:
    """Give a stored file a name that says nothing; the old one goes when this is committed."""
    path = PurePosixPath(name)
    neutral = str(path.with_name(random_key(16) + path.suffix))
    if not storage.exists(name):
        return neutral
    with storage.open(name) as file:
        neutral = storage.save(neutral, file)
    transaction.on_commit(lambda: storage.delete(name))
    return neutral


def write(row: Any, changes: dict[str, Any]) -> None:
    """Write what is left, and what follows from it. Two rows of which the same is left differ."""
    try:
        with transaction.atomic():
            update(row, changes)
    except IntegrityError:
        apart = f" {random_key(4)}"
        unlike = {
            name: value + apart if isinstance(value, str) and MARK in value else value
            for name, value in changes.items()
        }
        update(row, unlike)


def update(row: Any, changes: dict[str, Any]) -> None:
    derived = {
        field.attname: field.derive(changes[field.of])
        for field in row._meta.concrete_fields
        if isinstance(field, DerivedField) and field.of in changes
    }
    type(row)._base_manager.filter(pk=row.pk).update(**changes, **derived)


def items_of(row: Any) -> Iterator[WorkingCopy]:
    """Yield the working copies whose content a row is a part of."""
    if isinstance(row, WorkingCopy):
        yield row
        return
    yield from owners(row)
    for relation in row._meta.related_objects:
        related: Any = relation.related_model
        found = related._base_manager.filter(**{relation.field.name: row})
        if issubclass(related, WorkingCopy) and relation.many_to_many:
            yield from found
        elif list(owner_fields(related)):
            for part in found:
                yield from owners(part)


def owners(row: Any) -> Iterator[WorkingCopy]:
    """Yield the working copies that a row goes with."""
    for field in owner_fields(type(row)):
        if owner := getattr(row, field.name):
            yield owner


def owner_fields(model: Any) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        goes_along = field.many_to_one and field.remote_field.on_delete is models.CASCADE
        if goes_along and issubclass(field.related_model, WorkingCopy):
            yield field
