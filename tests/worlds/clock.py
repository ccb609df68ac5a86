"""The clock of the worlds: ahead of the real one, which the database's own seals read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from unittest.mock import patch

#: When the worlds are asked.
NOW = datetime(2099, 9, 15, 12, 30, tzinfo=UTC)


def day(year: int, month: int, number: int, hour: int = 9) -> datetime:
    """Return a moment of the worlds' past or future."""
    return datetime(year, month, number, hour, tzinfo=UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be a certain moment: for dates, and for the hour of a form's token."""
    with (
        patch("django.utils.timezone.now", lambda: moment),
        patch("time.time", moment.timestamp),
    ):
        yield
