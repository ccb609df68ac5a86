"""What remembers beside the tables: caches, messages, free pages, the write-ahead log."""

import time
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from editorial.matching import Needle
from editorial.sweeping import is_made_anew, swept_models

#: Where Django keeps, in a session, what a person is to be told on their next page.
MESSAGES = "_messages"
#: How often it is asked whether older transactions have ended, and the seconds in between.
ATTEMPTS, PAUSE = 50, 0.1


def forget_messages(needle: Needle) -> None:
    """Drop the messages that wait in sessions, where they hold the name."""
    for session in Session.objects.iterator():
        data = session.get_decoded()
        if needle.is_in(str(data.get(MESSAGES, ""))):
            del data[MESSAGES]
            packed = type(session).objects.encode(data)
            Session.objects.filter(pk=session.pk).update(session_data=packed)


def forget() -> list[str]:
    """Clear caches and what the database keeps of rows as they were.

    Outside a transaction only. Returns a sentence for each thing that could not be done now.
    """
    cache.clear()
    if connection.in_atomic_block:
        return []
    try:
        if connection.vendor == "sqlite":
            return rewrite_file()
        return rewrite_tables()
    except DatabaseError:
        return [busy()]


def busy() -> str:
    return _("The database was busy: what it keeps of older rows could not be cleared.")


def rewrite_file() -> list[str]:
    """Write SQLite's file anew, without free pages, and empty its write-ahead log."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        return empty_log(cursor)


def empty_log(cursor: Any) -> list[str]:
    """Empty SQLite's write-ahead log, in which a removed text would live on."""
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if cursor.fetchone()[0]:
        return [_("Somebody was reading: SQLite’s write-ahead log could not be emptied.")]
    return []


def rewrite_tables() -> list[str]:
    """Write PostgreSQL's tables anew, without the dead rows: those of earlier edits too."""
    indexes = [model for model in apps.get_models() if is_made_anew(model)]
    with connection.cursor() as cursor:
        can_go = wait_for_others(cursor)
        for model in [*swept_models(), *indexes, Session]:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"VACUUM (FULL, ANALYZE) {table}")
    return [] if can_go else [busy()]


def wait_for_others(cursor: Any) -> bool:
    """Tell whether every transaction that could still see the dead rows ended in time.

    PostgreSQL keeps a dead row while one is open that is older than its end: one that reads this
    database, or one that writes anywhere on the server.
    """
    cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
    [now] = cursor.fetchone()
    for _attempt in range(ATTEMPTS):
        cursor.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= %s::xid8 AND NOT EXISTS ("
            "SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND age(backend_xmin) > age(%s::xid8::xid))",
            [now, now],
        )
        if cursor.fetchone() == (True,):
            return True
        time.sleep(PAUSE)
    return False
