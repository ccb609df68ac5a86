"""What the checks say on the review page, and how it is dismissed there."""

import re

import pytest

from appeals.models import CanonicalName, CheckDismissal, NameVariant, Passage, Person, Signatory
from appeals.models.dismissals import told
from editorial.canonical import sha256
from editorial.editing import editing
from editorial.models import Decision
from editorial.moving import move
from editorial.redacting import MARK, redact
from editorial.sealing import publish
from editorial.states import CannotNow, MayNot, State
from tests.cast import approve, join, translate, write_appeal
from tests.test_translation_review import address, ask, correct, look, pair

pytestmark = pytest.mark.django_db

REASON = "The printer took 1 for 2."


@pytest.fixture
def tariq():
    return join("tariq")


@pytest.fixture
def rosa():
    return join("rosa")


@pytest.fixture
def translation(tariq):
    """A translation whose first passage says 2 where the original says 1."""
    translation = translate(write_appeal(), by=tariq)
    write(translation, "Passage 2.")
    return translation


def write(translation, text, key="p1"):
    with editing(translation, by=join("tariq")):
        translation.renderings.filter(passage__key=key).update(text=text)


def findings(response, key="p1"):
    [row] = [row for row in response.context["rows"] if row.passage.key == key]
    return [finding.check.code for finding in row.checked.open]


def dismiss(client, translation, user, key="p1", reason=REASON, code="numbers", **fields):
    """Send the form of a finding as it stands on the page now."""
    [row] = [
        row for row in look(client, translation, user).context["rows"] if row.passage.key == key
    ]
    prints = [f.fingerprint for f in row.checked.open if f.check.code == code]
    seen = {
        "do": "dismiss",
        "passage": key,
        "original": row.passage.digest,
        "rendering": row.checked.rendering_digest,
        "finding": prints[0] if prints else "gone",
        "text": reason,
    }
    return client.post(address(translation), seen | fields)


def test_a_finding_stands_beside_its_passage_with_the_words_it_is_about(client, translation, rosa):
    response = look(client, translation, rosa)
    assert findings(response) == ["numbers"]
    assert "warning The original says “1”, the rendering “2”. 2" in pair(response)
    assert findings(response, "p2") == []
    assert "The checks ask: warning 1" in " ".join(
        re.sub("<[^>]+>", " ", response.content.decode()).split()
    )


def test_a_saved_passage_is_checked_on_the_page_it_returns_to(client, translation, tariq):
    ask(client, translation, tariq, "save", text="Passage 1.")
    assert findings(look(client, translation, tariq)) == []
    ask(client, translation, tariq, "save", text="Passage (1.")
    assert findings(look(client, translation, tariq)) == ["brackets"]


def test_a_finding_is_dismissed_with_a_reason_that_everybody_reads(client, translation, tariq):
    response = dismiss(client, translation, tariq)
    assert (response.status_code, response.url) == (302, f"{address(translation)}#p1")
    made = CheckDismissal.objects.get()
    assert (made.place, made.code, made.reason, made.by, made.by_name) == (
        "p1",
        "numbers",
        REASON,
        tariq,
        "Tariq",
    )
    response = look(client, translation, join("rosa"))
    assert findings(response) == []
    assert f"1 finding dismissed § p1 The original says “1”, the rendering “2”. {REASON} Tariq" in (
        pair(response)
    )


@pytest.mark.parametrize("who", ["tariq", "rosa", "edda"])
def test_who_translates_or_reviews_may_dismiss(client, translation, who):
    assert dismiss(client, translation, join(who)).status_code == 302


def test_a_writer_may_not_dismiss_and_is_not_offered_it(client, translation):
    wanda = join("wanda")
    assert 'value="dismiss"' not in look(client, translation, wanda).content.decode()
    assert dismiss(client, translation, wanda).status_code == 403
    assert not CheckDismissal.objects.exists()


def test_a_dismissal_without_a_reason_is_refused(client, translation, tariq):
    response = dismiss(client, translation, tariq, reason="  ")
    assert response.status_code == 409
    assert "Please say why" in pair(response)
    assert not CheckDismissal.objects.exists()


def test_a_refused_dismissal_keeps_what_was_typed(client, translation, tariq):
    response = dismiss(client, translation, tariq, rendering="0" * 64)
    assert response.status_code == 409
    assert f"{REASON}</textarea>" in response.content.decode()


@pytest.mark.parametrize(
    "seen", [{"original": "0" * 64}, {"rendering": "0" * 64}, {"finding": "x"}], ids=str
)
def test_what_is_no_longer_there_cannot_be_dismissed(client, translation, tariq, seen):
    assert dismiss(client, translation, tariq, **seen).status_code == 409
    assert not CheckDismissal.objects.exists()


def test_a_finding_is_dismissed_once(client, translation, tariq):
    [row, *_rest] = look(client, translation, tariq).context["rows"]
    seen = row.checked.open[0].fingerprint
    dismiss(client, translation, tariq)
    assert dismiss(client, translation, join("edda"), finding=seen).status_code == 409
    assert CheckDismissal.objects.count() == 1


def test_a_dismissal_dies_when_the_rendering_changes(client, translation, tariq):
    dismiss(client, translation, tariq)
    write(translation, "Passage 2!")
    assert "numbers" in findings(look(client, translation, tariq))
    write(translation, "Passage 2.")
    assert findings(look(client, translation, tariq)) == []


def test_a_dismissal_dies_when_the_original_changes(client, translation, tariq):
    dismiss(client, translation, tariq)
    correct(translation.appeal, "Абзац №1.")
    assert findings(look(client, translation, tariq)) == ["numbers"]


def test_a_dismissal_dies_with_the_facts_it_rests_on(client, translation, tariq):
    appeal = translation.appeal
    Passage.objects.filter(appeal=appeal, key="p1").update(
        kind="signature", text="Три вице-президента."
    )
    row = Signatory.objects.create(
        appeal=appeal, role="vice president", count=4, name_status="withheld"
    )
    write(translation, "Three vice presidents.")
    assert findings(look(client, translation, tariq)) == ["heads"]
    dismiss(client, translation, tariq, code="heads")
    assert findings(look(client, translation, tariq)) == []
    assert [one["check"] for one in translation.content()["dismissed"]] == ["heads"]
    row.count = 5
    row.save()
    assert findings(look(client, translation, tariq)) == ["heads"]
    assert "dismissed" not in translation.content()
    row.count = 3
    row.save()
    assert findings(look(client, translation, tariq)) == []
    assert "dismissed" not in translation.content()


def test_what_an_import_was_told_of_stays_as_it_was_told(client, translation, tariq):
    """A folder's reason about a finding that no check here makes loses nothing."""
    passage = translation.appeal.passages.get(key="p1")
    translation.dismissals.create(
        place="p1",
        code="heads",
        fingerprint=told("heads", REASON),
        original_digest=passage.digest,
        rendering_digest=sha256("Passage 2."),
        reason=REASON,
    )
    assert [one["why"] for one in translation.dismissed()] == [REASON]


def test_a_dismissal_outlives_its_author(client, translation, tariq):
    edda = join("edda")
    dismiss(client, translation, edda)
    edda.delete()
    assert f"{REASON} Edda" in pair(look(client, translation, tariq))


def test_who_gives_readers_a_reason_does_not_approve_it(client, translation):
    edda = join("edda")
    before = translation.content_digest()
    dismiss(client, translation, edda)
    assert not Decision.objects.exists()
    translation.refresh_from_db()
    assert translation.content_digest() != before
    with pytest.raises(MayNot):
        approve(translation, by=edda, submitted_by=join("tariq"))


def test_readers_are_told_what_was_checked_and_what_was_left(client, translation, tariq):
    publish(approve(translation.appeal), by=join("edda"))
    dismiss(client, translation, tariq)
    publish(approve(translation), by=join("edda"))
    page = client.get("/appeals/to-the-people-of-the-lake/en/").content.decode()
    said = " ".join(re.sub("<[^>]+>", " ", page.partition('id="part:made"')[2]).split())
    assert "Looked for by machine" in said
    assert "a URL or an e-mail address that differs, controls of direction" in said
    assert f"Found, and left with a reason § p1 numbers that differ: {REASON}" in said
    assert "Tariq" not in page
    write(translation, "Passage 3.")
    translation.refresh_from_db()
    assert "dismissed" not in translation.content()


def test_readers_are_not_led_to_a_hidden_name(translation, tariq):
    passage = translation.appeal.passages.get(key="p1")
    for code in ("hidden_person", "numbers"):
        translation.dismissals.create(
            place="p1",
            code=code,
            fingerprint=code,
            original_digest=passage.digest,
            rendering_digest=sha256("Passage 2."),
            reason="It is another person.",
        )
    assert [one["check"] for one in translation.dismissed()] == ["numbers"]


def test_a_redaction_strikes_the_name_from_reasons(client, translation, tariq):
    dismiss(client, translation, tariq, reason="Ilan Varo says so.")
    redact(["Ilan Varo"], by=None, ground="asked to")
    assert "Varo" not in CheckDismissal.objects.get().reason


def test_an_error_is_mended_before_submitting(translation, tariq):
    write(translation, "")
    with pytest.raises(CannotNow, match=r"found an error in 1 passage.*: § p1"):
        move(translation, "submit", by=tariq)
    translation.refresh_from_db()
    assert translation.state == State.DRAFT
    write(translation, "Passage 1.")
    move(translation, "submit", by=tariq)


def test_an_error_may_be_dismissed_and_then_submitted(client, translation, tariq):
    write(translation, "")
    dismiss(client, translation, tariq, code="missing", reason="Illegible in the photostat.")
    move(translation, "submit", by=tariq)
    assert translation.state == State.IN_REVIEW


def test_warnings_do_not_stop_a_submission(translation, tariq):
    move(translation, "submit", by=tariq)
    assert translation.state == State.IN_REVIEW


def test_an_error_that_came_during_review_stops_the_approval(translation, tariq, rosa):
    move(translation, "submit", by=tariq)
    write(translation, "Passage \u202e1.")
    for rendering in translation.renderings.all():
        move(rendering, "accept", by=rosa)
    with pytest.raises(CannotNow, match="§ p1"):
        move(translation, "approve", by=rosa)


def test_a_refusal_names_some_passages_and_counts_them_all(tariq):
    translation = translate(write_appeal(passages=12), by=tariq)
    translation.renderings.exclude(passage__key="p1").update(text="")
    with pytest.raises(CannotNow, match=r"errors in 11 passages.*§ p2, .*§ p9 …"):
        move(translation, "submit", by=tariq)


def test_a_name_that_editions_gave_and_signatories_no_more_is_an_error(client, tariq, settings):
    settings.EDITORIAL_CHECKS = ["-spelling"]  # it knows no Ilan
    appeal = write_appeal()
    person = Person.objects.create(name="Ilan Varo", names={"ru": "Илан Варо"})
    row = Signatory.objects.create(
        appeal=appeal, name_status="public", name="Ilan Varo", person=person
    )
    publish(approve(appeal), by=join("edda"))
    translation = translate(appeal, by=tariq)
    write(translation, "Ilan Varo wrote passage 1.")
    assert findings(look(client, translation, tariq)) == []
    row.name_status, row.name, row.person = "withheld", "", None
    row.save()
    assert findings(look(client, translation, tariq)) == ["hidden_person"]
    assert "no longer does" in pair(look(client, translation, tariq))
    with pytest.raises(CannotNow):
        move(translation, "submit", by=tariq)
    correct(appeal, "Абзац 1 написал Илан Варо.")
    write(translation, "Passage 1.")
    assert findings(look(client, translation, tariq)) == ["hidden_person"]


def test_a_redacted_name_is_looked_for_no_more(client, tariq, settings):
    settings.EDITORIAL_CHECKS = ["-spelling"]  # it knows no Ilan
    appeal = write_appeal()
    row = Signatory.objects.create(appeal=appeal, name_status="public", name="Ilan Varo")
    publish(approve(appeal), by=join("edda"))
    row.delete()
    redact(["Ilan Varo"], by=None, ground="asked to")
    translation = translate(appeal, by=tariq)
    write(translation, "Ilan Varo wrote █████ passage 1.")
    assert findings(look(client, translation, tariq)) == []


def test_the_name_memory_is_asked_but_not_of_what_this_appeal_printed(client, translation, tariq):
    name = CanonicalName.objects.create(text="Ayrat")
    variant = NameVariant.objects.create(name=name, text="Oirat", language="en")
    write(translation, "Passage 1: Ayrat and Oirat.")
    response = look(client, translation, tariq)
    assert findings(response) == ["names"]
    assert "the name is spelled “Ayrat”. Oirat" in pair(response)
    variant.printed_in.add(translation.appeal)
    assert findings(look(client, translation, tariq)) == []


def test_checks_are_switched_by_the_environment(client, translation, tariq, settings):
    settings.EDITORIAL_CHECKS = ["-numbers"]
    assert findings(look(client, translation, tariq)) == []


def test_findings_cost_a_fixed_number_of_queries(
    client, tariq, django_assert_num_queries, django_assert_max_num_queries
):
    few, many = (translate(write_appeal(slug=f"n{n}", passages=n), by=tariq) for n in (5, 500))
    prose = "In 2022 “they” met (twice) at https://a.example, 14,000 strong, on 12 March. " * 8
    for translation in (few, many):
        Passage.objects.filter(appeal=translation.appeal).update(text=prose)
        translation.renderings.update(text=prose + "13 May")
        Signatory.objects.create(appeal=translation.appeal, name_status="public", name="Ilan")
        publish(approve(translation.appeal), by=join("edda"))
    look(client, few, tariq)
    with django_assert_max_num_queries(30) as asked:
        client.get(address(few))
    with django_assert_num_queries(len(asked)):
        response = client.get(address(many))
    assert len(response.context["rows"]) == 500


def test_the_desk_says_beside_the_button_what_stands_in_the_way(client, translation, tariq):
    write(translation, "")
    translation.refresh_from_db()
    client.force_login(tariq)
    url = f"/admin/appeals/translation/{translation.pk}/move/"
    asked = {"act": "submit", "revision": translation.revision}
    response = client.post(url, asked)
    assert response.status_code == 409
    assert "The checks found an error in 1 passage." in response.content.decode()
    assert "§ p1" in response.content.decode()
    write(translation, "Passage 1.")
    translation.refresh_from_db()
    assert client.post(url, asked | {"revision": translation.revision}).status_code == 302


def test_a_redaction_forgets_what_was_dismissed_about_its_name(client, translation, tariq):
    write(translation, "Passage 2, says Ana Petrel.")
    dismiss(client, translation, tariq)
    write(translation, "Passage 2.", "p2")
    write(translation, "Passage 3.", "p2")
    dismiss(client, translation, tariq, key="p2", reason="Ana Petrel says so.")
    redact(["Ana Petrel"], by=None, ground="She asked.")
    assert list(CheckDismissal.objects.values_list("place", "reason")) == [
        ("p2", f"{MARK} says so.")
    ]
    assert findings(look(client, translation, tariq)) == ["numbers"]
