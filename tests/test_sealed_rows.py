"""The database holds what was sealed, and verification finds what got past it."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from blog.models import PostEdition
from editorial import triggers
from editorial.models import Decision
from editorial.sealing import publish, seal, withdraw
from editorial.verifying import verify
from tests.cast import approve, join, write_post
from tests.test_sealing import change, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def edda():
    return join("edda")


@pytest.fixture
def wanda():
    return join("wanda")


@pytest.mark.parametrize("column", ["content", "title", "digest", "live_from", "published_by_name"])
def test_the_database_refuses_to_change_an_edition(edda, column):
    edition = sealed(edda)
    value = timezone.now() if column == "live_from" else "x"
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        PostEdition.objects.filter(pk=edition.pk).update(**{column: value})


def test_the_database_refuses_to_delete_editions_and_decisions(edda):
    edition = sealed(edda)
    for rows in (PostEdition.objects.filter(pk=edition.pk), Decision.objects.all()):
        with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
            rows._raw_delete(rows.db)


def test_the_database_refuses_overlapping_spans(edda):
    edition = sealed(edda)
    row = {f.attname: getattr(edition, f.attname) for f in edition._meta.concrete_fields}
    row |= {"id": None, "number": 2, "live_until": edition.live_from + timedelta(days=1)}
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        PostEdition.objects.bulk_create([PostEdition(**row)])


@pytest.mark.parametrize("hours", [1, 47])
def test_the_database_refuses_to_end_a_span_in_the_past(edda, hours):
    edition = sealed(edda)
    triggers.remove(connection)
    for column in ("live_from", "sealed_at"):
        since = getattr(edition, column) - timedelta(days=2)
        PostEdition.objects.filter(pk=edition.pk).update(**{column: since})
    triggers.install(connection)
    rows = PostEdition.objects.filter(pk=edition.pk)
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        rows.update(live_until=timezone.now() - timedelta(hours=hours))
    assert rows.update(live_until=timezone.now())


def test_the_database_refuses_to_make_what_was_public_a_cancelled_schedule(edda):
    edition = sealed(edda, title="Public for a moment")
    triggers.remove(connection)
    since = edition.live_from - timedelta(minutes=10)
    PostEdition.objects.update(live_from=since, sealed_at=since + timedelta(seconds=1))
    triggers.install(connection)
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        PostEdition.objects.update(live_until=since)


def test_a_history_is_told_after_the_event(edda):
    post = write_post(by=join("wanda"), slug="salt")
    long_ago = timezone.now() - timedelta(days=900)
    seal(post, by=None, at=long_ago, second_reader="imported")
    withdraw(post, by=edda, note="They asked.", at=long_ago + timedelta(days=30))
    first, gone = PostEdition.objects.order_by("number")
    assert (first.live_until, gone.live_until) == (long_ago + timedelta(days=30), None)


@pytest.mark.parametrize("column", ["content", "salts", "digest", "title", "note", "summary"])
def test_one_byte_behind_its_back_is_found(edda, column):
    edition = sealed(edda, summary="Of salt.")
    triggers.remove(connection)
    value = getattr(edition, column)
    flipped = (value[:-3] + chr(ord(value[-3]) ^ 1) + value[-2:]) if value else "x"
    PostEdition.objects.filter(pk=edition.pk).update(**{column: flipped})
    triggers.install(connection)
    assert [bad for bad, _fault in verify()] != []


@pytest.mark.parametrize(
    "changes",
    [
        {"published_on": date(1999, 1, 1)},
        {"approved_by_name": "Nobody"},
        {"approved_by_name": "", "approved_by": None},
        {"published_by_name": "Nobody"},
    ],
)
def test_columns_that_no_digest_covers_are_held_against_the_decisions(edda, changes):
    sealed(edda)
    assert list(verify()) == []
    triggers.remove(connection)
    PostEdition.objects.update(**changes)
    triggers.install(connection)
    assert [bad for bad, _fault in verify()] != []


@pytest.mark.parametrize("left", [0, 1])
def test_editions_cut_off_the_end_are_found(edda, wanda, left):
    post = sealed(edda).item
    change(post, "More salt", by=wanda)
    publish(approve(post), by=edda)
    triggers.remove(connection)
    lost = PostEdition.objects.filter(number__gt=left)
    for relation in PostEdition._meta.related_objects:
        relation.related_model.objects.filter(**{f"{relation.field.name}__in": lost}).delete()
    lost._raw_delete(lost.db)
    triggers.install(connection)
    assert [fault for _none, fault in verify()] == [
        f"blog.Post {post.pk}: 2 editions were sealed, {left} are there"
    ]


def test_a_missing_seal_is_found(edda):
    triggers.remove(connection)
    assert "the seal (trigger) is missing" in " ".join(fault for _none, fault in verify())
    triggers.install(connection)


@pytest.mark.parametrize("suffix", ["span_update", "update"])
def test_a_seal_that_lets_things_through_is_found(edda, suffix, monkeypatch):
    table = PostEdition._meta.db_table
    with monkeypatch.context() as patch:
        dialect = triggers.POSTGRESQL if connection.vendor == "postgresql" else triggers.SQLITE
        patch.setitem(dialect, "overlap", "1 = 0")
        patch.setitem(dialect, "changed", "1 = 0")
        triggers.install(connection, [PostEdition])
    assert triggers.missing(connection) == [table]
    triggers.install(connection)
    assert triggers.missing(connection) == []


@pytest.mark.sqlite_only
def test_a_database_with_seals_can_be_migrated(tmp_path):
    manage = [sys.executable, "manage.py"]
    there = os.environ | {"VAR_DIR": str(tmp_path), "SECRET_KEY": "x", "ALLOWED_HOSTS": "x"}
    there.pop("DATABASE_URL", None)
    for target in ["editorial", "0001"], ["blog", "0001"], []:
        subprocess.run([*manage, "migrate", "-v0", *target], env=there, check=True)
    verified = subprocess.run([*manage, "verify_editions"], env=there, capture_output=True)
    assert (verified.returncode, verified.stderr) == (0, b"")
