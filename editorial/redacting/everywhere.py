"""The redaction: a name goes out of everything that is stored, in one transaction."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from editorial import canonical
from editorial.editing import contribute, hold
from editorial.matching import Needle
from editorial.models import Approval, Edition, Path, Redaction, WorkingCopy
from editorial.moving import record
from editorial.redacting.contents import Striking, strike_content
from editorial.redacting.editions import change_editions
from editorial.redacting.forgetting import forget, forget_messages
from editorial.redacting.opening import opened
from editorial.redacting.rows import items_of, may_change, strike_row, struck_columns
from editorial.sealing import claim
from editorial.states import CannotNow, MayNot
from editorial.sweeping import Hit, is_account, is_derived, is_digest, sweep, swept_models
from editorial.verifying import edition_models

Items = dict[tuple[type[WorkingCopy], int], str]
DIGEST = canonical.DIGEST
MANY = 500
#: How often it is tried while others write, and after how many seconds.
TRIES, PAUSE = 100, 0.1
#: What an edition says beside its content.
STAFF = {"approved_by_name", "published_by_name"}


class Busy(CannotNow):
    """Somebody else writes at this moment."""


def redact(values: Iterable[str], *, by: Any, ground: str, whole_words: bool = False) -> Redaction:
    """Remove every occurrence of the values from all that is stored here.

    What a sweep finds is what goes, but for the staff's own accounts. Of an edition's leaf the
    hash stays and the salt goes; readers see a mark. Working copies get the mark too, and those
    that were approved are drafts again, so that the name cannot come back with the next edition.
    Digests that would confirm a guess are made anew or forgotten. The record says that it
    happened, when, and on what ground; it keeps no trace of what.

    Args:
        values: names and their variants (``editorial.matching`` says what is the same).
        by: who does it; None for somebody who administers the server.
        ground: why, in words that do not repeat the value.

    Raises:
        MayNot: this person may not redact.
        CannotNow: others write without a pause.
        ValueError: for an empty value, or a single letter.
    """
    if by is not None and not by.has_perm("editorial.add_redaction"):
        raise MayNot(_("Your role does not include redaction."))
    needle = Needle(values, whole_words=whole_words)
    row = patiently(lambda: redact_once(needle, by, needle.strike(ground)))
    row.remains = forget()
    return row


def redact_once(needle: Needle, by: Any, ground: str) -> Redaction:
    with opened(by=by, ground=ground) as row:
        lock_out_writers()
        strike_everything(needle, row, by)
    return row


def patiently(act: Callable[[], Redaction]) -> Redaction:
    """Try again while somebody else writes, for some seconds."""
    for _time in range(TRIES):
        try:
            return act()
        except Busy:
            time.sleep(PAUSE)
            stop_cleaning()
    return act()


def stop_cleaning() -> None:
    """Let PostgreSQL break off the cleaning that it began by itself, which may take minutes.

    It does so for whoever waits a second for a table. One is waited for at a time, with a lock
    that lets others write.
    """
    if connection.vendor != "postgresql":
        return
    swept = {model._meta.db_table for model in swept_models()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT relname FROM pg_locks JOIN pg_class ON pg_class.oid = relation"
            " WHERE granted AND mode = 'ShareUpdateExclusiveLock' AND pid <> pg_backend_pid()"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        cleaned = swept & {name for (name,) in cursor.fetchall()}
    for table in sorted(cleaned):
        with suppress(OperationalError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")
            name = connection.ops.quote_name(table)
            cursor.execute(f"LOCK TABLE {name} IN SHARE UPDATE EXCLUSIVE MODE")


def lock_out_writers() -> None:
    """Let nobody write meanwhile: SQLite does so by itself since the transaction began.

    Nobody is waited for with locks in hand, for they might wait for us.

    Raises:
        Busy: somebody writes at this moment.
    """
    if connection.vendor == "postgresql":
        tables = ", ".join(connection.ops.quote_name(m._meta.db_table) for m in swept_models())
        with connection.cursor() as cursor:
            try:
                cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE NOWAIT")
            except OperationalError as error:
                raise Busy(_("Somebody was writing: nothing was changed. Try again.")) from error


def strike_everything(needle: Needle, redaction: Redaction, by: Any) -> None:
    """Strike the name everywhere, and count the places."""
    striking = Striking(needle)
    hits = [hit for hit in sweep(needle) if is_struck(hit)]
    rows = [row for hit in hits for row in rows_of(hit)]
    editions = [row for row in rows if isinstance(row, Edition)]
    others = [row for row in rows if not isinstance(row, Edition | Path)]
    for row in others:
        dict(struck_columns(row, striking))  # what becomes of digests is known before anything is
    for edition in editions:
        strike_content(type(edition), edition.data, edition.key, striking)
        edition.__dict__.pop("data")
    derived = rows_with_digests(striking.digests)
    items = standing([*others, *(row for row, _field, _digest in derived)])
    paths = [row for row in rows if isinstance(row, Path)]
    Path.objects.filter(pk__in=[path.pk for path in paths]).delete()
    redaction.places = len(paths) + sum(strike_row(row, striking) for row in others)
    redaction.places += strike_editions(editions, striking)
    for row, field, digest in derived:
        same = type(row)._base_manager.filter(pk=row.pk)
        if getattr(row, "lapses_when_redacted", False):
            same.delete()
        else:
            same.update(**{field.attname: digest})
    redaction.places += strike_digests(striking.digests)
    forget_messages(needle)
    settle(items, by)
    forget_approvals({edition.item for edition in editions})  # type: ignore[attr-defined]


def is_struck(hit: Hit) -> bool:
    """Tell whether a redaction is what mends a place; what is derived from editions follows."""
    return not is_account(hit.model) and not is_derived(hit.model)


def rows_of(hit: Hit) -> Iterable[Any]:
    return hit.model._base_manager.filter(pk=hit.pk)


def strike_editions(editions: list[Any], striking: Striking) -> int:
    """Strike the name from editions, and keep the addresses that they have now."""
    removed = 0
    for edition in editions:
        slug = edition.slug
        removed += change_editions(
            [edition],
            lambda content, e=edition: strike_content(type(e), content, e.key, striking),  # type: ignore[misc]
        )
        struck = dict(struck_columns(edition, striking))
        kept = {name: struck[name] for name in STAFF & struck.keys()}
        if kept:
            type(edition)._base_manager.filter(pk=edition.pk).update(**kept)
            removed += len(kept)
        if edition.slug != slug and (path := edition.item.public_path(edition)):
            claim(edition.item, path)
    return removed


def rows_with_digests(digests: dict[str, str]) -> list[tuple[Any, Any, str]]:
    """Return (row, column, digest to come) for rows that hold the digest of a text struck."""
    found = []
    old = list(digests)
    for model in swept_models():
        for field in filter(is_digest, model._meta.concrete_fields):
            if hasattr(field, "of") or not may_change(model, field):
                continue
            for start in range(0, len(old), MANY):
                few = old[start : start + MANY]
                for row in model._base_manager.filter(**{f"{field.attname}__in": few}):
                    found.append((row, field, digests[getattr(row, field.attname)]))
    return found


def strike_digests(digests: dict[str, str]) -> int:
    """Put the digests of what is left in place of those of the texts struck, in editions."""

    def change(content: dict[str, Any]) -> None:
        replace_leaves(content, digests)

    holding = []
    for model in edition_models() if digests else ():
        rows = model._base_manager.values_list("pk", "content").iterator(chunk_size=MANY)
        pks = [pk for pk, text in rows if not digests.keys().isdisjoint(DIGEST.findall(text))]
        holding += list(model._base_manager.filter(pk__in=pks))
    changed = change_editions(holding, change)
    forget_approvals({edition.item for edition in holding})
    return changed


def replace_leaves(value: Any, by: dict[str, str]) -> None:
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for name, inner in list(entries):
        if isinstance(inner, dict | list):
            replace_leaves(inner, by)
        elif isinstance(inner, str) and inner in by:
            value[name] = by[inner]


def standing(rows: Iterable[Any]) -> Items:
    """Return the working copies that rows are parts of, with their content's digest, locked."""
    items: Items = {}
    for row in rows:
        for item in items_of(row):
            if (type(item), item.pk) not in items:
                hold(item)
                items[type(item), item.pk] = item.content_digest()
    return items


def settle(items: Items, by: Any) -> None:
    """Where the content changed, record it, void its approval and make open forms stale."""
    for (model, pk), digest in items.items():
        item = model._base_manager.filter(pk=pk).first()
        if item is not None and item.content_digest() != digest:
            record(item, "redact", by=by)
            contribute(item, by=by)
            forget_approvals({item})


def forget_approvals(items: Iterable[Any]) -> None:
    """Forget the digests of approvals that would confirm a guess: all but that of today."""
    for item in items:
        Approval.objects.about(item).exclude(digest=item.content_digest()).update(digest="")
