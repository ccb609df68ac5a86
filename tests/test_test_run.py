"""What the tests lean on, tried itself."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.test import TransactionTestCase

from config.roles import ROLES
from editorial import triggers
from editorial.models import Decision
from editorial.moving import move
from tests import conftest, postgres
from tests.cast import join, write_post

SERVE = """
import sys
from tests import postgres
print(postgres.start(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def skipped() -> pytest.TestReport:
    why = ("tests/test_a.py", 1, "Skipped: no browser")
    return pytest.TestReport("test_a", ("test_a.py", 1, "a"), {}, "skipped", why, "call")


@pytest.mark.parametrize("variable", ["CI", "BROADSIDE_NOTHING_SKIPPED"])
def test_a_skip_is_a_failure_where_nothing_may_be_skipped(variable, skipped, monkeypatch):
    monkeypatch.setenv(variable, "true")

    conftest.fail_if_skipped(skipped)

    assert skipped.failed
    assert "no browser" in str(skipped.longrepr)


def test_a_skip_is_a_skip_at_home(skipped, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("BROADSIDE_NOTHING_SKIPPED", raising=False)

    conftest.fail_if_skipped(skipped)

    assert skipped.skipped


def test_the_developers_own_folder_and_database_stay_untouched():
    project = Path(settings.BASE_DIR)

    assert project not in Path(os.environ["VAR_DIR"]).parents
    assert Path(settings.DATABASES["default"]["NAME"]).is_relative_to(project) is False


def test_a_test_does_not_reach_another_machine_and_is_told_so(no_network):
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("192.0.2.1", 80))

    assert no_network == [("192.0.2.1", 80)]
    no_network.clear()


@pytest.mark.django_db(transaction=True)
def test_a_sweep_leaves_nothing_but_the_seals_and_the_roles():
    move(write_post(by=(wanda := join("wanda"))), "submit", by=wanda)
    with pytest.raises(DatabaseError, match="sealed"):
        Decision.objects.all()._raw_delete(DEFAULT_DB_ALIAS)

    TransactionTestCase()._fixture_teardown()

    assert list(Decision.objects.all()) == []
    assert triggers.missing(connection) == []
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    assert Group.objects.get(name="Writers").permissions.exists()


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_the_server_ends_with_the_process_that_started_it(end):
    try:
        postgres.find_binaries()
    except SystemExit as missing:
        pytest.skip(str(missing))
    with subprocess.Popen(
        [sys.executable, "-c", SERVE],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stderr
        folder = Path(process.stdout.readline().split("@")[1].split("/")[0].replace("%2F", "/"))
        server = psycopg.connect(host=str(folder), user="broadside", dbname="postgres")
        assert server.execute("SELECT upper('ойрат')").fetchone() == ("ОЙРАТ",)

        process.send_signal(end)
        process.stderr.read()  # until the last who holds it is gone

    with pytest.raises(psycopg.OperationalError), server:
        server.execute("SELECT 1")
    assert not folder.exists()


def test_without_postgresql_one_line_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SystemExit, match=r"install postgresql$"):
        postgres.find_binaries()
