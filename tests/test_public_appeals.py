"""What readers see of appeals, of their texts and of organisations."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals.models import Appeal, Issuer, Organisation, Person, Signatory, Translation
from editorial.editing import editing
from editorial.sealing import publish, withdraw
from tests.cast import approve, join, translate, write_appeal, write_post

pytestmark = pytest.mark.django_db
LAKE = "/appeals/lake/"


@pytest.fixture
def edda():
    return join("edda")


def sign(appeal, **fields):
    Signatory.objects.create(appeal=appeal, **{"kind": "person", "position": 1} | fields)


def written(passages=2, signatories=(), **fields):
    appeal = write_appeal(by=join("tariq"), passages=passages, slug="lake", **fields)
    with editing(appeal, by=join("tariq")):
        council = Organisation.objects.get_or_create(name="Council of the Lake")[0]
        Issuer.objects.create(appeal=appeal, organisation=council)
        for position, signatory in enumerate(signatories):
            sign(appeal, position=position, **signatory)
    return appeal


@pytest.fixture
def lake(edda):
    """An appeal that is public in Russian and in English."""
    appeal = written(original_title="К людям озера")
    edition = publish(approve(appeal), by=edda)
    publish(approve(translate(appeal, by=join("tariq"))), by=edda)
    return edition


def rewrite(appeal, by, key="p1", text="Абзац, исправленный."):
    appeal = Appeal.objects.get(pk=appeal.item_id)
    with editing(appeal, by=join("tariq")):
        passage = appeal.passages.get(key=key)
        passage.text = text
        passage.save()
    return publish(approve(appeal), by=by, kind="correction", note="A slip of the pen.")


def test_an_appeal_shows_its_translation(client, lake):
    page = client.get(LAKE).content.decode()
    assert "To the people of the lake</h1>" in page
    assert '<p class="original" lang="ru" dir="ltr">К людям озера</p>' in page
    assert "Passage 1." in page
    assert "Абзац 1." not in page
    assert "/organisations/council-of-the-lake/" in page


def test_each_text_has_its_page(client, lake):
    original = client.get(f"{LAKE}ru/").content.decode()
    assert "Абзац 1." in original
    assert 'class="passages" lang="ru" dir="ltr"' in original
    assert "Passage 1." in client.get(f"{LAKE}en/").content.decode()
    assert client.get(f"{LAKE}fr/").status_code == 404


def test_two_texts_stand_side_by_side_row_by_row(client, lake):
    page = client.get(f"{LAKE}en+ru/").content.decode()
    found = re.findall(r'id="(p\d)"|(Passage \d\.)|(Абзац \d\.)', page)
    assert ["".join(hit) for hit in found] == [
        *("p1", "Passage 1.", "Абзац 1."),
        *("p2", "Passage 2.", "Абзац 2."),
    ]
    assert client.get(f"{LAKE}en+en/").status_code == 404
    assert client.get(f"{LAKE}en+fr/").status_code == 404


def test_a_translation_of_what_was_corrected_since_says_so(client, lake, edda):
    sentence = "; this passage is being checked again."
    assert sentence not in client.get(f"{LAKE}en/").content.decode()
    rewrite(lake, edda)
    for url in (LAKE, f"{LAKE}en/", f"{LAKE}en+ru/"):
        assert client.get(url).content.decode().count(sentence) == 1
    rewrite(lake, edda, text="Абзац 1.")
    assert sentence not in client.get(f"{LAKE}en/").content.decode()


def test_what_was_not_transcribed_is_said(client, edda):
    appeal = written()
    with editing(appeal, by=join("tariq")):
        appeal.passages.filter(key="p2").update(text="")
    publish(approve(appeal), by=edda)
    page = client.get(f"{LAKE}ru/").content.decode()
    assert page.count("Not transcribed") == 1


def test_an_original_of_which_nothing_was_transcribed_says_so_once(client, edda):
    appeal = written()
    with editing(appeal, by=join("tariq")):
        appeal.passages.update(text="")
    publish(approve(appeal), by=edda)
    publish(approve(translate(appeal, by=join("tariq"))), by=edda)
    for address in ("ru/", "en+ru/", "ru+en/"):
        page = client.get(f"{LAKE}{address}").content.decode()
        assert page.count("The original is not transcribed.") == 1
        assert page.count("Not transcribed") == 0
        assert ('id="p1"' in page, 'id="p2"' in page) == (True, True)


def test_a_draft_translation_is_nowhere(client, edda):
    appeal = written()
    publish(approve(appeal), by=edda)
    translate(appeal, by=join("tariq"))
    page = client.get(LAKE).content.decode()
    assert "Абзац 1." in page
    assert "Passage 1." not in page
    for address in ("en/", "en+ru/", "en/editions/"):
        there, missing = (
            client.get(f"{LAKE}{address}"),
            client.get(LAKE + address.replace("en", "fr")),
        )
        assert there.status_code == 404
        assert there.content == missing.content


def test_a_withdrawn_translation_is_gone_and_the_appeal_stays(client, lake, edda):
    withdraw(Translation.objects.get(), by=edda, note="The translator asked.")
    answer = client.get(f"{LAKE}en/")
    assert answer.status_code == 410
    assert "The translator asked." in answer.content.decode()
    assert "Абзац 1." in client.get(LAKE).content.decode()


def test_unnamed_signatories_are_plain_facts(client, edda):
    signatories = [
        {"name": "Anna Levkoeva", "name_status": "public", "role": "Chair", "group": "Presidium"},
        {"name_status": "not_given", "role": "Vice-presidents", "kind": "group", "count": 3},
        {"name_status": "not_given", "role": "the fifth form", "kind": "group", "count": 9},
        {"name_status": "withheld", "role": "Secretary"},
        {"name_status": "illegible"},
        {"name_status": "pending"},
    ]
    publish(approve(written(signatories=signatories)), by=edda)
    page = client.get(LAKE).content.decode()
    assert "Anna Levkoeva" in page
    assert re.findall(r'class="unnamed">([^<]*)<', page) == [
        "Three vice-presidents, names not given",
        "The fifth form (nine), names not given",
        "Secretary, name withheld",
        "Name illegible",
        "Name pending",
    ]


def test_a_correction_of_the_original_can_be_compared(client, lake, edda):
    rewrite(lake, edda)
    assert "A slip of the pen." in client.get(LAKE).content.decode()
    comparison = client.get(f"{LAKE}editions/1-2/").content.decode()
    assert "<del>Абзац 1.</del><ins>Абзац, исправленный.</ins>" in comparison
    assert "Абзац 1." in client.get(f"{LAKE}editions/1/").content.decode()
    assert client.get(f"{LAKE}en/editions/1/").status_code == 200


def test_an_organisation_lists_what_it_issued(client, lake):
    Organisation.objects.create(name="Secret Society")
    page = client.get("/organisations/council-of-the-lake/").content.decode()
    assert "To the people of the lake" in page
    assert client.get("/organisations/secret-society/").status_code == 404


def test_a_person_who_signed_has_a_page(client, edda):
    anna = Person.objects.create(name="Anna Levkoeva")
    signatory = {"name": "A. Levkoeva", "name_status": "public", "person": anna}
    publish(approve(written(signatories=[signatory])), by=edda)
    Person.objects.create(name="Nobody Yet")
    assert "To the people of the lake" in client.get("/people/anna-levkoeva/").content.decode()
    assert client.get("/people/nobody-yet/").status_code == 404


def test_an_appeal_names_the_commentary_on_it(client, lake, edda):
    post = write_post(by=join("wanda"), title="What the lake asks")
    with editing(post, by=join("wanda")):
        post.presented.create(appeal_id=lake.item_id)
    assert "What the lake asks" not in client.get(LAKE).content.decode()
    edition = publish(approve(post), by=edda)
    assert "What the lake asks" in client.get(LAKE).content.decode()
    assert f'href="{LAKE}"' in client.get(edition.get_absolute_url()).content.decode()


def test_pages_ask_as_often_for_many_passages_as_for_few(client, edda):
    def asked(url):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    urls = (LAKE, f"{LAKE}en/", f"{LAKE}ru/", f"{LAKE}en+ru/", f"{LAKE}editions/", "/appeals/")
    counts = []
    for passages, signed in ((2, 1), (30, 40)):
        slug = f"lake-{passages}"
        people = [{"name": f"Name {n}", "name_status": "public"} for n in range(signed)]
        appeal = written(passages=passages, signatories=people)
        with editing(appeal, by=join("tariq")):
            appeal.slug = slug
            appeal.save()
        publish(approve(appeal), by=edda)
        publish(approve(translate(appeal, by=join("tariq"))), by=edda)
        counts.append([asked(url.replace("/lake/", f"/{slug}/")) for url in urls])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 8


def test_a_second_translation_has_an_address_of_its_own(client, edda):
    appeal = write_appeal(slug="lake")
    publish(approve(appeal), by=edda)
    first = publish(approve(translate(appeal)), by=edda)
    second = Translation.objects.create(
        appeal=appeal, language="en", title="Second", label="by a machine", is_principal=False
    )
    for passage in appeal.passages.all():
        second.renderings.create(passage=passage, text="Machine words.")
    second = publish(approve(second), by=edda)
    url = f"/appeals/lake/en/{second.key}/"
    assert second.get_absolute_url() == url
    assert url in client.get("/appeals/lake/en/").content.decode()
    page = client.get(url)
    assert "Machine words." in page.content.decode()
    assert client.get(f"{url}editions/").status_code == 200
    plain = client.get(f"/appeals/lake/en/{first.key}/")
    assert (plain.status_code, plain["Location"]) == (301, "/appeals/lake/en/")
    assert client.get("/appeals/lake/en/bcdfghjk/").status_code == 404


def test_a_choice_of_translations_says_in_which_language_each_is_called(client, edda):
    appeal = write_appeal(slug="lake")
    publish(approve(appeal), by=edda)
    for is_principal, label in ((True, ""), (False, "by a machine & unedited")):
        translation = Translation.objects.create(
            appeal=appeal, language="uk", title="Озеро", label=label, is_principal=is_principal
        )
        Translation.objects.filter(pk=translation.pk).update(
            translator="Ann Lee", translator_status="public"
        )
        translation.refresh_from_db()
        for passage in appeal.passages.all():
            translation.renderings.create(passage=passage, text="Слова.")
        publish(approve(translation), by=edda)
    page = client.get("/ar/appeals/lake/uk/").content.decode()
    assert '<a href="/ar/appeals/lake/uk/" aria-current="page"><span lang="uk" dir="ltr">' in page
    assert '<span lang="en" dir="ltr">by a machine &amp; unedited</span></a>' in page
    assert page.count('<bdi lang="en" dir="ltr">Ann Lee</bdi>') == 1
    aside = client.get("/ar/appeals/lake/ru+uk/").content.decode()
    assert 'ترجمة <bdi lang="en" dir="ltr">Ann Lee</bdi>' in aside
    assert ">by a machine &amp; unedited</a>" in client.get("/appeals/lake/uk/").content.decode()


def test_readers_know_what_a_text_is_before_they_read_it(client, edda):
    appeal = written(basis="a photostat of the document")
    publish(approve(appeal), by=edda)
    translation = translate(appeal, by=join("tariq"))
    translation.label, translation.method = "informal translation", "post_edited"
    translation.save()
    publish(approve(translation), by=edda)
    told = (
        "Informal translation from Russian, machine translation, edited by hand; "
        "based on a photostat of the document."
    )
    for address in (LAKE, f"{LAKE}en/"):
        shown = client.get(address).content.decode()
        assert 0 < shown.find(told) < shown.find("Passage 1.")
    assert "told-before" not in client.get(f"{LAKE}ru/").content.decode()
