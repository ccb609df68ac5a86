"""Appeals, translations, parties and names at the desk."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.serializers import serialize
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals.models import (
    Appeal,
    CanonicalName,
    Organisation,
    Person,
    Signatory,
    Translation,
)
from editorial.models import Contribution, Decision
from editorial.sealing import publish
from editorial.states import State
from tests.cast import approve, join, translate, write_appeal
from tests.desk import fields, page, save, sit

pytestmark = pytest.mark.django_db
NAME = "Ana Petrel"


@pytest.fixture
def tariq():
    return sit("tariq")


@pytest.fixture
def appeal():
    appeal = write_appeal(by=join("tariq"), slug="lake")
    appeal.signatories.create(position=1, role="president")
    return appeal


def test_passages_that_nobody_transcribed_are_kept(tariq):
    form = fields(tariq.get("/admin/appeals/appeal/add/")) | {"title": "To the lake"}
    form["passages-TOTAL_FORMS"] = 3
    form |= {f"passages-{row}-kind": "paragraph" for row in range(3)}
    form["passages-1-DELETE"] = "on"
    tariq.post("/admin/appeals/appeal/add/", form, follow=True)
    passages = Appeal.objects.get().passages.values_list("position", "kind", "text")
    assert list(passages) == [(1, "paragraph", ""), (3, "paragraph", "")]


def test_a_signatory_left_as_the_form_came_is_kept_and_shown(tariq, appeal):
    added = {"signatories-TOTAL_FORMS": 3, "signatories-2-DELETE": "on"}
    for row in (1, 2):
        added |= {
            f"signatories-{row}-kind": "person",
            f"signatories-{row}-count": 1,
            f"signatories-{row}-name_status": "pending",
        }
    shown = save(tariq, appeal, **added)
    assert [(row.name_status, row.role) for row in appeal.signatories.all()] == [
        ("pending", "president"),
        ("pending", ""),
    ]
    assert fields(shown)["signatories-INITIAL_FORMS"] == ["2"]


def test_an_appeal_is_made_with_all_its_parts(tariq):
    party = Organisation.objects.create(name="Fishers' Union")
    form = fields(tariq.get("/admin/appeals/appeal/add/"))
    parts = {
        "issuers": {"organisation": party.pk},
        "addressees": {"text": "To the council", "original": "Совету"},
        "passages": {"kind": "paragraph", "text": "Вода стала солёной."},
        "signatories": {
            "kind": "group",
            "count": 3,
            "name_status": "withheld",
            "role": "vice presidents",
        },
        "sources": {"title": "The gazette", "url": ""},
    }
    for prefix, row in parts.items():
        form[f"{prefix}-TOTAL_FORMS"] = 1
        form |= {f"{prefix}-0-{name}": value for name, value in row.items()}
    tariq.post("/admin/appeals/appeal/add/", form | {"title": "Письмо озеру"}, follow=True)
    appeal = Appeal.objects.get()
    assert appeal.slug == "pismo-ozeru"
    content = appeal.content()
    assert content["issued_by"] == [{"name": "Fishers' Union", "slug": "fishers-union"}]
    assert [p["text"] for p in content["passages"]] == ["Вода стала солёной."]
    assert [(s["role"], s["count"], s["name"]) for s in content["signatories"]] == [
        ("vice presidents", 3, "")
    ]
    assert content["sources"][0]["title"] == "The gazette"
    assert [row.user_name for row in Contribution.objects.about(appeal)] == ["Tariq"]


@pytest.mark.parametrize("status", ["withheld", "not_given", "illegible", "pending"])
def test_a_name_that_is_not_public_is_refused_beside_its_field_and_kept_nowhere(
    tariq, appeal, status, caplog
):
    answer = save(
        tariq,
        appeal,
        **{
            "signatories-0-name_status": status,
            "signatories-0-name": NAME,
            "signatories-0-printed_as": NAME.upper(),
        },
    )
    [formset] = [
        inline.formset
        for inline in answer.context["inline_admin_formsets"]
        if inline.formset.model is Signatory
    ]
    assert set(formset.forms[0].errors) == {"name", "printed_as"}
    assert "must not be stored" in answer.content.decode()
    assert NAME.lower() not in everything_stored().lower()
    assert NAME.lower() not in caplog.text.lower()


def everything_stored():
    """Return every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_a_public_name_is_stored_in_its_place_and_in_no_log(tariq, appeal):
    save(tariq, appeal, **{"signatories-0-name_status": "public", "signatories-0-name": NAME})
    assert Signatory.objects.get().name == NAME
    save(tariq, appeal, **{"signatories-0-name_status": "withheld", "signatories-0-name": ""})
    assert Signatory.objects.get().name == ""
    assert NAME not in everything_stored()
    assert LogEntry.objects.count() == 2
    assert "signatories" in LogEntry.objects.first().get_change_message()


def test_a_public_name_has_to_be_given(tariq, appeal):
    answer = save(tariq, appeal, **{"signatories-0-name_status": "public"})
    assert "A public name must be given." in answer.content.decode()


def test_the_log_keeps_no_persons_name(tariq):
    form = fields(tariq.get("/admin/appeals/person/add/"))
    tariq.post("/admin/appeals/person/add/", form | {"name": NAME})
    person = Person.objects.get()
    assert person.slug == "ana-petrel"
    save(tariq, person, name="Another")
    assert NAME not in serialize("json", LogEntry.objects.all())
    assert LogEntry.objects.count() == 2


def test_a_passage_keeps_its_key(tariq, appeal):
    assert "passages-0-key" not in fields(tariq.get(page(appeal)))
    save(tariq, appeal, **{"passages-0-text": "Иначе."})
    assert list(appeal.passages.values_list("key", "text")) == [
        ("p1", "Иначе."),
        ("p2", "Абзац 2."),
    ]


def test_notes_belong_to_passages_too(tariq, appeal):
    places = dict(tariq.get(page(appeal)).context["note_form"].fields["place"].choices)
    assert places["p1"] == "passage p1"
    assert places["title"] == "title"


def test_a_translation_stays_with_its_appeal_and_leads_to_its_review(tariq, appeal):
    translation = translate(appeal, by=join("tariq"))
    answer = tariq.get(page(translation))
    assert "appeal" not in answer.context["adminform"].form.fields
    assert f"/admin/appeals/translation/{translation.pk}/review/" in answer.content.decode()
    save(tariq, translation, label="informal translation")
    translation.refresh_from_db()
    assert translation.label == "informal translation"


def test_a_translator_who_is_not_named_is_refused_beside_the_field(tariq, appeal):
    translation = translate(appeal)
    answer = save(tariq, translation, translator_status="withheld", translator=NAME)
    assert set(answer.context["adminform"].form.errors) == {"translator"}
    assert NAME not in everything_stored()


def test_the_languages_there_are_are_offered_and_named(tariq, appeal):
    form = tariq.get("/admin/appeals/translation/add/").content.decode()
    assert 'list="id_language-list"' in form
    assert '<datalist id="id_language-list">' in form
    assert '<option value="de">German</option>' in form
    said = tariq.get(page(appeal)).content.decode()
    assert '<span class="help">Russian</span>' in said


def test_one_principal_translation_a_language(tariq, appeal):
    translate(appeal)
    form = fields(tariq.get("/admin/appeals/translation/add/"))
    answer = tariq.post(
        "/admin/appeals/translation/add/",
        form | {"appeal": appeal.pk, "language": "en", "method": "human"},
    )
    assert "already has a principal translation" in answer.content.decode()
    assert Translation.objects.count() == 1


def test_a_slug_that_is_taken_is_said_before_the_database_says_it(tariq, appeal):
    form = fields(tariq.get("/admin/appeals/appeal/add/"))
    answer = tariq.post("/admin/appeals/appeal/add/", form | {"title": "Lake"})
    assert set(answer.context["adminform"].form.errors) == {"slug"}


def test_a_name_has_spellings_and_what_it_is_not():
    edda = sit("edda")
    form = fields(edda.get("/admin/appeals/canonicalname/add/"))
    form |= {"variants-TOTAL_FORMS": 1, "variants-0-text": "Airat", "variants-0-language": "en"}
    form |= {"distinctions-TOTAL_FORMS": 1, "distinctions-0-other": "Ayrton"}
    edda.post("/admin/appeals/canonicalname/add/", form | {"text": "Ayrat"})
    name = CanonicalName.objects.get()
    assert [row.text for row in name.variants.all()] == ["Airat"]
    assert [row.other for row in name.distinctions.all()] == ["Ayrton"]


def test_what_was_sealed_is_not_deleted(appeal):
    edda = sit("edda")
    assert edda.get(page(appeal, "delete")).status_code == 200
    approve(appeal)
    publish(appeal, by=join("edda"))
    assert edda.post(page(appeal, "delete"), {"post": "yes"}).status_code == 403
    assert Appeal.objects.exists()


def test_a_changed_signatory_voids_the_approval(tariq, appeal):
    approve(appeal)
    save(tariq, appeal, **{"signatories-0-role": "vice president"})
    appeal.refresh_from_db()
    assert appeal.state == State.DRAFT
    assert Decision.objects.about(appeal).last().name == "reopen"


def test_the_page_asks_as_much_for_a_long_appeal_as_for_a_short_one(appeal):
    edda = sit("edda")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert edda.get(page(appeal)).status_code == 200
        return len(captured)

    party, person = Organisation.objects.create(name="U"), Person.objects.create(name="P")
    appeal.issuers.create(organisation=party)
    queries()
    few = queries()
    for number in range(30):
        appeal.passages.create(key=f"x{number}", position=number + 10, text="…")
        appeal.signatories.create(
            name_status="public",
            name=f"N {number}",
            organisation=party,
            person=person,
            position=number + 10,
        )
    # A choice that is completed asks for its own chosen row: two for each signatory.
    assert queries() - few <= 2 * 30


def test_an_appeal_leads_to_its_translations(tariq, appeal):
    assert "There is none yet." in tariq.get(page(appeal)).content.decode()
    french = translate(appeal, language="fr")
    shown = tariq.get(page(appeal)).content.decode()
    assert f'<a href="{page(french)}">French</a>' in shown
    address = f"/admin/appeals/translation/add/?appeal={appeal.pk}"
    assert f'href="{address}"' in shown
    assert fields(tariq.get(address))["appeal"] == [str(appeal.pk)]
    assert "Translate into a language" not in sit("rosa").get(page(appeal)).content.decode()
