"""Saving a working copy: who contributed, and what a changed text does to its approval."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.models import Contribution, WorkingCopy, name_of
from editorial.moving import bump, record
from editorial.states import CannotNow, State
from editorial.workflow import current_round

#: What moves write. A save must not put back what it read before somebody's move.
MOVED = ["state", "revision", "waiting_since"]


class Stale(CannotNow):
    """The form was opened before somebody else's save."""


def hold(item: WorkingCopy, revision: int | None = None) -> None:
    """Lock an item's row until the transaction ends, and refuse a form older than the row.

    SQLite has locked the whole database since the transaction began (IMMEDIATE).

    Raises:
        Stale: somebody saved after this revision was read.
    """
    row = type(item)._base_manager.select_for_update().values("revision").filter(pk=item.pk).first()
    if row is None:
        raise Stale(_("This no longer exists."))
    if revision is not None and row["revision"] != revision:
        raise Stale(_("Somebody saved this after you opened it."))


@contextmanager
def editing(
    item: WorkingCopy, *, by: Any, revision: int | None = None, at: datetime | None = None
) -> Iterator[None]:
    """Save changes inside this block; it notices whether they changed the content.

    A change that is one raises the revision, records a contribution and takes an approved item
    back to draft. A save that changes nothing changes no digest and resets nothing.

    Args:
        at: when, for a history that is told after the event; now, if not given.

    Raises:
        Stale: somebody saved after ``revision`` was read.
    """
    with transaction.atomic():
        hold(item, revision)
        item.refresh_from_db(fields=MOVED)
        before = fresh(item).content_digest()
        yield
        edited = fresh(item)
        edited.settle()
        if edited.content_digest() != before:
            contribute(item, by=by, at=at)
        item.refresh_from_db(fields=MOVED)


def fresh(item: WorkingCopy) -> Any:
    """Return the item as the database has it, with nothing remembered."""
    return type(item)._base_manager.get(pk=item.pk)


def contribute(item: WorkingCopy, *, by: Any, at: datetime | None = None) -> None:
    """Record that somebody changed the content; an approval of the older text lapses."""
    at = at or timezone.now()
    bump(item)
    if by is not None:
        Contribution.objects.update_or_create(
            content_type=ContentType.objects.get_for_model(item),
            object_id=item.pk,
            round=current_round(item),
            user=by,
            defaults={"user_name": name_of(by), "at": at},
        )
    rows = type(item)._base_manager.filter(pk=item.pk, state=State.APPROVED)
    if rows.update(state=State.DRAFT, waiting_since=at):
        item.state = State.DRAFT
        record(item, "reopen", by=by, from_state=State.APPROVED, at=at)
