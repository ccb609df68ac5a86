"""Pages of documents in smaller widths: what they show, who gets them, and how they go."""

import io
import re
from contextlib import suppress

import pytest
from django.core.files.storage import storages
from PIL import Image

from appeals.evidence import shelf
from appeals.evidence.boxing import Laid, digest_of, lay
from appeals.evidence.limits import WIDTHS
from appeals.evidence.pixels import encoded, smaller
from appeals.evidence.releasing import release, take_back, take_from_readers
from appeals.evidence.taking import pages_of_upload, take_in
from appeals.models import Appeal, PageImage, SourceDocument
from editorial.sealing import publish, withdraw
from tests import scans
from tests.cast import approve, join, write_appeal

pytestmark = pytest.mark.django_db
LAKE = "/appeals/lake/"


@pytest.fixture(autouse=True)
def empty_shelf():
    """Let no picture of another test be there."""
    for name in kept():
        storages["private"].delete(f"pages/{name}")


@pytest.fixture
def appeal():
    return write_appeal(by=join("tariq"), slug="lake")


def kept():
    storage = storages["private"]
    return sorted(storage.listdir("pages")[1]) if storage.exists("pages") else []


def photograph(appeal, size=(1300, 1000)):
    """Return a document of one page that is no line art, and whose metadata tell everything."""
    upload = scans.bring(scans.told(size), "Ana Petrel.jpg")
    document = SourceDocument(appeal=appeal, title="A photograph")
    take_in(document, upload, pages_of_upload(upload))
    return document


def published(document):
    release(document, seen=document.pages_digest, by=join("tariq"))
    return publish(approve(Appeal.objects.get(pk=document.appeal_id)), by=join("edda"))


def widths_of(edition):
    """Return the addresses of an edition's only page, by their widths; 0 is its own."""
    stem, _dot, suffix = edition.pages.get().file.partition(".")
    narrow = {width: f"/media/documents/{stem}-{width}.{suffix}" for width in WIDTHS}
    return {0: f"/media/documents/{stem}.{suffix}"} | narrow


def statuses(client, addresses):
    return {client.get(address).status_code for address in addresses.values()}


def cover(document, **where):
    page = document.images.get()
    drawn = Laid("black", **{"x": 0.1, "y": 0.1, "w": 0.5, "h": 0.5} | where)
    lay(page, [drawn], seen=digest_of(page), by=join("tariq"))


def test_a_page_is_public_in_each_width_with_its_boxes_and_without_a_word_beside(client, appeal):
    document = photograph(appeal)
    cover(document)
    edition = published(document)
    addresses = widths_of(edition)
    for width, address in addresses.items():
        response = client.get(address)
        assert (response.status_code, response.headers["Content-Type"]) == (200, "image/webp")
        assert response.headers["Cache-Control"] == "public, no-cache"
        assert not response.cookies
        image = Image.open(io.BytesIO(response.content))
        assert image.size == ((width, round(width / 1.3)) if width else (1300, 1000))
        assert image.info.keys() <= {"loop", "background", "timestamp", "duration"}
        assert [mark for mark in scans.MARKERS if mark in response.content] == []
        inner = (0.12 * image.width, 0.12 * image.height, 0.58 * image.width, 0.58 * image.height)
        black = image.convert("RGB").crop(tuple(map(round, inner)))
        assert max(high for _low, high in black.getextrema()) < 24
        red, green, _blue = image.convert("RGB").getpixel((image.width // 4, image.height * 3 // 4))
        assert red > 150 > 60 > green
        again = client.get(address, headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304
    etags = {client.get(address).headers["ETag"] for address in addresses.values()}
    assert len(etags) == 4


def test_pages_offer_their_widths_and_promise_the_digest_of_the_whole(client, appeal):
    document = photograph(appeal)
    page = document.images.get()
    page.places.create(passage=appeal.passages.get(key="p1"), x=0.1, y=0.1, w=0.48, h=0.2)
    addresses = widths_of(edition := published(document))
    html = client.get(LAKE).content.decode()
    offered = ", ".join(f"{addresses[width]} {width}w" for width in WIDTHS)
    offered += f", {addresses[0]} 1300w"
    assert f'<img src="{addresses[0]}" srcset="{offered}" sizes="18rem" width="1300"' in html
    assert f'<source media="print" srcset="{addresses[0]}">' in html
    assert f'srcset="{offered}" sizes="(max-width: 42rem) 184vw, 78rem" width="1300"' in html
    assert f'<a href="{addresses[0]}">' in html
    assert re.findall(r"SHA-256 (\w+)", html) == [edition.pages.get().sha256]
    assert edition.data["documents"][0]["pages"][0].keys() == {
        *("number", "sha256", "width", "height", "file")
    }


def test_what_is_not_public_is_so_in_no_width(client, appeal):
    document = photograph(appeal)
    file = document.images.get().content()["file"].replace(".", "{}.")
    every = {w: f"/media/documents/{file.format(f'-{w}' if w else '')}" for w in (0, *WIDTHS)}
    assert statuses(client, every) == {404}
    edition = published(document)
    assert widths_of(edition) == every
    assert statuses(client, every) == {200}
    for other in ("-0", "-480", "-0320", "-", "-320-320", "-٣٢٠"):
        assert client.get(f"/media/documents/{file.format(other)}").status_code == 404
    assert client.get(every[320].replace("webp", "png")).status_code == 404
    take_back(document, by=join("tariq"))
    publish(approve(Appeal.objects.get()), by=join("edda"))
    assert statuses(client, every) == {404}
    published(document)
    assert statuses(client, every) == {200}
    withdraw(Appeal.objects.get(), by=join("edda"), note="They asked us to.")
    assert statuses(client, every) == {404}


def test_every_width_goes_with_its_page(client, appeal, django_capture_on_commit_callbacks):
    document = photograph(appeal)
    before = kept()
    assert len(before) == 4
    with django_capture_on_commit_callbacks(execute=True):
        cover(document)
    assert len(kept()) == 4
    assert not set(kept()) & set(before)
    addresses = widths_of(published(document))
    with django_capture_on_commit_callbacks(execute=True):
        cover(document, w=0.6)
    assert len(kept()) == 8
    with django_capture_on_commit_callbacks(execute=True):
        take_from_readers(document, by=join("edda"), ground="Somebody can be recognised.")
    assert statuses(client, addresses) == {404}
    assert len(kept()) == 4
    assert "srcset" not in client.get(LAKE).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        document.delete()
    assert kept() == []


def test_nothing_of_a_page_that_was_not_saved_is_kept(appeal):
    with suppress(LookupError), shelf.all_or_nothing():
        photograph(appeal)
        assert len(kept()) == 4
        raise LookupError
    assert kept() == []


def test_a_width_that_is_not_made_yet_is_stood_in_for_by_the_whole_page(client, appeal):
    addresses = widths_of(published(photograph(appeal)))
    small = client.get(addresses[320])
    storages["private"].delete("pages/" + addresses[320].rpartition("/")[2])
    whole = client.get(addresses[320])
    assert whole.content == client.get(addresses[0]).content
    assert whole.headers["ETag"] != small.headers["ETag"]
    matching = {"If-None-Match": whole.headers["ETag"]}
    assert client.get(addresses[320], headers=matching).status_code == 304
    storages["private"].delete("pages/" + addresses[0].rpartition("/")[2])
    assert client.get(addresses[320]).status_code == 404


def test_a_file_that_was_cut_off_is_written_anew(appeal):
    data = scans.told((500, 400))
    for half in (data[:300], data):
        shelf.store("pages/cut.webp", half)
    with shelf.open_page("cut.webp") as file:
        assert file.read() == data


@pytest.mark.parametrize(
    ("size", "widths"),
    [((200, 280), []), ((800, 600), [320]), ((2400, 2), [320, 640, 960]), ((20, 2400), [])],
)
def test_no_page_is_made_larger(size, widths):
    data, suffix = encoded(scans.sheet(size))
    made = smaller(data, suffix)
    assert list(made) == (widths if suffix == "webp" else [])
    for width, less in made.items():
        height = max(1, round(size[1] * width / size[0]))
        assert Image.open(io.BytesIO(less)).size == (width, height)


def test_line_art_comes_as_it_is(client, appeal):
    upload = scans.bring(scans.tiff(1, (1300, 1000), "1"), "fax.tif")
    document = SourceDocument(appeal=appeal, title="A fax")
    take_in(document, upload, pages_of_upload(upload))
    addresses = widths_of(published(document))
    assert PageImage.objects.get().file.name.endswith(".png")
    assert client.get(addresses.pop(0)).status_code == 200
    assert statuses(client, addresses) == {404}
    assert "srcset" not in client.get(LAKE).content.decode()
