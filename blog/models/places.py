"""Where a comment stands in its conversation, as a text by which the database sorts and pages."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import models

from editorial.fields import DerivedField

#: Every level has so many characters: the moment in microseconds, and the key for a tie.
MOMENT, KEY = 13, 16
LEVEL = MOMENT + KEY
#: What answers deeper than this stands at this depth, in the order of time.
DEEPEST = 10
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def level(sent_at: datetime, key: str) -> str:
    """Return one level of a place: digits and small letters, which every database sorts alike."""
    moment = max((sent_at - EPOCH) // timedelta(microseconds=1), 0)
    return f"{moment:0{MOMENT}x}{key:0<{KEY}}"


def above(place: str) -> list[str]:
    """Return the places above a place, from the first level down."""
    return [place[:end] for end in range(LEVEL, len(place), LEVEL)]


class PlaceField(DerivedField):
    """The place of what a comment answers, and after it the comment's own level.

    All of it is fixed when the comment is sent: nothing that is decided moves anything.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": LEVEL * DEEPEST} | options)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        comment: Any = model_instance
        if not comment.place:
            parent = comment.parent
            root = parent.place[: LEVEL * (DEEPEST - 1)] if parent else ""
            comment.place = root + level(comment.sent_at, comment.key)
        return str(comment.place)
