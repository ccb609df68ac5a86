"""From a private original to a picture that readers get, and back."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from appeals.evidence import shelf
from appeals.evidence.boxing import Laid, digest_of, laid_on, lay
from appeals.evidence.releasing import confirm_covered, release, take_back, take_from_readers
from appeals.evidence.rendering import NotTaken
from appeals.evidence.taking import pages_of_upload, take_in
from appeals.models import Appeal, AppealEdition, AppealEditionPage, PageImage, SourceDocument
from editorial.editing import editing
from editorial.models import Decision
from editorial.moving import move
from editorial.previewing import make_link
from editorial.sealing import cancel_schedule, publish, seal, withdraw
from editorial.states import CannotNow, MayNot, State
from editorial.verifying import verify
from tests import scans
from tests.cast import approve, join, write_appeal

pytestmark = pytest.mark.django_db
LAKE = "/appeals/lake/"


@pytest.fixture(autouse=True)
def empty_shelf():
    """Let no picture of another test be there."""
    storage = storages["private"]
    for folder in ("pages", "documents"):
        if storage.exists(folder):
            for name in storage.listdir(folder)[1]:
                storage.delete(f"{folder}/{name}")


def kept(folder="pages"):
    storage = storages["private"]
    return sorted(storage.listdir(folder)[1]) if storage.exists(folder) else []


@pytest.fixture
def appeal():
    return write_appeal(by=join("tariq"), slug="lake")


def photostat(appeal, data=None, name="Ana Petrel.tif"):
    upload = scans.bring(data or scans.tiff(2), name)
    document = SourceDocument(appeal=appeal, title="A photostat")
    take_in(document, upload, pages_of_upload(upload))
    return document


def released(appeal, by="tariq"):
    document = photostat(appeal)
    release(document, seen=document.pages_digest, by=join(by))
    return document


def sign(appeal, status="withheld", **fields):
    with editing(appeal, by=join("tariq")):
        return appeal.signatories.create(name_status=status, **fields)


def published(appeal):
    return publish(approve(Appeal.objects.get(pk=appeal.pk)), by=join("edda"))


def addresses(edition):
    return [f"/media/documents/{page.file}" for page in edition.pages.order_by("position")]


def box(document, number=1, **where):
    """Draw a black box."""
    page = document.images.get(number=number)
    drawn = Laid("black", **{"x": 0.1, "y": 0.1, "w": 0.5, "h": 0.5} | where)
    lay(page, [*laid_on(page), drawn], seen=digest_of(page), by=join("tariq"))
    return page


def test_an_original_is_kept_under_a_name_that_says_nothing(appeal):
    document = photostat(appeal)
    assert re.fullmatch(r"documents/[a-z0-9]{16}", document.original.name)
    assert document.original_name == "Ana Petrel.tif"
    with document.original.open() as file:
        assert file.read() == scans.tiff(2)
    assert (document.pages, document.images.count()) == (2, 2)
    assert kept() == sorted(image.content()["file"] for image in document.images.all())


def test_a_document_that_is_not_released_is_no_part_of_the_content(appeal):
    before = appeal.content_digest()
    document = photostat(appeal)
    assert appeal.content_digest() == before
    release(document, seen=document.pages_digest, by=join("tariq"))
    content = Appeal.objects.get().content()["documents"]
    assert [page["number"] for page in content[0]["pages"]] == [1, 2]
    assert content[0].keys() == {"title", "pages", "places"}
    assert content[0]["pages"][0].keys() == {"number", "sha256", "width", "height", "file"}


def test_a_page_is_public_once_a_second_person_approved_its_release(client, appeal):
    document = released(appeal, by="edda")
    [first, second] = [f"/media/documents/{i.content()['file']}" for i in document.images.all()]
    assert client.get(first).status_code == 404
    with pytest.raises(MayNot):
        approve(appeal, by=join("edda"), submitted_by=join("tariq"))
    move(appeal, "approve", by=join("rosa"))
    edition = publish(appeal, by=join("edda"))
    assert addresses(edition) == [first, second]
    response = client.get(first)
    assert response.status_code == 200
    with shelf.open_page(first.rpartition("/")[2]) as file:
        assert response.content == file.read()
    assert response.headers["Content-Type"] in ("image/png", "image/webp")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert not response.cookies
    assert "Vary" not in response.headers
    again = client.get(first, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    assert client.post(first).status_code == 405


def test_readers_see_pages_and_where_a_passage_stands(client, appeal):
    sign(appeal, "not_given", role="President")
    document = photostat(appeal)
    page = document.images.get(number=2)
    page.places.create(passage=appeal.passages.get(key="p1"), x=0.1, y=0.1, w=0.5, h=0.2)
    page.places.create(signatory=appeal.signatories.get(), x=0.1, y=0.8, w=0.5, h=0.1)
    release(document, seen=document.pages_digest, by=join("tariq"))
    [first, second] = addresses(edition := published(appeal))
    html = client.get(LAKE).content.decode()
    assert f'<a href="{first}"><img src="{first}" width="300" height="400" loading="lazy"' in html
    assert 'alt="Page 2 of “A photostat”"' in html
    assert re.findall(r"SHA-256 (\w+)", html) == [page.sha256 for page in edition.pages.all()]
    assert html.count("On the scan") == 2
    picture = f'<img src="{second}" width="300" height="400" loading="lazy"'
    assert html.count(f'{picture} alt="This part of page 2">') == 2
    assert 'viewBox="27 36 156 88"' in html
    assert f'href="{LAKE}#scan:1:2"' in html
    assert 'id="scan:1:2"' in html
    assert "Ana Petrel" not in html
    assert "On the scan" in client.get(f"{LAKE}ru/").content.decode()


def test_a_page_that_a_new_edition_lacks_is_gone(client, appeal):
    document = released(appeal)
    [first, second] = addresses(published(appeal))
    assert client.get(second).status_code == 200
    take_back(document, by=join("tariq"))
    assert client.get(second).status_code == 200
    published(appeal)
    assert [client.get(first).status_code, client.get(second).status_code] == [404, 404]
    compared = client.get(f"{LAKE}editions/1-2/").content.decode()
    assert first.rpartition("/")[2].partition(".")[0] in compared
    older = client.get(f"{LAKE}editions/1/").content.decode()
    assert "<img" not in older
    assert first.rpartition("/")[2].partition(".")[0] in older


def test_a_withdrawn_appeal_takes_its_pictures_along(client, appeal):
    document = released(appeal)
    [first, _second] = addresses(published(appeal))
    withdraw(appeal, by=join("edda"), note="They asked us to.")
    assert client.get(first).status_code == 404
    assert document.images.count() == 2


def test_an_embargo_holds_for_pictures_too(client, appeal):
    released(appeal)
    approve(appeal)
    edition = publish(appeal, by=join("edda"), at=timezone.now() + timedelta(days=1))
    assert {client.get(address).status_code for address in addresses(edition)} == {404}
    cancel_schedule(appeal, by=join("edda"))
    assert {client.get(address).status_code for address in addresses(edition)} == {404}


def test_nothing_else_of_the_shelf_is_served(client, appeal):
    document = released(appeal)
    published(appeal)
    file = document.images.first().content()["file"]
    digest, _dot, suffix = file.partition(".")
    for name in (
        f"{digest}.pdf",
        f"{digest}.svg",
        f"{digest[:-1]}.{suffix}",
        f"..%2F{document.original.name}.{suffix}",
        f"../{document.original.name}",
        document.original.name.rpartition("/")[2] + f".{suffix}",
    ):
        assert client.get(f"/media/documents/{name}").status_code == 404
    assert client.get(f"/media/{document.original.name}").status_code == 404
    assert client.get(f"/media/pages/{file}").status_code == 404


@pytest.mark.parametrize("status", ["withheld", "pending"])
def test_a_hidden_name_keeps_pages_back_until_somebody_found_it_covered(appeal, status):
    sign(appeal, status)
    document = released(appeal)
    assert appeal.content()["documents"] == []
    confirm_covered(document, seen=document.pages_digest, by=join("tariq"))
    assert len(Appeal.objects.get().content()["documents"]) == 1
    document.refresh_from_db()
    assert document.covered_by_name == "Tariq"
    assert document.covered_at
    assert Decision.objects.about(appeal).filter(name="confirm_covered").exists()


def test_a_name_hidden_later_keeps_the_next_edition_without_pages(client, appeal):
    released(appeal)
    signatory = sign(appeal, "public", name="Ivo Marsh")
    published(appeal)
    with editing(appeal, by=join("tariq")):
        signatory.name_status, signatory.name = "withheld", ""
        signatory.save()
    assert not published(appeal).pages.exists()


def test_pages_that_change_void_both_the_release_and_the_confirmation(appeal):
    sign(appeal)
    document = released(appeal)
    confirm_covered(document, seen=document.pages_digest, by=join("edda"))
    approve(appeal, submitted_by=join("tariq"))
    box(document)
    document = SourceDocument.objects.get()
    assert (document.is_released, document.is_covered) == (False, False)
    appeal.refresh_from_db()
    assert appeal.state == State.DRAFT
    assert appeal.content()["documents"] == []


def test_a_decision_is_about_the_pages_that_were_looked_at(appeal):
    document = photostat(appeal)
    seen = document.pages_digest
    box(document)
    for decide in (release, confirm_covered):
        with pytest.raises(CannotNow, match="changed after you opened"):
            decide(document, seen=seen, by=join("tariq"))
    with pytest.raises(CannotNow, match="no pages yet"):
        release(SourceDocument.objects.create(appeal=appeal), seen="", by=join("tariq"))


def test_a_known_place_of_a_hidden_signature_must_be_black(appeal):
    signatory = sign(appeal)
    document = photostat(appeal)
    page = document.images.get(number=1)
    page.places.create(signatory=signatory, x=0.2, y=0.7, w=0.3, h=0.1)
    with pytest.raises(CannotNow, match="On page 1"):
        confirm_covered(document, seen=document.pages_digest, by=join("tariq"))
    box(document, x=0.1, y=0.6, w=0.5, h=0.3)
    document.refresh_from_db()
    confirm_covered(document, seen=document.pages_digest, by=join("tariq"))
    release(document, seen=document.pages_digest, by=join("tariq"))
    assert Appeal.objects.get().content()["documents"][0]["places"] == []


@pytest.mark.parametrize("who", ["wanda", "rosa", "mato"])
def test_who_does_not_work_on_appeals_decides_nothing(appeal, who):
    document = photostat(appeal)
    for decide in (release, confirm_covered):
        with pytest.raises(MayNot):
            decide(document, seen=document.pages_digest, by=join(who))
    with pytest.raises(MayNot):
        take_back(document, by=join(who))
    with pytest.raises(MayNot):
        take_from_readers(released(appeal), by=join(who), ground="")
    assert kept() != []


def test_a_page_that_was_superseded_is_not_kept(appeal, django_capture_on_commit_callbacks):
    document = photostat(appeal)
    before = set(kept())
    with django_capture_on_commit_callbacks(execute=True):
        page = box(document)
    assert page.content()["file"] not in before
    assert len(kept()) == 2


def test_a_page_of_an_edition_is_kept_while_the_edition_is(
    client, appeal, django_capture_on_commit_callbacks
):
    document = released(appeal)
    [first, _second] = addresses(published(appeal))
    with django_capture_on_commit_callbacks(execute=True):
        box(document)
    assert client.get(first).status_code == 200
    assert len(kept()) == 3


def test_another_original_takes_the_place_of_the_older(appeal, django_capture_on_commit_callbacks):
    document = photostat(appeal)
    upload = scans.bring(scans.told(), "better.jpg")
    with django_capture_on_commit_callbacks(execute=True):
        box(document)
        take_in(document, upload, pages_of_upload(upload))
    assert (len(kept()), len(kept("documents"))) == (2, 1)  # the page, and it in a smaller width
    assert not document.images.get().boxes.exists()
    with django_capture_on_commit_callbacks(execute=True):
        document.delete()
    assert (kept(), kept("documents")) == ([], [])


def test_nothing_is_half_stored(appeal):
    upload = scans.bring(scans.told(), "scan.jpg")
    pages = pages_of_upload(upload)
    with pytest.raises(IntegrityError), shelf.all_or_nothing():
        take_in(SourceDocument(appeal=appeal, title="A photostat"), upload, [*pages, *pages])
    with pytest.raises(NotTaken):
        pages_of_upload(scans.bring(scans.told()[:6000], "scan.jpg"))
    assert (kept(), kept("documents")) == ([], [])
    assert not SourceDocument.objects.exists()


def test_pictures_can_be_taken_from_readers_at_once(client, appeal):
    document = released(appeal)
    [first, second] = addresses(published(appeal))
    take_from_readers(document, by=join("edda"), ground="Somebody can be recognised.")
    assert [client.get(first).status_code, client.get(second).status_code] == [404, 404]
    html = client.get(LAKE).content.decode()
    assert "This picture was taken away." in html
    assert "<img" not in html
    assert list(verify()) == []
    with pytest.raises(CannotNow):
        take_from_readers(document, by=join("edda"), ground="")


def test_pictures_go_with_the_rows_or_not_at_all(
    client, appeal, django_capture_on_commit_callbacks
):
    document = released(appeal)
    edition = published(appeal)
    [first, second] = addresses(edition)
    box(document)  # the picture without it is the edition's alone now
    alone = edition.pages.get(position=0).file
    with suppress(Interrupted), transaction.atomic():
        take_from_readers(document, by=join("edda"), ground="Somebody can be recognised.")
        raise Interrupted
    assert [client.get(first).status_code, client.get(second).status_code] == [200, 200]
    with django_capture_on_commit_callbacks(execute=True):
        take_from_readers(document, by=join("edda"), ground="Somebody can be recognised.")
        assert alone in kept()
    assert alone not in kept()
    assert [client.get(first).status_code, client.get(second).status_code] == [404, 404]


class Interrupted(Exception):
    """What ends a transaction before its time."""


def test_a_preview_shows_no_picture_before_its_time(client, appeal):
    released(appeal)
    html = client.get(make_link(appeal, by=join("edda")).get_absolute_url()).content.decode()
    assert "<img" not in html
    assert "public as soon as the edition is" in html


def test_an_edition_of_the_first_schema_is_still_read(client, appeal, monkeypatch):
    document = {"title": "A photostat", "pages": 2, "sha256": "5a" * 32}
    content = appeal.content() | {"documents": [document]}
    monkeypatch.setattr(Appeal, "content", lambda self: content)
    monkeypatch.setattr(AppealEdition, "SCHEMA", 1)
    seal(appeal, by=None, at=timezone.now(), second_reader="imported")
    html = client.get(LAKE).content.decode()
    assert f"SHA-256 {'5a' * 32}" in html
    assert not AppealEditionPage.objects.exists()
    assert list(verify()) == []


def test_a_box_lies_on_its_page(appeal):
    page = photostat(appeal).images.first()
    page.boxes.create(x=0.7, y=0.9, w=0.3, h=0.1)
    for wrong in ({"x": 0.6, "w": 0.5}, {"x": -0.1}, {"w": 0}, {"y": 0.5, "h": 0.6}):
        with pytest.raises(IntegrityError), transaction.atomic():
            page.boxes.create(**{"x": 0.1, "y": 0.1, "w": 0.1, "h": 0.1} | wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        page.places.create(x=0.1, y=0.1, w=0.1, h=0.1)


def test_a_box_is_burnt_into_the_page_that_readers_get(appeal):
    page = box(photostat(appeal, scans.told(), "scan.jpg"))
    with shelf.open_page(page.content()["file"]) as file:
        image = Image.open(file).convert("RGB")
    assert max(high for _low, high in image.crop((64, 84, 356, 476)).getextrema()) < 24
    assert PageImage.objects.get().sha256 == page.sha256
