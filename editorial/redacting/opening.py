"""The one way in which sealed rows change: while a redaction is open, inside its transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from editorial.models import Redaction, name_of

#: The id of no row. An open redaction points at it, so it cannot be committed.
NOBODY = 0


@contextmanager
def opened(*, by: Any, ground: str) -> Iterator[Redaction]:
    """Let redactable columns change inside this block, and record that they did.

    Callers set ``places``: how many values were removed. The record is closed with the block.
    """
    with transaction.atomic():
        row = Redaction.objects.create(
            by=by, by_name=name_of(by), ground=ground[:200], is_open=True, never_id=NOBODY
        )
        yield row
        row.is_open, row.never_id = False, None
        row.save(update_fields=["places", "is_open", "never"])
