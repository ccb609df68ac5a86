"""Documents in a content folder: originals, their pages, and what the folder releases."""

import pytest
from django.core.files.storage import storages

from appeals.models import AppealEdition, SourceDocument
from tests import scans
from tests.folders import APPEAL, LAKE, lay, problems, run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_shelf():
    storage = storages["private"]
    for folder in ("pages", "documents"):
        for name in storage.listdir(folder)[1] if storage.exists(folder) else ():
            storage.delete(f"{folder}/{name}")


SAID = """documents:
  - file: photostat.tif
    title: A photostat
    released: true
    marks:
      - {passage: p1, box: 0.1 0.1 0.5 0.2}
      - {page: 2, box: 0.5 0.5 0.25 0.25}
"""
RELEASED = LAKE | {
    "appeals/lake/appeal.yaml": APPEAL + SAID,
    "appeals/lake/documents/photostat.tif": scans.tiff(2),
}


def test_what_a_folder_releases_is_public(tmp_path, client):
    run(lay(tmp_path, RELEASED), "--publish")
    [document] = AppealEdition.objects.get().data["documents"]
    assert [page["number"] for page in document["pages"]] == [1, 2]
    [place] = document["places"]
    assert place == {"page": 1, "passage": "p1", "x": 0.1, "y": 0.1, "w": 0.5, "h": 0.2}
    for page in document["pages"]:
        assert client.get(f"/media/documents/{page['file']}").status_code == 200
    second = SourceDocument.objects.get().images.get(number=2)
    assert second.boxes.count() == 1


def test_a_dry_run_keeps_no_file(tmp_path):
    scan = {"appeals/lake/documents/scan.jpg": scans.told()}
    run(lay(tmp_path, LAKE | scan), "--dry-run")
    private = storages["private"]
    assert [private.listdir(folder)[1] for folder in ("pages", "documents")] == [[], []]
    assert not SourceDocument.objects.exists()


def test_a_second_import_of_documents_changes_nothing(tmp_path):
    run(lay(tmp_path, RELEASED), "--publish")
    first = SourceDocument.objects.get()
    said = run(tmp_path, "--publish")
    again = SourceDocument.objects.get()
    assert (said["made"], said["updated"], said["published"]) == (0, 0, 0)
    assert (again.original.name, again.released_at) == (first.original.name, first.released_at)


def test_without_a_word_of_release_the_pages_stay_private(tmp_path):
    quiet = APPEAL + SAID.replace("    released: true\n", "")
    run(lay(tmp_path, RELEASED | {"appeals/lake/appeal.yaml": quiet}), "--publish")
    assert SourceDocument.objects.get().images.count() == 2
    assert AppealEdition.objects.get().data["documents"] == []


@pytest.mark.parametrize("status", ["withheld", "pending"])
def test_a_folder_releases_nothing_beside_a_hidden_name(tmp_path, status):
    signed = f"signatories:\n  - {{name_status: {status}, role: President}}\n"
    files = RELEASED | {"appeals/lake/appeal.yaml": APPEAL + SAID + signed}
    [said] = problems(tmp_path, files)
    assert "at the desk" in said
    assert not SourceDocument.objects.exists()


def test_what_a_folder_releases_must_be_drawn(tmp_path):
    broken = RELEASED | {"appeals/lake/documents/photostat.tif": scans.tiff(2)[:-5000]}
    [said] = problems(tmp_path, broken, publish=True)
    assert "damaged or cut off" in said
    storage = storages["private"]
    assert not storage.exists("documents") or not storage.listdir("documents")[1]


def test_marks_that_lie_nowhere_are_told(tmp_path):
    wrong = SAID.replace("0.5 0.2}", "0.95 0.2}").replace("{page: 2, box", "{signatory: 9, box")
    wrong = wrong.replace("passage: p1", "passage: p9")
    said = problems(tmp_path, RELEASED | {"appeals/lake/appeal.yaml": APPEAL + wrong})
    assert len(said) == 3
    assert "parts of the page" in said[0] + said[1]
