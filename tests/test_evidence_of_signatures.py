"""A signature's verification has its evidence in a document: public with its pages, or not."""

import pytest

from appeals.hiding import hide
from appeals.models import Appeal, AppealEdition
from config.content.exporting import export_folder
from editorial.editing import editing
from editorial.sealing import publish
from editorial.verifying import verify
from tests import scans
from tests.cast import approve, join, write_appeal
from tests.desk import fields, save, sit
from tests.folders import lay, run
from tests.test_content_documents import RELEASED
from tests.worlds.making import document

pytestmark = pytest.mark.django_db
LAKE = "/appeals/lake/"


@pytest.fixture
def appeal():
    appeal = write_appeal(by=join("tariq"), slug="lake")
    with editing(appeal, by=join("tariq")):
        for name in ("Ana Petrel", "Bo Fisher"):
            appeal.signatories.create(name_status="public", name=name, role="Baker")
        document(appeal, "A private list", "black")
        document(appeal, "A photostat", "white", released=True)
    return appeal


def test_readers_are_led_to_a_page_that_is_public_and_learn_of_no_other(appeal, client):
    private, photostat = appeal.documents.all()
    evidence = {
        "signatories-0-evidence_document": photostat.pk,
        "signatories-0-evidence_page": 1,
        "signatories-1-evidence_document": private.pk,
    }
    save(sit("tariq"), appeal, **evidence)
    assert appeal.signatories.get(name="Bo Fisher").evidence_document == private
    publish(approve(appeal), by=join("edda"))
    lines = AppealEdition.objects.get().data["signatories"]
    assert [line.get("evidence_document") for line in lines] == [1, None]
    text = client.get(LAKE).content.decode()
    assert text.count('href="/appeals/lake/#scan:1:1">Evidence') == 1
    assert "private list" not in text

    hide(appeal, f"draft-{appeal.signatories.get(name='Ana Petrel').pk}", by=join("mato"))
    assert appeal.signatories.get(name="").evidence_document is None
    [hidden] = [one for one in AppealEdition.objects.get().data["signatories"] if not one["name"]]
    assert (hidden["evidence_document"], hidden["evidence_page"]) == (None, None)
    assert "#scan:1:1" not in client.get(LAKE).content.decode()
    assert list(verify()) == []


def test_evidence_is_refused_beside_no_name_and_on_no_page(appeal):
    elsewhere = document(write_appeal(slug="hill"), "Elsewhere", "red")
    of = appeal.documents.last().pk
    for said, where in [
        ({"evidence_document": of, "name_status": "pending", "name": ""}, "must not be stored"),
        ({"evidence_document": of, "evidence_page": 2}, "The document has no such page."),
        ({"evidence_page": 1}, "Say in which document."),
        ({"evidence_document": elsewhere.pk}, "Select a valid choice"),
    ]:
        sent = {f"signatories-0-{name}": value for name, value in said.items()}
        assert where in save(sit("tariq"), appeal, **sent).content.decode()
    row = appeal.signatories.get(name="Ana Petrel")
    tariq, address = sit("tariq"), f"/admin/appeals/appeal/{appeal.pk}/signatories/{row.pk}/"
    tariq.post(address, fields(tariq.get(address)) | {"evidence_document": of})
    row.refresh_from_db()
    assert row.evidence_document_id == of


def test_a_folder_carries_it(tmp_path):
    signed = """signatories:
- kind: person
  name: Ana Petrel
  evidence_document: photostat.tif
  evidence_page: 2
- kind: person
  name: Bo Fisher
  evidence_document: list.tif
"""
    private = """  - file: list.tif
    title: A private list
    marks:
      - {signatory: 2, box: 0.1 0.1 0.5 0.2}
"""
    files = RELEASED | {
        "appeals/lake/appeal.yaml": RELEASED_YAML + private + signed,
        "appeals/lake/documents/list.tif": scans.tiff(1),
    }
    folder = lay(tmp_path / "a", files)
    run(folder)
    row = Appeal.objects.get().signatories.first()
    assert (str(row.evidence_document), row.evidence_page) == ("A photostat", 2)
    assert run(folder)["updated"] == 0
    export_folder(tmp_path / "b")
    said = (tmp_path / "b/appeals/lake/appeal.yaml").read_text()
    kept = [line.split(":") for line in said.splitlines() if "evidence" in line]
    assert [(name.strip(), value.strip()) for name, value in kept] == [
        ("evidence_document", "photostat.tif"),
        ("evidence_page", "2"),
        ("evidence_document", "list.tif"),
    ]
    assert "signatory: 2" in said


def test_a_folder_leads_to_the_document_that_readers_see(tmp_path):
    signed = "signatories: [{kind: person, name: Ana, evidence_document: photostat.tif}]\n"
    files = RELEASED | {
        "appeals/lake/appeal.yaml": RELEASED_YAML
        + "  - file: list.tif\n    title: A list\n"
        + signed,
        "appeals/lake/documents/list.tif": scans.tiff(1),
    }
    run(lay(tmp_path / "a", files), "--publish")
    sealed = AppealEdition.objects.get().data
    appeal = Appeal.objects.get()
    other = appeal.documents.get(title="A list")
    appeal.documents.filter(title="A photostat").update(released_digest="")
    appeal.documents.filter(pk=other.pk).update(released_digest=other.pages_digest)
    appeal.signatories.update(evidence_document=other, evidence_page=1)
    assert Appeal.objects.get().content()["signatories"] == sealed["signatories"]
    export_folder(tmp_path / "b")
    said = (tmp_path / "b/appeals/lake/appeal.yaml").read_text()
    assert "evidence_document: photostat.tif" in said


RELEASED_YAML = RELEASED["appeals/lake/appeal.yaml"]
