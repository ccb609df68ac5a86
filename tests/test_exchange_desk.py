"""The exchange at the desk, over HTTP: files out, a look at what came back, and paper."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appeals.exchange.parsing import MAX_BYTES
from appeals.models import Passage
from editorial.editing import editing
from editorial.models import Contribution
from editorial.states import State
from tests.cast import approve, join, translate, write_appeal
from tests.desk import fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation():
    return translate(write_appeal(passages=3, slug="lake"), by=join("tariq"))


@pytest.fixture
def edda(client):
    client.force_login(join("edda"))
    return join("edda")


def address(translation, page="exchange", *more):
    return reverse(f"admin:appeals_translation_{page}", args=[translation.pk, *more])


def export(client, translation, form="xliff-1.2"):
    response = client.get(address(translation, "download", form))
    assert response.status_code == 200
    return response.content.decode()


def send(client, translation, text):
    """Send a file back, and return the page that shows what it would change."""
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(address(translation), {"file": SimpleUploadedFile("back.xlf", data)})


def shown(response):
    """Return what the preview says about each passage."""
    page = response.content.decode()
    found = re.findall(r'<article class="arrival \w+".*?</article>', page, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", article).split()) for article in found]


def confirm(client, translation, response, **changes):
    """Press the button on the preview, with the boxes ticked as they are unless said."""
    return client.post(address(translation), fields(response) | changes, follow=True)


def texts(translation):
    return [rendering.text for rendering in translation.renderings.all()]


def correct(appeal, key, text):
    with editing(appeal, by=join("wanda")):
        passage = appeal.passages.get(key=key)
        passage.text = text
        passage.save()


def edit(translation, key, text):
    with editing(translation, by=join("tariq")):
        rendering = translation.renderings.get(passage__key=key)
        rendering.text = text
        rendering.revision += 1
        rendering.save()


def take_away(translation, key):
    translation.renderings.get(passage__key=key).delete()
    translation.appeal.passages.get(key=key).delete()


BEFORE = ["Passage 1.", "Passage 2.", "Passage 3."]


def test_the_addresses_are_those_promised(translation):
    base = f"/admin/appeals/translation/{translation.pk}"
    assert address(translation, "sheet") == f"{base}/sheet/"
    assert address(translation, "download", "tmx") == f"{base}/exchange/tmx/"


@pytest.mark.parametrize("page", ["exchange", "sheet", "exchange/tmx"])
def test_visitors_sign_in_and_moderators_see_nothing(client, translation, page):
    where = f"/admin/appeals/translation/{translation.pk}/{page}/"
    assert "/login/" in client.get(where).url
    client.force_login(join("mato"))
    assert client.get(where).status_code == 403
    client.force_login(join("wanda"))
    assert client.get(where).status_code == 200
    assert client.get(where.replace(f"/{translation.pk}/", "/99999/")).status_code == 404


@pytest.mark.parametrize(
    ("form", "kind", "name", "start"),
    [
        ("xliff-1.2", "application/xliff+xml", "lake.en.xlf", '<xliff xmlns="urn'),
        ("xliff-2.1", "application/xliff+xml", "lake.en.xlf", "<xliff"),
        ("tmx", "application/xml", "lake.en.tmx", '<tmx version="1.4">'),
    ],
)
def test_a_file_is_downloaded(client, translation, edda, form, kind, name, start):
    offered = client.get(address(translation)).content.decode()
    assert f'href="{address(translation, "download", form)}"' in offered
    response = client.get(address(translation, "download", form))
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert start in response.content.decode()


def test_an_unknown_format_is_not_found(client, translation, edda):
    assert client.get(address(translation, "download", "docx")).status_code == 404


def test_an_appeal_without_passages_says_so(client, edda):
    bare = translate(write_appeal(passages=0), by=edda)
    response = client.get(address(bare, "download", "tmx"), follow=True)
    assert "There is no passage yet: nothing to translate." in response.content.decode()
    assert "no passages yet" in client.get(address(bare, "sheet")).content.decode()


def test_what_would_change_is_shown_and_nothing_written(client, translation, edda):
    text = export(client, translation)
    correct(translation.appeal, "p1", "Абзац первый.")
    Passage.objects.create(appeal=translation.appeal, key="p4", position=4, text="Ещё.")
    response = send(client, translation, text.replace("Passage 2.", "Passage two."))
    assert shown(response) == [
        "§ p1 refused: the original was changed since the export Абзац первый. Passage 1.",
        "§ p2 another text Take in § p2 Абзац 2. Passage 2. two.",
        "§ p3 unchanged",
    ]
    page = response.content.decode()
    assert "Nothing is written yet." in page
    assert "1 passage is not in the file; it stays as it is." in page
    assert texts(translation) == BEFORE


def test_what_is_confirmed_is_taken_in_to_be_reviewed(client, translation, edda):
    approve(translation)
    text = export(client, translation).replace("Passage 2.", "Two.\n\nParagraphs.")
    response = confirm(client, translation, send(client, translation, text))
    assert response.redirect_chain == [(address(translation, "review"), 302)]
    assert "1 passage taken in, to be reviewed." in response.content.decode()
    assert texts(translation) == ["Passage 1.", "Two.\n\nParagraphs.", "Passage 3."]
    found = [(r.state, r.author.username) for r in translation.renderings.all()]
    assert found == [(State.APPROVED, "tariq"), (State.DRAFT, "edda"), (State.APPROVED, "tariq")]
    assert Contribution.objects.about(translation).filter(user=edda).exists()


def test_what_is_not_ticked_stays(client, translation, edda):
    text = export(client, translation).replace("Passage", "Verse")
    confirm(client, translation, send(client, translation, text), take=["p1", "p3"])
    assert texts(translation) == ["Verse 1.", "Passage 2.", "Verse 3."]
    response = confirm(client, translation, send(client, translation, text), take=[])
    assert "0 passages taken in" in response.content.decode()


def test_what_was_edited_here_is_taken_in_only_on_request(client, translation, edda):
    text = export(client, translation).replace("Passage 2.", "There.")
    edit(translation, "p2", "Here.")
    response = send(client, translation, text)
    assert shown(response)[1].startswith(
        "§ p2 refused: the rendering was edited here since the export Take in all the same"
    )
    confirm(client, translation, response)
    assert texts(translation)[1] == "Here."
    confirm(client, translation, response, take=["p2"])
    assert texts(translation)[1] == "There."


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (lambda t: edit(t, "p2", "Here."), "the rendering was edited here since the export"),
        (lambda t: correct(t.appeal, "p2", "Иначе."), "the original was changed since the export"),
        (
            lambda t: take_away(t, "p2"),
            "the appeal has no such passage",
        ),
    ],
    ids=["rendering", "original", "passage"],
)
def test_what_changes_after_the_preview_is_refused(client, translation, edda, happens, reason):
    text = export(client, translation).replace("Passage", "Verse")
    response = send(client, translation, text)
    happens(translation)
    page = confirm(client, translation, response).content.decode()
    assert f"§ p2: refused: {reason}." in page
    assert "2 passages taken in" in page
    assert "Verse 2." not in texts(translation)


def test_a_preview_is_good_for_its_own_translation_and_as_it_was_signed(client, translation, edda):
    other = translate(write_appeal(passages=3, slug="other"), by=edda)
    text = export(client, translation).replace("Passage 2.", "Two.")
    data = fields(send(client, translation, text))
    broken = data | {"parcel": data["parcel"][0] + "x"}
    for response in (client.post(address(other), data), client.post(address(translation), broken)):
        assert response.status_code == 400
        assert "older than a day, or broken" in response.content.decode()
    assert texts(translation) == texts(other) == BEFORE


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Dear editors,", "This is not well-formed XML"),
        (b"x" * (MAX_BYTES + 1), "larger than 10 MB"),
        (b"PK\x03\x04", "This is a package"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "entities of its own"),
        (None, "Choose a file first."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    client, translation, edda, data, said
):
    response = send(client, translation, data) if data else client.post(address(translation))
    assert response.status_code == 400
    assert said in response.content.decode()


def test_a_file_that_is_too_much_for_the_desk_is_sent_to_the_command(
    client, translation, edda, settings
):
    text = export(client, translation).replace("Passage", "Verse")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
    assert "use import_translation" in send(client, translation, text).content.decode()


@pytest.mark.parametrize("who", ["rosa", "wanda"])
def test_who_does_not_translate_takes_files_but_sends_none(client, translation, edda, who):
    text = export(client, translation).replace("Passage 2.", "Two.")
    data = fields(send(client, translation, text))
    client.force_login(join(who))
    assert 'type="file"' not in client.get(address(translation)).content.decode()
    assert send(client, translation, text).status_code == 403
    assert client.post(address(translation), data).status_code == 403
    assert texts(translation) == BEFORE


def test_what_a_file_cannot_hold_is_said_before_it_leaves(client, translation, edda):
    correct(translation.appeal, "p2", "Строка\x0bстрока")
    assert re.search(r"Characters that .*: § p2", client.get(address(translation)).content.decode())


def test_what_comes_back_is_shown_as_text(client, translation, edda):
    text = export(client, translation).replace("Passage 2.", "&lt;script&gt;x&lt;/script&gt;")
    assert "<script>x" not in send(client, translation, text).content.decode()


def test_the_sheet_numbers_the_passages(client, translation, edda):
    appeal = translation.appeal
    appeal.signatories.create(name="Ilyas Temirov", name_status="public", role="Chair")
    correct(appeal, "p2", "Один.\n\nДва.")
    Passage.objects.create(appeal=appeal, key="p4", position=4, kind="slogan")
    page = client.get(address(translation, "sheet")).content.decode()
    assert re.findall(r'<th scope="row">(\d+) <small>§ (\w+)', page) == [
        ("1", "p1"),
        ("2", "p2"),
        ("3", "p3"),
        ("4", "p4"),
    ]
    assert '<td lang="ru" dir="ltr"><p>Один.</p>\n\n<p>Два.</p></td>' in page
    assert '<td lang="en" dir="ltr"><p>Passage 1.</p></td>' in page
    assert "not transcribed" in page
    assert not re.search("Temirov|Chair", page)


def test_the_review_leads_to_the_exchange_and_the_sheet(client, translation, edda):
    page = client.get(address(translation, "review")).content.decode()
    assert address(translation) in page
    assert address(translation, "sheet") in page


@pytest.mark.parametrize("page", ["exchange", "sheet"])
def test_no_page_asks_more_of_more_passages(client, edda, django_assert_num_queries, page):
    few = translate(write_appeal(passages=1, slug="few"), by=edda)
    many = translate(write_appeal(passages=30, slug="many"), by=edda)
    with CaptureQueriesContext(connection) as asked:
        client.get(address(few, page))
    with django_assert_num_queries(len(asked)):
        client.get(address(many, page))
