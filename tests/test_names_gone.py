"""A name that an appeal gave once and gives no more: where it still stands, and what is none."""

import pytest

from appeals.checks.gone import gone
from appeals.hiding import hide
from appeals.models import Addressee, CanonicalName, CheckDismissal, NameVariant, Passage, Person
from editorial.editing import editing
from editorial.models import Decision
from editorial.moving import move
from editorial.redacting import redact
from editorial.sealing import publish, withdraw
from editorial.states import CannotNow, MayNot, State
from editorial.verifying import verify
from tests.cast import approve, join, translate, write_appeal
from tests.desk import page, sit
from tests.test_checks_at_review import dismiss, findings, write
from tests.test_translation_review import address, look

pytestmark = pytest.mark.django_db


@pytest.fixture
def tariq():
    return join("tariq")


def signed(tariq, name="Anna Petrel", person=None, **more):
    """Return a public appeal that somebody signed."""
    appeal = write_appeal(by=tariq, slug="lake")
    with editing(appeal, by=tariq):
        appeal.signatories.create(name_status="public", name=name, person=person, **more)
    publish(approve(appeal), by=join("edda"))
    return appeal


def sign(appeal, name="", status="public", **more):
    """Give the one who signed another name, or withhold it."""
    with editing(appeal, by=join("tariq")):
        appeal.signatories.update(name_status=status, name=name, **{"printed_as": ""} | more)


def looked_for(appeal):
    return gone(appeal, appeal.signatories.select_related("person"))


def test_the_title_the_label_and_the_credit_are_read(client, tariq):
    appeal = signed(tariq)
    translation = translate(appeal, by=tariq)
    sign(appeal, status="withheld")
    with editing(translation, by=tariq):
        translation.title, translation.label = "The lake of Anna Petrel", "told by Anna Petrel"
        translation.save()
    with pytest.raises(CannotNow, match=r"errors in 2 passages.*title, label"):
        move(translation, "submit", by=tariq)
    response = look(client, translation, tariq)
    assert [one["place"] for one in response.context["around"]] == [":title", ":label"]
    assert 'href="#:title"' in response.content.decode()
    for one in response.context["around"]:
        [finding] = one["checked"].open
        seen = {
            "do": "dismiss",
            "passage": one["place"],
            "original": one["checked"].original_digest,
            "rendering": one["checked"].rendering_digest,
            "finding": finding.fingerprint,
            "text": "Another Anna Petrel, the poet.",
        }
        stale = client.post(address(translation), seen | {"rendering": "0" * 64})
        assert (stale.status_code, "the poet.</textarea>" in stale.content.decode()) == (409, True)
        assert client.post(address(translation), seen).status_code == 302
        assert client.post(address(translation), seen | {"do": "save"}).status_code == 400
    assert "dismissed" not in translation.content()
    move(translation, "submit", by=tariq)
    assert translation.state == State.IN_REVIEW


def test_a_name_withheld_after_the_approval_is_not_published(tariq):
    appeal = signed(tariq)
    translation = translate(appeal, by=tariq)
    write(translation, "Anna Petrel wrote passage 1.")
    approve(translation)
    sign(appeal, status="withheld")
    with pytest.raises(CannotNow, match="§ p1"):
        publish(translation, by=join("edda"))
    assert not translation.editions.exists()


def test_who_lets_the_name_stand_in_a_translation_does_not_approve_it(client, tariq):
    appeal = signed(tariq)
    translation = translate(appeal, by=tariq)
    write(translation, "Anna Petrel wrote passage 1.")
    approve(translation)
    sign(appeal, status="withheld")
    rosa = join("rosa")
    assert dismiss(client, translation, rosa, code="hidden_person").status_code == 302
    translation.refresh_from_db()
    assert translation.state == State.DRAFT
    move(translation, "submit", by=tariq)
    with pytest.raises(MayNot):
        move(translation, "approve", by=rosa)
    move(translation, "approve", by=join("edda"))
    assert publish(translation, by=join("edda"))


def test_a_reason_for_readers_does_not_give_the_name(client, tariq):
    appeal = signed(tariq)
    translation = translate(appeal, by=tariq)
    sign(appeal, status="withheld")
    write(translation, "Passage 2.")
    [row, _other] = look(client, translation, tariq).context["rows"]
    [finding] = row.checked.open
    seen = {"original": row.passage.digest, "rendering": row.checked.rendering_digest}
    asked = {"do": "dismiss", "passage": "p1", "finding": finding.fingerprint} | seen
    refused = client.post(address(translation), asked | {"text": "Anna Petrel says so."})
    assert (refused.status_code, CheckDismissal.objects.count()) == (409, 0)
    assert client.post(address(translation), asked | {"text": "It says so."}).status_code == 302


def test_an_appeal_is_not_submitted_while_the_name_stands_in_it(tariq):
    appeal = signed(tariq)
    with editing(appeal, by=tariq):
        appeal.summary, appeal.basis = "Anna  PETREL speaks.", "Passed on by Anne Petrel."
        appeal.save()
        Passage.objects.filter(appeal=appeal, key="p2").update(text="Сказала Anna Petrel.")
        Addressee.objects.create(appeal=appeal, text="To Anna Petrel’s friends")
        appeal.sources.create(title="A talk", url="https://press.example/anna-petrel.html")
    sign(appeal, status="withheld", role="Baker, Anna Petrel")
    edda = sit("edda")
    where = "addressees, § p2, signatories, sources, summary"
    assert where in edda.get(page(appeal)).content.decode()
    with pytest.raises(CannotNow, match=f"still stands in it: {where}"):
        move(appeal, "submit", by=tariq)


def test_a_public_note_does_not_give_the_name(tariq):
    appeal, edda = signed(tariq), join("edda")
    translation = translate(appeal, by=tariq)
    publish(approve(translation), by=edda)
    sign(appeal, status="withheld")
    with pytest.raises(CannotNow, match="no longer public"):
        publish(approve(appeal), by=edda, kind="correction", note="Anna Petrel asked to go.")
    publish(appeal, by=edda, kind="correction", note="A name was taken out.")
    for item in (translation, appeal):
        with pytest.raises(CannotNow, match="no longer public"):
            withdraw(item, by=edda, note="For the safety of Anna Petrel.")
    withdraw(appeal, by=edda, note="For somebody’s safety.")
    assert not translation.editions.live().exists()


def test_why_a_name_may_stay_is_said_once_and_ends_with_the_text(tariq):
    appeal = signed(tariq)
    with editing(appeal, by=tariq):
        appeal.summary = "To Anna Petrel, the poet."
        appeal.save()
    sign(appeal, status="withheld")
    appeal.refresh_from_db()
    edda, mato = sit("edda"), sit("mato")
    url, said = f"/admin/appeals/appeal/{appeal.pk}/names-left/", {"reason": "Another woman."}
    assert mato.post(url, said | {"revision": appeal.revision}).status_code == 403
    edda.post(url, said | {"revision": appeal.revision - 1})
    edda.post(url, {"reason": " ", "revision": appeal.revision})
    appeal.refresh_from_db()
    assert appeal.names_left == 0
    edda.post(url, said | {"revision": appeal.revision})
    appeal.refresh_from_db()
    move(appeal, "submit", by=tariq)
    with pytest.raises(MayNot):
        move(appeal, "approve", by=join("edda"))
    move(appeal, "approve", by=join("rosa"))
    with editing(appeal, by=tariq):
        appeal.basis = "A copy."
        appeal.save()
    with pytest.raises(CannotNow, match="still stands in it: summary"):
        move(appeal, "submit", by=tariq)


def test_a_corrected_spelling_of_the_same_person_is_none(client, tariq):
    person = Person.objects.create(name="Ana Petrel")
    appeal = signed(tariq, "Anna Petrel", person)
    translation = translate(appeal, by=tariq)
    write(translation, "Anna Petrel wrote passage 1.")
    sign(appeal, "Ana Petrel")
    assert findings(look(client, translation, tariq)) == []
    sign(appeal, status="withheld", person=None)
    assert findings(look(client, translation, tariq)) == ["hidden_person"]


@pytest.mark.parametrize("now", ["ANNA PETREL", "Anna Pétrel", "Anna\u00a0Petrel"])
def test_case_accents_and_spaces_make_no_other_name(tariq, now):
    appeal = signed(tariq)
    sign(appeal, now)
    assert looked_for(appeal) == []


def test_the_name_memory_knows_one_name_in_two_spellings(tariq):
    appeal = signed(tariq, "Airat Kuldin")
    sign(appeal, "Ayrat Kuldin")
    assert looked_for(appeal) == ["Airat Kuldin"]
    ayrat = CanonicalName.objects.create(text="Ayrat")
    NameVariant.objects.create(name=ayrat, text="Airat")
    assert looked_for(appeal) == []
    other = CanonicalName.objects.create(text="Oirat")
    NameVariant.objects.create(name=other, text="Airat")
    assert looked_for(appeal) == ["Airat Kuldin"]


def test_what_the_memory_knows_of_a_hidden_name_is_looked_for_too(tariq):
    appeal = signed(tariq, "Ana Petrel")
    sign(appeal, status="withheld")
    name = CanonicalName.objects.create(text="Ana Petrel")
    NameVariant.objects.create(name=name, text="Анна Петрель", language="ru")
    assert looked_for(appeal) == ["Ana Petrel", "Анна Петрель"]


def test_two_who_were_printed_alike_are_two(tariq):
    appeal = signed(tariq, "Andrei Petrel", printed_as="A. Petrel")
    sign(appeal, "Anton Petrel", printed_as="A. Petrel")
    assert looked_for(appeal) == ["Andrei Petrel"]


def test_editions_are_not_opened_for_it(client, tariq, django_assert_num_queries):
    appeal = signed(tariq)
    translation = translate(appeal, by=tariq)
    sign(appeal, status="withheld")
    with django_assert_num_queries(5) as asked:
        assert looked_for(appeal) == ["Anna Petrel"]
    assert not [query for query in asked if '"content"' in query["sql"]]
    for name in ("Bo Fisher", "Cy Fisher", "Dan Fisher"):
        sign(appeal, name)
        publish(approve(appeal), by=join("edda"))
    with django_assert_num_queries(5):
        assert looked_for(appeal) == ["Anna Petrel", "Bo Fisher", "Cy Fisher"]
    look(client, translation, tariq)
    assert list(verify()) == []
    redact(["Anna Petrel"], by=None, ground="asked to")
    assert looked_for(appeal) == ["Bo Fisher", "Cy Fisher"]
    assert list(verify()) == []


def test_an_approved_translation_that_gives_a_hidden_name_is_approved_again(tariq):
    appeal, edda = signed(tariq), join("edda")
    giving, other = translate(appeal), translate(appeal, language="fr")
    with editing(giving, by=tariq):
        giving.renderings.filter(passage__key="p1").update(text="Said ANNA\nPetrel.")
    for translation in (giving, other):
        approve(translation)
    hide(appeal, f"draft-{appeal.signatories.get().pk}", by=join("mato"))
    with pytest.raises(CannotNow):
        publish(giving, by=edda)
    publish(other, by=edda)
    giving.refresh_from_db()
    assert giving.state == State.DRAFT
    assert Decision.objects.about(giving).filter(name="hide").count() == 1
