"""The sweep finds a name wherever it stands, and what is typed is kept nowhere."""

import io
import logging

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from PIL import Image

from appeals.evidence.looking import look_into_originals
from appeals.models import SourceDocument
from blog.models import Comment, Post
from editorial.matching import Needle
from editorial.models import Note, Redaction
from editorial.sweeping import NO_NAMES, is_made_anew, sweep, swept_models, text_fields
from tests import scans
from tests.cast import ROLE_OF, join, write_post
from tests.desk import sit
from tests.newsroom import ANA, build

pytestmark = pytest.mark.django_db
NAMES = "\n".join(ANA.values)


@pytest.fixture
def newsroom():
    return build(ANA)


def ask(who="edda", names=NAMES, **data):
    return sit(who).post(reverse("admin:sweep"), {"names": names, "do": "sweep"} | data)


def take_out(who="edda", **data):
    asked = {"do": "redact", "ground": "At her request", "sure": "on"} | data
    client = sit(who)
    return client, client.post(reverse("admin:sweep"), {"names": NAMES} | asked)


# --- what is searched -------------------------------------------------------------------------


def test_every_text_column_of_every_model_is_searched_or_there_is_a_reason():
    searched = {(model, field.name) for model in swept_models() for field in text_fields(model)}
    text = (models.CharField, models.TextField, models.JSONField, models.FileField)
    left_out = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        if model._meta.label_lower not in NO_NAMES and not is_made_anew(model)
        for field in model._meta.concrete_fields
        if isinstance(field, text) and (model, field.name) not in searched and not field.choices
    }
    words = {"digest", "sha256", "salts", "redactions", "password", "language", "script"}
    words |= {"receipt", "alike"}
    assert {name for name in left_out if not any(name.endswith(word) for word in words)} == set()
    assert len(searched) > 130


def test_a_place_in_every_corner_is_listed_with_its_way(newsroom):
    page = ask().content.decode()
    for label in (
        *("Posts", "Historical posts", "Post editions", "Labels", "Comments", "Sources"),
        *("Appeals", "Appeal editions", "Passages", "Signatories", "Documents", "Organisations"),
        *("Translations", "Renderings", "Historical renderings", "Translation editions", "People"),
        *("Name memory", "Spellings", "Not the same as", "Decisions", "Notes", "Notices"),
        *("Addresses", "Log entries"),
    ):
        assert f"<h3>{label} <span" in page, label
    for item in (newsroom.post, newsroom.appeal, newsroom.translation):
        assert f'href="{item.desk_path()}"' in page
    assert f'href="{newsroom.other.desk_path()}"' not in page
    assert f'href="{Comment.objects.filter(state="spam").get().desk_path()}"' in page
    assert "/signatories/0/name" in page
    assert "Ask Ana Petrel first." in page


def test_a_text_without_the_name_is_no_place():
    write_post(body="<p>Nobody is named.</p>")
    assert "It stands in 0 places" in ask().content.decode()


def test_a_new_kind_of_row_is_searched_by_itself(newsroom):
    Note.objects.all().delete()
    assert Note not in {hit.model for hit in sweep(Needle(ANA.values))}
    Note.objects.create(item=newsroom.post, text="x", place="ana-petrel")
    assert Note in {hit.model for hit in sweep(Needle(ANA.values))}


def test_many_rows_take_seconds_and_not_minutes(django_assert_max_num_queries):
    post = write_post()
    text = "They met at the old well at dawn, and nobody said who had called them. " * 8
    Comment.objects.bulk_create(Comment(post=post, text=f"{text}{n}") for n in range(2000))
    Comment.objects.filter(text__endswith="1999").update(text="Ana Petrel called them.")
    with django_assert_max_num_queries(len(swept_models()) + 5):
        assert [hit.model for hit in sweep(Needle(ANA.values))] == [Comment]


# --- nothing is kept --------------------------------------------------------------------------


def test_what_is_typed_is_in_that_answer_alone(newsroom, caplog):
    caplog.set_level(logging.DEBUG)
    statements = []

    def note(execute, sql, params, many, context):
        statements.append(f"{sql} {params}")
        return execute(sql, params, many, context)

    client = sit("edda")
    before = Redaction.objects.count(), LogEntry.objects.count()
    with connection.execute_wrapper(note):
        answer = client.post(reverse("admin:sweep"), {"names": "Zora Quince", "do": "sweep"})
    assert "Zora Quince</textarea>" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Quince" not in " ".join([*statements, caplog.text, *map(str, answer.headers.values())])
    assert not any("Quince" in str(s.get_decoded()) for s in Session.objects.all())
    assert (Redaction.objects.count(), LogEntry.objects.count()) == before
    again = client.get(reverse("admin:sweep"), {"names": "Zora Quince"})
    assert "Quince" not in again.content.decode()
    assert "no-store" in again.headers["Cache-Control"]


def test_it_takes_a_post_of_the_desks_own_form(newsroom, client):
    assert client.get(reverse("admin:sweep")).status_code == 302
    strict = type(client)(enforce_csrf_checks=True)
    strict.force_login(join("edda"))
    assert strict.post(reverse("admin:sweep"), {"names": NAMES}).status_code == 403
    assert sit("edda").put(reverse("admin:sweep")).status_code == 405


@pytest.mark.parametrize("names", ["", "  \n ", "A", "-"])
def test_nothing_to_look_for_is_said(names):
    answer = ask(names=names)
    assert answer.status_code == 400
    assert "It stands in" not in answer.content.decode()


# --- who may ----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ROLE_OF)
def test_every_role_may_look_and_editors_may_redact(newsroom, who):
    page = ask(who).content.decode()
    assert "It stands in" in page
    assert ("Take it out of all of them" in page) is (who == "edda")


def test_what_is_not_yours_to_see_is_only_counted(newsroom):
    page = ask("mato").content.decode()
    assert "<h3>Translations <span" in page
    assert "Said Ana" not in page
    assert "I know Ana Petrel." in page


def test_who_has_no_role_sees_nothing(newsroom, django_user_model):
    guest = django_user_model.objects.create(username="guest", is_staff=True)
    client = Client()
    client.force_login(guest)
    assert client.get(reverse("admin:sweep")).status_code == 403
    assert client.post(reverse("admin:sweep"), {"names": NAMES}).status_code == 403


# --- the redaction one click away ---------------------------------------------------------------


def test_one_click_takes_it_out(newsroom, client):
    desk, answer = take_out()
    assert (answer.status_code, answer.url) == (302, reverse("admin:sweep"))
    page = desk.get(answer.url).content.decode()
    assert f"{Redaction.objects.get().places} places redacted." in page
    assert "etrel" not in page
    assert "It stands in 0 places" in ask().content.decode()
    assert Redaction.objects.get().by_name == "Edda"


@pytest.mark.parametrize(
    ("data", "said"), [({"ground": ""}, "This field is required"), ({"sure": ""}, "required")]
)
def test_without_a_ground_or_the_confirmation_nothing_happens(newsroom, data, said):
    _desk, answer = take_out(**data)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert "Take it out of all of them" in answer.content.decode()
    assert Post.objects.filter(title__contains="Petrel").exists()
    assert not Redaction.objects.exists()


@pytest.mark.parametrize("who", [who for who in ROLE_OF if who != "edda"])
def test_only_editors_redact(newsroom, who):
    _desk, answer = take_out(who)
    assert answer.status_code == 403
    assert not Redaction.objects.exists()


def test_a_message_that_waits_in_a_session_does_not_keep_the_name(newsroom):
    wanda = sit("wanda")
    wanda.post(reverse("admin:blog_label_add"), {"name": "Ana Petrel again", "slug": "again"})
    assert any("Petrel" in str(s.get_decoded()) for s in Session.objects.all())
    take_out()
    assert not any("Petrel" in str(s.get_decoded()) for s in Session.objects.all())
    assert wanda.get(reverse("admin:index")).status_code == 200


def test_whole_words_are_asked_for(newsroom):
    write_post(body="<p>The petrels came.</p>")
    found = [
        "petrels came" in ask(names="petrel", **more).content.decode()
        for more in ({}, {"whole_words": "on"})
    ]
    assert found == [True, False]


# --- files ------------------------------------------------------------------------------------


@pytest.fixture
def originals(newsroom):
    """Keep originals, all but one of which tell in their metadata who it was."""
    data = {
        "jpeg": scans.told(),
        "png": scans.told(kind="PNG"),
        "tiff": scans.tiff(2),
        "heic": scans.HEIC,
        "pdf": scans.pdf(),
        "cyrillic": exif_of("Снято: Ана Петрель"),
        "cut off": scans.told(kind="PNG")[:40],
    }
    for title, file in data.items():
        document = SourceDocument(appeal=newsroom.appeal, title=title)
        document.original.save("original", ContentFile(file))
    yield data
    for document in SourceDocument.objects.exclude(original=""):
        document.original.delete(save=False)


def exif_of(author):
    """Return a photograph whose EXIF has an author as Windows writes one."""
    exif = Image.Exif()
    exif[0x9C9D] = author.encode("utf-16-le")
    file = io.BytesIO()
    scans.sheet((40, 30)).save(file, "JPEG", exif=exif)
    return file.getvalue()


def test_the_metadata_of_kept_originals_is_looked_into(originals, caplog):
    with caplog.at_level(logging.DEBUG):
        response = ask()
    [group] = [group for group in response.context["groups"] if group.is_file]
    found = {place.what.rpartition(": ")[2]: place.excerpt for place in group.places}
    assert found.keys() == originals.keys() - {"cut off"}
    assert "Ана Петрель" in found["cyrillic"]
    assert response.context["unread"] == 1
    text = response.content.decode()
    assert "1 kept original was not looked into" in text
    assert "A redaction changes no file" in text
    assert not {line for line in caplog.messages if "Petrel" in line or "Петрель" in line}
    assert response.context["redactable"] == response.context["count"] - len(found)


def test_who_may_not_open_originals_is_told_their_number(originals):
    [group] = [group for group in ask("mato").context["groups"] if group.is_file]
    assert (group.count, group.places) == (len(originals) - 1, [])


def test_originals_are_looked_into_within_limits(originals, monkeypatch):
    monkeypatch.setattr("appeals.evidence.looking.FILES", 3)
    looked = look_into_originals(Needle(ANA.values))
    assert [document.title for document, _text in looked.found] == ["cyrillic", "pdf"]
    assert looked.unread == 5
    monkeypatch.setattr("appeals.evidence.looking.SECONDS", 0)
    assert look_into_originals(Needle(ANA.values)).unread == len(originals)
    monkeypatch.setattr("appeals.evidence.looking.BYTES", 0)
    assert look_into_originals(Needle(ANA.values)).unread == len(originals)
