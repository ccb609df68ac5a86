"""Transactional tests among sealed rows: the seals come off for the sweep between two tests."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase


@pytest.fixture(scope="session", autouse=True)
def sweep_past_seals() -> Iterator[None]:
    """Let the flush after a transactional test empty tables whose triggers forbid it.

    The triggers are back before the next test starts, and so are the roles, which a migration
    made and the flush took.
    """
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def sweep(self: TransactionTestCase) -> None:
        from config.roles import make_roles
        from editorial import triggers

        triggers.remove(connection)
        try:
            flush(self)
        finally:
            triggers.install(connection)
        make_roles()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", sweep)
        yield
