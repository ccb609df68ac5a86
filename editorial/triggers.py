"""Sealed rows: the database itself refuses to change or delete them.

A model says what may still happen to its rows:

``sealed_may_become_null``
    foreign keys to accounts, which may be deleted;
``sealed_redactable``
    columns that may change while a ``Redaction`` row is open;
``sealed_span``
    ``live_until`` may be set while it lies ahead, to no moment that has passed, and spans of one
    item must not overlap.

The statements are written for SQLite and for PostgreSQL; both refuse with the word "sealed".
"""

import re
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


def remove_before_migrate(sender: Any, using: str, plan: Any, **kwargs: Any) -> None:
    """Receiver of ``pre_migrate``: take the seals off, if a migration is about to run.

    SQLite refuses to remake a table that the trigger of another one speaks of. Should a migration
    fail, the seals are off until the next ``migrate``; ``verify_editions`` says so.
    """
    if plan:
        connection = connections[using]
        tables = set(connection.introspection.table_names())
        remove(connection, [m for m in sealed_models() if m._meta.db_table in tables])


def install_after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """Receiver of ``post_migrate``: put an app's seals (back) in place."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    for model in sealed_models(sender.label):
        if {model._meta.db_table, "editorial_redaction"} <= tables and is_whole(connection, model):
            install(connection, [model])


def is_whole(connection: Any, model: type[models.Model]) -> bool:
    """Tell whether a table has all its columns: after part of the migrations it may not."""
    with connection.cursor() as cursor:
        there = connection.introspection.get_table_description(cursor, model._meta.db_table)
    return {field.column for field in model._meta.concrete_fields} <= {row.name for row in there}


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
    """Return the sealed tables that lack a trigger, or have another one than ours."""
    postgresql = connection.vendor == "postgresql"
    dialect = POSTGRESQL if postgresql else SQLITE
    with connection.cursor() as cursor:
        cursor.execute(dialect["catalogue"])
        there = dict(cursor.fetchall())
    return [
        model._meta.db_table
        for model in sealed_models()
        if any(
            there.get(name) != said
            for statement in statements(model, dialect)
            for name, said in [told(statement)]
            if said
        )
    ]


def told(statement: str) -> tuple[str, str]:
    """Return a trigger's name and what the database's catalogue keeps of its statement."""
    name = re.search(r"(?:TRIGGER|FUNCTION) (\w+)", statement)
    assert name
    if "$$" in statement:
        return name[1], statement.split("$$")[1]
    return name[1], "" if "EXECUTE FUNCTION" in statement else statement


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
        return f"{changed} AND ({broken_end(dialect)})"
    return changed


def broken_end(dialect: dict[str, str]) -> str:
    """Return the condition under which a span may not get another end.

    One that has ended stays so. No other is made to have ended before now, but where a history is
    being told after the event: what was sealed today and has been live since some earlier day.
    """
    now, sealed = dialect["now"], "OLD.sealed_at"
    is_told = (
        f"OLD.live_from < {dialect['before'].format(moment=sealed, minutes=LEEWAY)}"
        f" AND NEW.live_until <= {sealed}"
        f" AND {sealed} > {dialect['before'].format(moment=dialect['clock'], minutes=24 * 60)}"
    )
    return (
        f"(OLD.live_until IS NOT NULL AND OLD.live_until <= {now})"
        f" OR (NEW.live_until < {dialect['before'].format(moment=dialect['clock'], minutes=LEEWAY)}"
        f" AND NOT ({is_told}))"
    )


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

#: By how many minutes the clocks of the site and of its database may differ.
LEEWAY = 5

SQLITE = {
    "always": "1",
    "clock": "'now'",
    "now": "strftime('%Y-%m-%d %H:%M:%f', 'now')",
    "before": "strftime('%Y-%m-%d %H:%M:%f', {moment}, '-{minutes} minutes')",
    "catalogue": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "changed": "NEW.{column} IS NOT OLD.{column}",
    "overlap": _OVERLAP,
    "trigger": (
        "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition} "
        "BEGIN SELECT RAISE(ABORT, 'sealed: {table}'); END"
    ),
}

POSTGRESQL = {
    "always": "TRUE",
    "clock": "now()",
    "now": "now()",
    "before": "({moment} - interval '{minutes} minutes')",
    "catalogue": (
        "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
        " WHERE tgenabled <> 'D'"
    ),
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
