"""Sealed rows: the database itself refuses to change or delete them.

A model says what may still happen to its rows:

``sealed_may_become_null``
    foreign keys to accounts, which may be deleted;
``sealed_redactable``
    columns that may change while a ``Redaction`` row is open;
``sealed_span``
    ``live_until`` may be set while it lies ahead, and spans of one item must not overlap.

The statements are written for SQLite and for PostgreSQL; both refuse with the word "sealed".
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models


def sealed_models(app_label: str | None = None) -> Iterator[type[models.Model]]:
    """Yield every model whose rows are sealed."""
    for model in apps.get_models():
        if hasattr(model, "sealed_redactable") and app_label in {
            None,
            model._meta.app_label,
        }:
            yield model


def install_after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """Receiver of ``post_migrate``: put an app's seals (back) in place."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    for model in sealed_models(sender.label):
        if {model._meta.db_table, "editorial_redaction"} <= tables:
            install(connection, [model])


def install(connection: Any, only: Any = None) -> None:
    """Create the triggers that seal rows, replacing those that are there."""
    remove(connection, only)
    dialect = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    with connection.cursor() as cursor:
        for model in only or sealed_models():
            for statement in statements(model, dialect):
                cursor.execute(statement)


def remove(connection: Any, only: Any = None) -> None:
    """Drop the triggers: for tests, which empty tables."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for model in only or sealed_models():
            for suffix in ("update", "delete", "span_insert", "span_update"):
                name = f"{model._meta.db_table}_sealed_{suffix}"
                on = f" ON {model._meta.db_table}" if postgresql else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(connection: Any) -> list[str]:
    """Return the sealed tables that lack a trigger."""
    catalogue = (
        "SELECT tgname FROM pg_trigger"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        there = {name for (name,) in cursor.fetchall()}
    return [
        table
        for model in sealed_models()
        for table in [model._meta.db_table]
        if not {f"{table}_sealed_update", f"{table}_sealed_delete"} <= there
    ]


def statements(model: type[models.Model], dialect: dict[str, str]) -> Iterator[str]:
    """Yield the statements that seal one table."""
    table = model._meta.db_table
    span = getattr(model, "sealed_span", False)
    broken = " OR ".join(
        f"({condition})"
        for field in model._meta.concrete_fields
        if field.column
        for condition in [broken_column(model, field.attname, field.column, dialect)]
    )
    yield from trigger(dialect, table, "update", "UPDATE", broken)
    yield from trigger(dialect, table, "delete", "DELETE", dialect["always"])
    if span:
        overlap = dialect["overlap"].format(table=table)
        yield from trigger(dialect, table, "span_insert", "INSERT", overlap)
        yield from trigger(dialect, table, "span_update", "UPDATE", overlap)


def broken_column(
    model: type[models.Model], attname: str, column: str, dialect: dict[str, str]
) -> str:
    """Return the condition under which an update of one column breaks the seal."""
    changed = dialect["changed"].format(column=column)
    declared: Any = model
    if attname in declared.sealed_may_become_null:
        return f"{changed} AND NEW.{column} IS NOT NULL"
    if attname in declared.sealed_redactable:
        return f"{changed} AND NOT EXISTS (SELECT 1 FROM editorial_redaction WHERE is_open)"
    if attname == "live_until" and getattr(declared, "sealed_span", False):
        return f"{changed} AND OLD.live_until IS NOT NULL AND OLD.live_until <= {dialect['now']}"
    return changed


def trigger(
    dialect: dict[str, str], table: str, suffix: str, event: str, condition: str
) -> Iterator[str]:
    """Yield the statements of one trigger that refuses an event under a condition."""
    values = {
        "name": f"{table}_sealed_{suffix}",
        "table": table,
        "event": event,
        "condition": condition,
    }
    for template in dialect["trigger"].split("\n--\n"):
        yield template.format(**values)


# The spans of one item: [live_from, live_until), the empty ones of cancelled schedules left out.
_OVERLAP = (
    "(NEW.live_until IS NULL OR NEW.live_until > NEW.live_from) AND EXISTS ("
    " SELECT 1 FROM {table} other WHERE other.item_id = NEW.item_id AND other.id <> NEW.id"
    " AND (other.live_until IS NULL OR other.live_until > other.live_from)"
    " AND (other.live_until IS NULL OR other.live_until > NEW.live_from)"
    " AND (NEW.live_until IS NULL OR NEW.live_until > other.live_from))"
)

SQLITE = {
    "always": "1",
    "now": "strftime('%Y-%m-%d %H:%M:%f', 'now')",
    "changed": "NEW.{column} IS NOT OLD.{column}",
    "overlap": _OVERLAP,
    "trigger": (
        "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition} "
        "BEGIN SELECT RAISE(ABORT, 'sealed: {table}'); END"
    ),
}

POSTGRESQL = {
    "always": "TRUE",
    "now": "now()",
    "changed": "NEW.{column} IS DISTINCT FROM OLD.{column}",
    "overlap": _OVERLAP,
    "trigger": (
        "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN IF {condition} THEN RAISE EXCEPTION 'sealed: {table}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        "\n--\n"
        "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    ),
}
