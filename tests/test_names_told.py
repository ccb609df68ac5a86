"""How readers learn whose name is spelled otherwise: from the edition, once, in every way."""

import re

import pytest
from django.urls import reverse

from appeals.models import CanonicalName, NameVariant
from appeals.naming.answering import answer
from appeals.naming.linking import link_everywhere
from editorial.editing import editing
from editorial.models import Contribution
from editorial.redacting import redact
from editorial.sealing import publish
from editorial.states import CannotNow
from editorial.verifying import verify
from tests.cast import approve, join, translate, write_appeal, write_post

pytestmark = pytest.mark.django_db

TOLD = re.compile(
    r'<span class="spelled" tabindex="0">([^<]*)<span class="usual" lang="en" dir="ltr"> '
    r"\(usually ([^<]*)\)</span></span>"
)


def teach(canonical="Oirat Kuldin", *variants):
    name = CanonicalName.objects.create(text=canonical)
    for text in variants or ("Airat Kuldin", "Айрат Кульдин"):
        name.variants.create(text=text)
    link_everywhere(name.variants.all(), by=None)
    return name


@pytest.fixture
def edda():
    return join("edda")


@pytest.fixture
def translation():
    appeal = write_appeal(slug="lake", by=join("tariq"))
    with editing(appeal, by=join("tariq")):
        for key, text in (("p1", "Говорил Айрат Кульдин."), ("p2", "С Айратом Кульдиным ушли.")):
            passage = appeal.passages.get(key=key)
            passage.text = text
            passage.save()
    translation = translate(appeal, by=join("tariq"))
    with editing(translation, by=join("tariq")):
        translation.renderings.filter(passage__key="p1").update(text="Airat Kuldin & <b> spoke.")
        translation.renderings.filter(passage__key="p2").update(text="They left with Airat Kuldin.")
    return translation


def seal(translation, edda):
    for item in (translation.appeal, translation):
        publish(approve(item), by=edda)


def told(client, url):
    return TOLD.findall(client.get(url).content.decode())


ENGLISH, RUSSIAN = ("Airat Kuldin", "Oirat Kuldin"), ("Айрат Кульдин", "Oirat Kuldin")


def test_readers_are_told_once_a_page_and_side(client, translation, edda):
    teach()
    seal(translation, edda)
    assert translation.editions.get().data["names"] == [
        {"text": "Airat Kuldin", "canonical": "Oirat Kuldin"}
    ]
    assert told(client, "/appeals/lake/") == told(client, "/appeals/lake/en/") == [ENGLISH]
    assert told(client, "/appeals/lake/ru/") == [RUSSIAN]
    assert told(client, "/appeals/lake/en+ru/") == [ENGLISH, RUSSIAN]
    assert told(client, "/appeals/lake/en/editions/1/") == [ENGLISH]
    assert told(client, "/appeals/lake/editions/1/") == [RUSSIAN]
    page = client.get("/appeals/lake/en/").content.decode()
    assert "&amp; &lt;b&gt; spoke." in page
    assert "They left with Airat Kuldin." in page


def test_a_text_without_such_names_is_sealed_as_ever(translation, edda):
    teach("Somebody", "Some Body")
    seal(translation, edda)
    assert "names" not in translation.editions.get().data
    assert "names" not in translation.appeal.editions.get().data


def test_what_the_site_learns_later_is_told_by_the_next_edition(client, translation, edda):
    seal(translation, edda)
    teach()
    assert told(client, "/appeals/lake/en/") == []
    assert translation.is_unpublished()
    with pytest.raises(CannotNow, match="no longer what was approved"):
        publish(translation, by=edda)
    from editorial.moving import move

    move(translation, "reopen", by=edda)
    publish(approve(translation), by=edda)
    assert told(client, "/appeals/lake/en/") == [ENGLISH]
    compared = client.get("/appeals/lake/en/editions/1-2/").content.decode()
    assert "Airat Kuldin: Oirat Kuldin" in re.sub("<[^>]+>", "", compared)


def test_a_spelling_that_leaves_the_text_leaves_the_edition(translation):
    teach()
    assert "names" in translation.content()
    with editing(translation, by=join("tariq")):
        translation.renderings.update(text="Nobody spoke.")
    assert "names" not in translation.content()


def test_in_a_post_not_inside_a_link_or_a_tag(client, edda):
    teach("Oirat", "Airat", "Ayrat")
    body = (
        '<p lang="en">In <a href="https://a.example/Airat">Airat’s letter</a>, '
        '<em title="Ayrat">Airat</em> &amp; Airat. Then <b>Ay</b>rat, and “Ayrat”.</p>'
    )
    post = write_post(by=join("wanda"), body=body, language="en")
    url = publish(approve(post), by=edda).get_absolute_url()
    page = client.get(url).content.decode()
    assert TOLD.findall(page) == [("Airat", "Oirat"), ("Ayrat", "Oirat")]
    assert '>Airat’s letter</a>, <em><span class="spelled"' in page
    assert "Airat" in post.editions.get().data["body"]
    assert "spelled" not in post.editions.get().data["body"]


def test_what_a_language_has_of_its_own_in_another_script_is_not_told(translation):
    name = CanonicalName.objects.create(text="Oirat Kuldin")
    name.variants.create(text="Айрат Кульдин", language="ru")
    name.variants.create(text="Oirat Kuldins")
    link_everywhere(name.variants.all(), by=None)
    assert "names" not in translation.appeal.content()


def test_what_two_names_share_is_not_told(translation):
    teach()
    teach("Airat of the ford", "Airat Kuldin")
    assert "names" not in translation.content()


def test_a_redacted_name_is_told_no_more_and_the_edition_verifies(client, translation, edda):
    teach()
    seal(translation, edda)
    redact(["Oirat Kuldin"], by=None, ground="Asked for.")
    assert told(client, "/appeals/lake/en/") == []
    assert "Airat Kuldin" in client.get("/appeals/lake/en/").content.decode()
    assert "Oirat" not in translation.editions.get().content
    assert list(verify()) == []


def test_whoever_edits_the_memory_worked_on_the_texts_with_the_name(client, translation, edda):
    name = teach()
    variant = name.variants.get(text="Airat Kuldin")
    client.force_login(edda)
    sent = {
        **{"text": "Oirat Qoldin", "note": ""},
        **{"variants-TOTAL_FORMS": 1, "variants-INITIAL_FORMS": 1, "variants-0-id": variant.pk},
        **{"variants-0-name": name.pk, "variants-0-text": variant.text},
        **{"distinctions-TOTAL_FORMS": 0, "distinctions-INITIAL_FORMS": 0},
    }
    page = reverse("admin:appeals_canonicalname_change", args=[name.pk])
    assert client.post(page, sent).status_code == 302
    assert translation.content()["names"] == [{"text": "Airat Kuldin", "canonical": "Oirat Qoldin"}]
    for item in (translation, translation.appeal):
        assert Contribution.objects.about(item).filter(user=edda).exists()


def test_an_answer_reaches_the_texts_that_have_the_name(translation):
    with editing(translation, by=join("tariq")):
        translation.renderings.filter(passage__key="p2").update(text="Then Ayrat Kuldin left.")
    answer(translation, "Airat Kuldin", "Ayrat Kuldin", "same", by=join("edda"))
    assert translation.content()["names"] == [{"text": "Ayrat Kuldin", "canonical": "Airat Kuldin"}]
    assert NameVariant.objects.count() == 1
