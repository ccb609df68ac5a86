"""Sources are marks: of the day, of the network, and of nothing that a reader can invent."""

import os
import stat
from ipaddress import ip_address
from pathlib import Path

import pytest

from blog.guarding import keys, sources
from blog.guarding.sources import client_address, day_key, destroy_old_key, mark, mark_of


@pytest.fixture(autouse=True)
def key_file(settings, tmp_path):
    settings.SOURCE_KEY_FILE = str(tmp_path / "key")
    return Path(settings.SOURCE_KEY_FILE)


@pytest.fixture
def day(monkeypatch):
    def turn(to):
        monkeypatch.setattr(sources, "today", lambda: to.encode())

    turn("2026-11-23")
    return turn


def test_a_mark_is_the_same_all_day_and_another_the_next(day):
    petrel = ip_address("203.0.113.77")
    first = mark_of(petrel)
    assert mark_of(petrel) == first
    assert mark_of(ip_address("203.0.113.78")) != first
    assert len(first) == sources.MARK_LENGTH
    day("2026-11-24")
    assert mark_of(petrel) != first


def test_the_key_of_a_day_that_is_over_is_overwritten_where_it_lay(day, key_file):
    old, place = day_key(), key_file.stat().st_ino
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    day("2026-11-24")
    destroy_old_key()
    left = key_file.read_bytes()
    assert (key_file.stat().st_ino, len(left)) == (place, keys.ENTRY)
    assert old not in left
    assert left.endswith(day_key())


def test_where_there_is_no_key_none_is_made_to_be_destroyed(key_file):
    destroy_old_key()
    assert not key_file.exists()


def test_where_the_file_cannot_be_written_comments_are_taken_all_the_same(day, settings, caplog):
    settings.SOURCE_KEY_FILE = "/proc/nowhere/key"
    petrel = ip_address("203.0.113.77")
    first = mark_of(petrel)
    assert mark_of(petrel) == first
    assert "SOURCE_KEY_FILE cannot be written" in caplog.text
    day("2026-11-24")
    assert mark_of(petrel) != first


def test_half_a_key_is_none(day, key_file):
    key_file.write_bytes(b"2026-11-23half")
    assert len(day_key()) == keys.KEY_LENGTH


def test_every_process_makes_the_same_mark(day):
    petrel = ip_address("203.0.113.77")
    here, (reading, writing) = mark_of(petrel), os.pipe()
    if child := os.fork():
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            assert pipe.read().decode() == here
        os.waitpid(child, 0)
    else:
        os.write(writing, mark_of(petrel).encode())
        os._exit(0)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.77", "203.0.113.77", True),
        ("[2001:db8:1:2::1]", "2001:db8:1:2::1", True),
        ("203.0.113.77:4711", "203.0.113.77", True),
        ("203.0.113.77", "203.0.113.78", False),
        ("nonsense", "", True),
    ],
)
def test_what_counts_as_one_source(one, other, same):
    assert (mark({"REMOTE_ADDR": one}) == mark({"REMOTE_ADDR": other})) is same


@pytest.mark.parametrize(
    ("trusted", "remote", "forwarded", "client"),
    [
        ([], "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        (["127.0.0.1"], "127.0.0.1", "198.51.100.1", "198.51.100.1"),
        (["127.0.0.1"], "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        (["127.0.0.1"], "127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "198.51.100.1, 10.2.3.4", "198.51.100.1"),
        (["::1"], "::1", "2001:db8::5", "2001:db8::5"),
        (["unix"], "", "198.51.100.1", "198.51.100.1"),
        ([], "", "198.51.100.1", None),
        (["127.0.0.1"], "127.0.0.1", "", None),
        (["127.0.0.1"], "127.0.0.1", "nobody", None),
    ],
)
def test_only_our_own_proxies_are_believed(settings, trusted, remote, forwarded, client):
    settings.TRUSTED_PROXIES = trusted
    meta = {"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(meta) == (ip_address(client) if client else None)
