"""The shelf of pictures put in order, and several people at it at once."""

import os
import threading
from contextlib import suppress
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from appeals.evidence import shelf, tidying
from appeals.evidence.pixels import encoded, smaller
from appeals.evidence.taking import pages_of_upload
from appeals.models import SourceDocument
from tests import scans
from tests.racing import PATIENCE
from tests.test_evidence_widths import appeal as appeal
from tests.test_evidence_widths import cover, kept, photograph, published, statuses, widths_of
from tests.test_evidence_widths import empty_shelf as empty_shelf

pytestmark = pytest.mark.django_db


def tidied(capsys):
    call_command("tidy_pictures")
    return capsys.readouterr().out.strip()


def yesterday(file):
    """Let a file be a day old."""
    path = storages["private"].path(f"pages/{file}")
    os.utime(path, (os.stat(path).st_mtime - 86_400,) * 2)


def test_a_site_that_had_pages_before_gets_their_widths(client, appeal, capsys):
    addresses = widths_of(published(photograph(appeal)))
    before = {address: client.get(address).content for address in addresses.values()}
    for file in kept():
        if "-" in file:
            storages["private"].delete(f"pages/{file}")
    assert len(kept()) == 1
    assert tidied(capsys) == "0 files removed, smaller widths of 1 pages made"
    assert {address: client.get(address).content for address in addresses.values()} == before
    assert tidied(capsys) == "0 files removed, smaller widths of 0 pages made"


def test_what_a_run_left_that_was_cut_off_goes_in_every_width(client, appeal, capsys):
    addresses = widths_of(published(photograph(appeal)))
    needed = set(kept())
    data, suffix = encoded(scans.sheet((1300, 900)))
    _name, digest = shelf.put(data, suffix, smaller(data, suffix))
    storages["private"].save(f"pages/{digest}-320_aB3.webp", ContentFile(data[:40]))
    left = set(kept()) - needed
    assert len(left) == 5
    assert tidied(capsys).startswith("0 files removed")  # their row may be on its way
    for file in kept():
        yesterday(file)
    assert tidied(capsys).startswith("5 files removed")
    assert set(kept()) == needed
    assert statuses(client, addresses) == {200}


def test_pictures_may_be_kept_where_files_have_no_path(client, appeal, settings, capsys):
    elsewhere = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"private": elsewhere}
    data, suffix = encoded(scans.sheet((1300, 1000)))
    page = SourceDocument.objects.create(appeal=appeal, title="A photograph").images.create(
        number=1, width=1300, height=1000, sha256=sha256(data).hexdigest()
    )
    page.file.name, _digest = shelf.put(data, suffix, {})
    page.save()
    shelf.put(*encoded(scans.sheet((700, 500))), {})
    assert len(kept()) == 2
    assert tidied(capsys) == "0 files removed, smaller widths of 1 pages made"
    assert len(kept()) == 5
    shelf.forget([page.file.name])
    assert len(kept()) == 5
    page.delete()
    shelf.forget([page.file.name])
    assert len(kept()) == 1


def test_pages_that_are_lost_or_damaged_are_counted(appeal):
    document = photograph(appeal)
    file = document.images.get().content()["file"]
    for width in (320, 640):
        storages["private"].delete(shelf.narrowed(f"pages/{file}", width))
    with open(storages["private"].path(f"pages/{file}"), "r+b") as page:
        page.truncate(900)
    with pytest.raises(CommandError, match="0 pages are not there, 1 are not what was stored"):
        call_command("tidy_pictures")
    assert len(kept()) == 2
    storages["private"].delete(f"pages/{file}")
    with pytest.raises(CommandError, match="1 pages are not there, 0 are"):
        call_command("tidy_pictures")


@pytest.mark.django_db(transaction=True)
def test_a_page_that_goes_at_this_very_moment_does_not_come_back(appeal, monkeypatch, capsys):
    document = photograph(appeal)
    storages["private"].delete(f"pages/{next(file for file in kept() if '-320' in file)}")

    def gone_meanwhile(*page):
        document.delete()
        return smaller(*page)

    monkeypatch.setattr(tidying, "smaller", gone_meanwhile)
    tidied(capsys)
    assert kept() == []


@pytest.mark.django_db(transaction=True)
def test_a_page_that_somebody_else_is_about_to_need_is_not_removed(appeal):
    """Somebody removes what no row needs, while another finds it there and saves a row for it."""
    [page] = pages_of_upload(scans.bring(scans.told((1300, 1000)), "left.jpg"))
    left, _digest = shelf.put(page.data, page.suffix, page.smaller)
    going = threading.Thread(target=remove_for_good, args=[left], daemon=True)
    with transaction.atomic():
        image = photograph(appeal).images.get()
        going.start()
        going.join(0.5)  # it would be through by now if it did not wait
    going.join(PATIENCE)
    assert not going.is_alive()
    assert image.file.name == left
    assert len(kept()) == 4


def remove_for_good(name):
    try:
        shelf.forget([name])
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_who_fails_leaves_what_somebody_else_relies_on(appeal):
    with suppress(LookupError), shelf.all_or_nothing():
        data, suffix = encoded(scans.sheet((1300, 1000)))
        shelf.put(data, suffix, {})
        raise LookupError
    assert kept() == []
    cover(photograph(appeal))
    [covered] = [file for file in kept() if "-" not in file]
    with suppress(LookupError), shelf.all_or_nothing():
        shelf.remember(f"pages/{covered}")  # as if stored by this one, and needed by another since
        shelf.remember(shelf.narrowed(f"pages/{covered}", 320))
        raise LookupError
    assert len(kept()) == 4
