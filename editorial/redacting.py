"""Taking a value out of everything sealed, so that every digest still verifies."""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.utils.translation import gettext as _

from editorial import canonical
from editorial.models import Approval, Redaction, name_of
from editorial.states import MayNot
from editorial.verifying import edition_models

#: What stands where a value was removed.
MARK = "█████"


def redact(values: Iterable[str], *, by: Any, ground: str) -> Redaction:
    """Remove every occurrence of the values from editions, lists, comments, reasons and caches.

    A leaf that holds one keeps its hash and loses its salt; what readers see has a mark in its
    place. Approvals and reasons of the items touched lose what could confirm a guess. The record
    says that it happened, when, and on what ground; it keeps no trace of what.

    Args:
        values: names and their variants, matched without regard to case.
        ground: why, in words that do not repeat the value.

    Raises:
        MayNot: this person may not redact.
        ValueError: for an empty value.
    """
    if by is not None and not by.has_perm("editorial.add_redaction"):
        raise MayNot(_("Your role does not include redaction."))
    wanted = sorted({value.strip() for value in values}, key=len, reverse=True)
    if not wanted or not all(wanted):
        raise ValueError("nothing to redact")
    strike = striker(wanted)
    with transaction.atomic():
        row = Redaction.objects.create(by=by, by_name=name_of(by), ground=strike(ground))
        row.places = sum(redact_editions(model, strike) for model in edition_models())
        row.places += sum(strike_columns(model, strike) for model in free_text_models())
        row.is_open = False
        row.save()
    cache.clear()
    forget_write_ahead_log()
    return row


def striker(values: list[str]) -> Callable[[str], str]:
    """Return a function that puts the mark in place of every value in a text."""

    pattern = re.compile("|".join(map(re.escape, values)), re.IGNORECASE)
    return lambda text: pattern.sub(MARK, text)


def redact_editions(model: Any, strike: Callable[[str], str]) -> int:
    """Redact every edition of one model; return how many leaves were removed."""
    removed = 0
    for edition in model._base_manager.all():
        content, salts, redactions = (
            json.loads(getattr(edition, name)) for name in ("content", "salts", "redactions")
        )
        hashes = canonical.leaf_hashes(content, salts, redactions)
        hit = [
            (pointer, strike(value))
            for pointer, value in canonical.leaves(content)
            if isinstance(value, str) and strike(value) != value
        ]
        if not hit:
            continue
        for pointer, shown in hit:
            put(content, pointer, shown)
            salts.pop(pointer, None)
            redactions[pointer] = hashes[pointer]
        removed += len(hit)
        rewrite(edition, content, salts, redactions)
    return removed


def put(content: Any, pointer: str, value: str) -> None:
    """Set the leaf that a JSON Pointer names."""
    *parents, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    for part in parents:
        content = content[int(part)] if isinstance(content, list) else content[part]
    content[int(last) if isinstance(content, list) else last] = value


def rewrite(edition: Any, content: Any, salts: Any, redactions: Any) -> None:
    """Write a redacted edition and everything derived from it; its digest stays as it is."""
    type(edition)._base_manager.filter(pk=edition.pk).update(
        content=canonical.canonical(content),
        salts=canonical.canonical(salts),
        redactions=canonical.canonical(redactions),
        **edition.columns(content),
    )
    for relation, rows in edition.rows(content).items():
        manager = getattr(edition, relation)
        manager.all().delete()
        manager.bulk_create(
            manager.model(edition=edition, position=position, **row)
            for position, row in enumerate(rows)
        )
    Approval.objects.about(edition.item).update(digest="")


def free_text_models() -> list[Any]:
    """Return the models beside the editions whose free text may hold a value: they say so."""
    return [model for model in apps.get_models() if hasattr(model, "redactable")]


def strike_columns(model: Any, strike: Callable[[str], str]) -> int:
    """Strike the values from free text beside the editions; return how many rows changed.

    What a model derives from that text (``forgotten_when_redacted``) is forgotten with it.
    """
    changed = 0
    columns = model.redactable
    forgotten = dict.fromkeys(getattr(model, "forgotten_when_redacted", ()))
    for row in model._base_manager.only("pk", *columns):
        struck = {name: strike(getattr(row, name)) for name in columns}
        if any(struck[name] != getattr(row, name) for name in columns):
            fitting = {
                name: text[: model._meta.get_field(name).max_length]
                for name, text in struck.items()
            }
            model._base_manager.filter(pk=row.pk).update(**fitting, **forgotten)
            changed += 1
    return changed


def forget_write_ahead_log() -> None:
    """Empty SQLite's write-ahead log, in which a removed text would live on."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
