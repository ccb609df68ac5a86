"""What stands beside a passage under review: its place on the scan, and what colleagues noted."""

import pytest

from appeals.models import Place, SourceDocument
from editorial.models import Note
from editorial.moving import move
from editorial.states import CannotNow
from tests.cast import join, translate, write_appeal
from tests.test_translation_review import address, ask, look, pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def tariq():
    return join("tariq")


@pytest.fixture
def rosa():
    return join("rosa")


@pytest.fixture
def translation(tariq):
    return translate(write_appeal(), by=tariq)


def test_a_passage_stands_beside_its_place_on_the_scan(client, translation, rosa):
    document = SourceDocument.objects.create(appeal=translation.appeal, title="A photostat")
    page = document.images.create(number=2, width=1000, height=2000, sha256="0" * 64)
    passage = translation.appeal.passages.get(key="p2")
    Place.objects.create(page=page, passage=passage, x=0.1, y=0.5, w=0.2, h=0.1)
    response = look(client, translation, rosa)
    [before, beside] = response.content.decode().split('id="p2"')
    assert "<foreignObject" not in before
    assert f"/admin/appeals/sourcedocument/{document.pk}/pages/2/public/" in beside
    assert 'viewBox="90 980 220 240"' in beside
    assert "<foreignObject" not in look(client, translation, join("wanda")).content.decode()


def test_a_note_that_blocks_is_settled_before_the_approval(client, translation, tariq, rosa):
    move(translation, "submit", by=tariq)
    for key in ("p1", "p2"):
        ask(client, translation, rosa, "accept", key)
    ask(client, translation, rosa, "note", "p1", text="Two wells or three?", weight="blocker")
    ask(client, translation, rosa, "note", "p2", text="A finer word?", weight="nit")
    shown = pair(look(client, translation, tariq))
    assert "Two wells or three? blocks approval · Rosa" in shown
    with pytest.raises(CannotNow, match="1 open note blocks approval"):
        move(translation, "approve", by=rosa)
    note = Note.objects.get(weight="blocker")
    client.force_login(rosa)
    client.post(address(translation), {"passage": "p1", "resolve": note.pk})
    move(translation, "approve", by=rosa)
