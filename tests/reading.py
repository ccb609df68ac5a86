"""How much a page reads: every question that it asks, and how many rows answered it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def rows_read() -> Iterator[list[tuple[int, str]]]:
    """Note each query with the number of rows it returned, by asking the database once more."""
    found: list[tuple[int, str]] = []
    counting = False

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal counting
        answer = execute(sql, params, many, context)
        if not counting and sql.lstrip("(").startswith(("SELECT", "WITH")):
            counting = True
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT COUNT(*) FROM ({sql}) counted", params)
                found.append((cursor.fetchone()[0], sql))
            counting = False
        return answer

    with connection.execute_wrapper(note):
        yield found
