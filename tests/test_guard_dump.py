"""A copy of the database after a day of traffic: nobody's address, and nothing that leads to one.

The copy is all there is: SQLite's file with its write-ahead log, free pages and all; PostgreSQL's
dump, and the files of its server as they lie on the disk.
"""

import hashlib
import hmac
import random
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from blog.guarding import sources
from blog.guarding.purging import tidy
from blog.models import Comment
from tests import postgres
from tests.cast import join
from tests.readers import publish_post, send

pytestmark = pytest.mark.django_db(transaction=True)
MARK = re.compile(rb"(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])")
EVEN_HEX = re.compile(rb"(?:[0-9a-f]{2})+")
HASHES = ["md5", "sha1", "sha256", "sha512", "blake2b", "sha3_256"]


@pytest.fixture
def key_file(settings, tmp_path):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    settings.SOURCE_KEY_FILE = str(tmp_path / "key")
    return tmp_path / "key"


def readers():
    """Return the addresses of a day's readers, drawn by lot."""
    draw = random.Random(1928)
    four = [IPv4Address(draw.randrange(0x01000000, 0xDF000000)) for _reader in range(8)]
    return [*four, *(IPv6Address((0x2001 << 112) + draw.getrandbits(112)) for _ in range(4))]


def a_day_of_traffic(addresses):
    """Let everybody read and write, well and badly, and a moderator sign in and decide."""
    edition = publish_post()
    url = edition.get_absolute_url()
    tries = [{}, {"text": ""}, {"token": "old"}, {"topic": "x"}, {"text": "www.casino.example"}]
    for number, address in enumerate(addresses):
        behind = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": f"10.9.9.9, {address}"}
        client = Client(**(behind if number % 2 else {"REMOTE_ADDR": f"{address}"}))
        client.get(url)
        client.get("/never/", headers={"host": "elsewhere.example"})
        answer = send(edition, client, **{"text": f"I was there, {number}."} | tries[number % 5])
        if answer.status_code == 303:
            client.get(answer.url)
    join("mato")
    desk = Client(REMOTE_ADDR=f"{addresses[0]}")
    for password in ("wrong", "mato"):
        desk.post("/admin/login/", {"username": "mato", "password": password})
    for comment in Comment.objects.held()[:3]:
        change = {"move": "approve", "seen": "held", "revision": comment.revision}
        desk.post(f"/admin/blog/comment/{comment.pk}/change/", change)
    assert Comment.objects.public().count() == 3


# --- what is copied --------------------------------------------------------------------------


def copies() -> Iterator[bytes]:
    """Yield all that a thief of the database finds, as text and as it lies on the disk."""
    yield from postgres_copies() if connection.vendor == "postgresql" else sqlite_copies()


def sqlite_copies():
    name = Path(connection.settings_dict["NAME"])
    lying = [path for path in name.parent.iterdir() if path.name.startswith(name.name)]
    assert any(path.name.endswith("-wal") for path in lying)
    yield from (path.read_bytes() for path in lying)
    copy = sqlite3.connect(name)
    yield "\n".join(copy.iterdump()).encode()
    copy.close()


def postgres_copies():
    told = connection.settings_dict
    command = [postgres.find_binaries() / "pg_dump", "-h", told["HOST"], "-U", told["USER"]]
    yield subprocess.run([*command, told["NAME"]], check=True, capture_output=True).stdout
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        [folder] = cursor.fetchone()
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        [number] = cursor.fetchone()
    for part in (f"base/{number}", "pg_wal"):
        yield b"\0".join(path.read_bytes() for path in Path(folder, part).glob("*[0-9A-F]"))


def written(address: Any) -> set[bytes]:
    """Return an address in the ways in which somebody writes one, and its hashes."""
    text, packed = f"{address}", address.packed
    forms = {text, address.exploded, packed.hex(), text.replace(".", "-"), f"{int(address)}"}
    if address.version == 6:
        forms |= {address.exploded[:19], packed[:8].hex()}
    for plain in (text.encode(), packed, address.exploded.encode(), packed[:8]):
        for name in HASHES:
            forms.add(hashlib.new(name, plain).hexdigest()[:16])
            forms.add(hmac.new(site.SECRET_KEY.encode(), plain, name).hexdigest()[:16])
    return {form.encode() for form in forms}


def test_a_copy_of_the_database_leads_to_nobody(key_file, caplog, monkeypatch):
    caplog.set_level(0)
    addresses = readers()
    a_day_of_traffic(addresses)
    key = sources.day_key()
    marks = {sources.mark_of(address) for address in addresses}
    assert set(Comment.objects.values_list("source", flat=True)) <= marks
    at_noon = list(copies())
    dump = at_noon[0 if connection.vendor == "postgresql" else -1]
    assert_no_key_to_its_marks(dump, addresses[0])

    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(sources, "today", lambda: f"{tomorrow:%Y-%m-%d}".encode())
    tidy(tomorrow)
    at_night = list(copies())

    assert key not in key_file.read_bytes()
    assert set(Comment.objects.values_list("source", flat=True)) == {""}
    mails = "".join(f"{message.message()}" for message in mail.outbox)
    said = f"{caplog.text}{mails}".encode()
    forms = set().union(*map(written, addresses))
    for copy in [*at_noon, *at_night, said]:
        few = forms if len(copy) < 10_000_000 else set().union(*map(written, addresses[::6]))
        assert [form for form in few if form in copy] == []
        assert key not in copy
        assert key.hex().encode() not in copy


def assert_no_key_to_its_marks(copy: bytes, address: Any) -> None:
    """Try whatever is in a copy of the very day as a key, and the site's own secret."""
    marks = set(MARK.findall(copy))
    assert sources.mark_of(address).encode() in marks
    tried = {site.SECRET_KEY.encode(), b"", *re.findall(rb"[\w+/=-]{16,64}", copy)}
    tried |= {bytes.fromhex(word.decode()) for word in tried if EVEN_HEX.fullmatch(word)}
    assert len(tried) > 100
    place = sources.network(address)
    made = {hmac.new(word, place, hashlib.sha256).hexdigest().encode() for word in tried}
    assert not {mark[: sources.MARK_LENGTH] for mark in made} & marks
