"""Documents at the desk: bringing a file, drawing on its pages, deciding who sees them."""

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from appeals.models import Appeal, SourceDocument
from editorial.sealing import publish
from tests import desk, scans
from tests.cast import approve, join, write_appeal
from tests.desk import sit

pytestmark = pytest.mark.django_db


def kept(folder):
    storage = storages["private"]
    return storage.listdir(folder)[1] if storage.exists(folder) else []


@pytest.fixture(autouse=True)
def empty_shelf():
    for folder in ("pages", "documents"):
        for name in kept(folder):
            storages["private"].delete(f"{folder}/{name}")


@pytest.fixture
def appeal():
    return write_appeal(by=join("tariq"), slug="lake")


def bring(client, appeal, data, name="photostat.tif", **fields):
    """Bring a file in the form of an appeal."""
    row = f"documents-{appeal.documents.count()}"
    total = {"documents-TOTAL_FORMS": str(appeal.documents.count() + 1)}
    said = {f"{row}-title": "A photostat", f"{row}-original": scans.bring(data, name)}
    return desk.save(client, appeal, **total, **said, **fields)


@pytest.fixture
def tariq():
    return sit("tariq")


@pytest.fixture
def document(appeal, tariq):
    bring(tariq, appeal, scans.tiff(2))
    return SourceDocument.objects.get()


def place(document, name="", number=None):
    """Return an address of a document at the desk."""
    view = f"admin:appeals_document{name}"
    return reverse(view, args=[document.pk, number] if number else [document.pk])


def draw(client, document, *rows, number=1, **changes):
    """Fill in the fields of a page as a browser without scripts would."""
    address = place(document, "_page", number)
    data = desk.fields(client.get(address))
    data["form-TOTAL_FORMS"] = str(len(rows) + int(data["form-INITIAL_FORMS"][0]))
    for index, row in enumerate(rows, start=int(data["form-INITIAL_FORMS"][0])):
        data |= {
            f"form-{index}-{name}": value
            for name, value in zip(("what", "x", "y", "w", "h"), row, strict=True)
        }
    return client.post(address, data | changes, follow=True)


def press(client, document, do, **data):
    document.refresh_from_db()
    data = {"do": do, "seen": document.pages_digest} | data
    return client.post(place(document), data, follow=True)


def test_a_file_is_brought_in_the_form_of_its_appeal(appeal, tariq, document):
    assert document.title == "A photostat"
    assert document.original_name == "photostat.tif"
    assert document.images.count() == 2
    html = tariq.get(desk.page(appeal)).content.decode()
    assert "2 pages, not released" in html
    assert place(document) in html
    assert document.original.name not in html


def test_a_file_that_is_refused_leaves_nothing_and_a_sentence(appeal, tariq):
    response = bring(tariq, appeal, scans.told(kind="PNG"), "scan.pdf")
    import re

    print(re.findall(r"error.{0,300}", response.content.decode(), re.S)[:6])
    assert "The name ends in “.pdf”, but the file is PNG" in response.content.decode()
    cut_off = bring(tariq, appeal, scans.tiff(2)[:-5000]).content.decode()
    assert "damaged or cut off" in cut_off
    assert not SourceDocument.objects.exists()
    assert (kept("pages"), kept("documents")) == ([], [])


def test_a_form_that_is_refused_for_another_reason_stores_no_file(appeal, tariq):
    response = bring(tariq, appeal, scans.tiff(1), title="")
    assert response.status_code == 200
    assert not SourceDocument.objects.exists()
    assert (kept("pages"), kept("documents")) == ([], [])


def test_a_file_of_a_stale_form_is_not_stored_and_the_form_says_why(appeal, tariq, document):
    opened = tariq.get(desk.page(appeal))
    desk.save(sit("edda"), appeal, summary="They ask for water.")
    brought = {"documents-0-original": scans.bring(scans.told(), "better.jpg")}
    html = desk.save(tariq, appeal, opened, **brought).content.decode()
    assert "Nothing was saved" in html
    assert "better.jpg" in html
    assert SourceDocument.objects.get().original_name == "photostat.tif"
    assert (len(kept("pages")), len(kept("documents"))) == (2, 1)


def test_a_better_scan_takes_the_place_of_the_older(appeal, tariq, document):
    draw(tariq, document, ("black", 1, 1, 9, 9))
    press(tariq, document, "release")
    brought = {"documents-0-original": scans.bring(scans.told(), "better.jpg")}
    desk.save(tariq, appeal, **brought)
    again = SourceDocument.objects.get()
    assert (again.original_name, again.pages, again.is_released) == ("better.jpg", 1, False)
    assert not again.images.get().boxes.exists()


def test_a_document_is_removed_with_all_that_was_kept_of_it(
    appeal, tariq, document, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        desk.save(tariq, appeal, **{"documents-0-DELETE": "on"})
    assert not SourceDocument.objects.exists()
    assert (kept("pages"), kept("documents")) == ([], [])


def test_saving_the_appeal_again_keeps_the_file(appeal, tariq, document):
    desk.save(tariq, appeal, summary="They ask for water.")
    again = SourceDocument.objects.get()
    assert again.original.name == document.original.name
    assert again.images.count() == 2
    with again.original.open() as file:
        assert file.read() == scans.tiff(2)


def test_a_box_is_drawn_with_numbers_alone(tariq, document):
    before = document.images.get(number=1).sha256
    response = draw(tariq, document, ("black", "10", "20.5", "30", "95"))
    assert "Saved." in response.content.decode()
    page = document.images.get(number=1)
    assert list(page.boxes.values_list("x", "y", "w", "h")) == [(0.1, 0.205, 0.3, 0.795)]
    assert page.sha256 != before
    assert 'x="10.0%"' in response.content.decode()
    draw(tariq, document, **{"form-0-DELETE": "on"})
    assert not page.boxes.exists()
    assert document.images.get(number=1).sha256 == before


def test_a_place_is_drawn_beside_a_box(appeal, tariq, document):
    passage = appeal.passages.first()
    draw(tariq, document, ("black", 1, 1, 9, 9), (f"passage:{passage.pk}", 10, 10, 50, 20))
    page = document.images.get(number=1)
    assert (page.boxes.count(), page.places.get().passage) == (1, passage)
    sha256 = page.sha256
    draw(tariq, document, **{"form-1-w": "60"})
    assert page.places.get().w == 0.6
    assert document.images.get(number=1).sha256 == sha256


@pytest.mark.parametrize(
    "row",
    [("black", "", 1, 9, 9), ("black", 1, 1, 0, 9), ("black", 100, 1, 5, 9),
     ("passage:0", 1, 1, 9, 9), ("black", -1, 1, 9, 9), ("black", "nan", 1, 9, 9),
     ("black", "inf", 1, 9, 9)],
)  # fmt: skip
def test_a_box_that_is_none_is_refused_beside_its_field(tariq, document, row):
    response = draw(tariq, document, row)
    assert "errorlist" in response.content.decode()
    assert not document.images.get(number=1).boxes.exists()


def test_nobody_undoes_another_ones_box(tariq, document):
    address = place(document, "_page", 1)
    opened = desk.fields(tariq.get(address))
    draw(sit("edda"), document, ("black", 1, 1, 9, 9))
    mine = {f"form-0-{name}": "30" for name in ("x", "y", "w", "h")}
    response = tariq.post(address, opened | mine)
    assert response.status_code == 409
    assert "Somebody changed this page" in response.content.decode()
    assert document.images.get(number=1).boxes.count() == 1
    tariq.post(address, desk.fields(response))
    assert list(document.images.get(number=1).boxes.values_list("x", flat=True)) == [0.01, 0.3]


def test_pages_are_released_with_a_button(appeal, tariq, document):
    assert "not released: no edition shows them" in tariq.get(place(document)).content.decode()
    response = press(tariq, document, "release")
    assert "released by Tariq" in response.content.decode()
    assert "released the pages of" in tariq.get(desk.page(appeal)).content.decode()
    assert len(Appeal.objects.get().content()["documents"]) == 1
    press(tariq, document, "take_back")
    assert Appeal.objects.get().content()["documents"] == []


def test_hidden_names_are_confirmed_covered_with_a_button(appeal, tariq, document):
    assert "no hidden name can be read" not in tariq.get(place(document)).content.decode()
    appeal.signatories.create(name_status="withheld", role="President")
    press(tariq, document, "release")
    html = tariq.get(desk.page(appeal)).content.decode()
    assert "nobody has found the hidden names covered" in html
    assert "found covered by Tariq" in press(tariq, document, "confirm").content.decode()
    assert len(Appeal.objects.get().content()["documents"]) == 1


def test_the_desk_is_told_of_pictures_that_were_public_before_a_name_was_hidden(
    appeal, tariq, document
):
    assert "no picture of this appeal" in tariq.get(place(document)).content.decode()
    press(tariq, document, "release")
    publish(approve(Appeal.objects.get()), by=join("edda"))
    assert "2 pictures of this appeal" in tariq.get(place(document)).content.decode()
    appeal.signatories.create(name_status="withheld", role="President")
    edda = sit("edda")
    assert "A name was hidden since" in edda.get(place(document)).content.decode()
    response = press(edda, document, "take_from_readers", ground="")
    assert response.status_code == 409
    response = press(edda, document, "take_from_readers", ground="They can be recognised.")
    assert "no picture of this appeal" in response.content.decode()
    assert "not released: no edition shows them" in response.content.decode()


def test_what_was_changed_meanwhile_is_not_released(tariq, document):
    opened = desk.fields(tariq.get(place(document)))
    draw(sit("edda"), document, ("black", 1, 1, 9, 9))
    response = tariq.post(place(document), opened | {"do": "release"})
    assert response.status_code == 409
    assert "changed after you opened" in response.content.decode()
    assert tariq.post(place(document), {"do": "nonsense"}).status_code == 400


def test_the_original_is_downloaded_and_never_opened(document):
    response = sit("rosa").get(place(document, "_original"))
    assert b"".join(response.streaming_content) == scans.tiff(2)
    response.close()
    assert response.headers["Content-Disposition"] == 'attachment; filename="photostat.tif"'
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


def test_the_desk_sees_a_page_with_and_without_its_boxes(tariq, document):
    draw(tariq, document, ("black", 0, 0, 100, 100))
    covered = tariq.get(place(document, "_public", 1))
    uncovered = tariq.get(place(document, "_uncovered", 1))
    assert covered.content != uncovered.content
    assert {covered.status_code, uncovered.status_code} == {200}
    assert uncovered.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("who", ["wanda", "mato"])
def test_who_may_not_open_originals_sees_none_of_this(document, who):
    client = sit(who)
    for name, number in (
        *(("", None), ("_original", None), ("_page", 1), ("_public", 1), ("_uncovered", 1)),
    ):
        assert client.get(place(document, name, number)).status_code == 403


def test_readers_are_sent_to_the_door(client, document):
    for name, number in (("", None), ("_original", None), ("_uncovered", 1)):
        response = client.get(place(document, name, number))
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/admin/login/")


def test_a_reviewer_looks_and_decides_nothing(document):
    rosa = sit("rosa")
    assert rosa.get(place(document)).status_code == 200
    assert "<button" not in rosa.get(place(document, "_page", 1)).content.decode().split("<svg")[1]
    assert press(rosa, document, "release").status_code == 409
    assert draw(rosa, document, ("black", 1, 1, 9, 9)).status_code == 409
    assert not document.images.get(number=1).boxes.exists()


def test_what_is_not_there_is_404(tariq, document):
    assert tariq.get(place(document, "_page", 3)).status_code == 404
    assert tariq.get(place(document, "_public", 3)).status_code == 404
    document.original.delete()
    assert tariq.get(place(document, "_original")).status_code == 404
    assert tariq.get(place(document, "_uncovered", 1)).status_code == 404
