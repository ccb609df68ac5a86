"""The page on which a translation is reviewed, asked over HTTP."""

import re

import pytest
from django.urls import reverse

from appeals.models import Passage, PassageText, Rendering
from appeals.reviewing import stale_and_sent_back
from editorial.editing import editing
from editorial.models import Contribution, Decision, Note
from editorial.sealing import publish
from editorial.states import State
from tests.cast import approve, join, translate, write_appeal

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


def address(translation):
    return reverse("admin:appeals_translation_review", args=[translation.pk])


def look(client, translation, user):
    client.force_login(user)
    return client.get(address(translation))


def ask(client, translation, user, do, key="p1", **fields):
    """Send the form of a passage as it stands on the page now."""
    client.force_login(user)
    passage = translation.appeal.passages.get(key=key)
    rendering = translation.renderings.filter(passage=passage).first()
    seen = {"revision": rendering.revision if rendering else 0, "original": passage.digest}
    fields = {"do": do, "passage": key} | seen | fields
    return client.post(address(translation), fields)


def rendering(translation, key="p1"):
    return translation.renderings.get(passage__key=key)


def correct(appeal, text, key="p1"):
    with editing(appeal, by=join("edda")):
        passage = appeal.passages.get(key=key)
        passage.text = text
        passage.save()


def pair(response, key="p1"):
    """Return what the page says about one passage, in words."""
    found = re.search(f'<article[^>]* id="{key}".*?</article>', response.content.decode(), re.S)
    assert found
    return " ".join(re.sub(r"<textarea.*?</textarea>|<[^>]+>", " ", found[0], flags=re.S).split())


def tally(response):
    return {part["standing"]: part["count"] for part in response.context["tally"]}


def test_the_address_is_the_one_promised(translation):
    assert address(translation) == f"/admin/appeals/translation/{translation.pk}/review/"


def test_it_leads_to_the_moves_of_the_whole(client, translation, rosa):
    page = look(client, translation, rosa).content.decode()
    assert f'href="{translation.desk_path()}#acts"' in page


def test_a_visitor_is_asked_to_sign_in(client, translation):
    response = client.get(address(translation))
    assert response.status_code == 302
    assert "/login/" in response.url


def test_who_may_not_see_translations_is_refused(client, translation):
    assert look(client, translation, join("mato")).status_code == 403
    client.force_login(join("mato"))
    assert client.get("/admin/appeals/translation/99999/review/").status_code == 403


@pytest.mark.parametrize("who", ["tariq", "rosa", "edda", "wanda"])
def test_the_newsroom_sees_both_texts_in_their_languages(client, translation, who):
    response = look(client, translation, join(who))
    page = response.content.decode()
    assert response.status_code == 200
    assert '<div class="original" lang="ru" dir="ltr">' in page
    assert '<div class="rendering" lang="en" dir="ltr">' in page
    assert "Абзац 1. Passage 1." in pair(response)


def test_each_is_offered_what_their_role_may_do(client, translation):
    offered = {
        who: re.findall(
            r'name="do" value="(\w+)"', look(client, translation, join(who)).content.decode()
        )
        for who in ("wanda", "tariq", "rosa", "edda")
    }
    assert {who: sorted(set(verbs)) for who, verbs in offered.items()} == {
        "wanda": ["note"],
        "tariq": ["note", "save"],
        "rosa": ["accept", "note", "send_back"],
        "edda": ["accept", "note", "save", "send_back"],
    }


def test_the_bar_counts_every_standing(client, translation, rosa):
    appeal = translation.appeal
    for number in range(3, 6):
        Passage.objects.create(appeal=appeal, key=f"p{number}", position=number, text="Ещё.")
    for key in ("p3", "p4"):
        translation.renderings.create(passage=appeal.passages.get(key=key), text="More.")
    ask(client, translation, rosa, "accept", "p1")
    ask(client, translation, rosa, "accept", "p2")
    ask(client, translation, rosa, "send_back", "p3", text="Flat.")
    correct(appeal, "Иначе.", "p2")
    assert tally(look(client, translation, rosa)) == {
        "accepted": 1,
        "stale": 1,
        "sent_back": 1,
        "open": 1,
        "empty": 1,
    }


def test_what_is_not_transcribed_says_so(client, translation, rosa):
    correct(translation.appeal, "")
    assert "not transcribed" in pair(look(client, translation, rosa))


def test_accepting_goes_on_to_the_passage_that_waits(client, translation, rosa):
    response = ask(client, translation, rosa, "accept")
    assert (response.status_code, response.url) == (302, f"{address(translation)}#p2")
    done = rendering(translation)
    assert (done.state, done.accepted_digest) == (State.APPROVED, done.passage.digest)
    assert "accepted by Rosa" in pair(look(client, translation, rosa))


def test_nobody_accepts_their_own_rendering(client, translation):
    edda = join("edda")
    ask(client, translation, edda, "save", text="Mine.")
    assert "You wrote this rendering" in pair(look(client, translation, edda))
    assert ask(client, translation, edda, "accept").status_code == 403
    assert rendering(translation).state == State.DRAFT


@pytest.mark.parametrize(("who", "do"), [("tariq", "accept"), ("tariq", "send_back")])
def test_translators_do_not_review(client, translation, who, do):
    assert ask(client, translation, join(who), do, text="x").status_code == 403
    assert rendering(translation).state == State.DRAFT


@pytest.mark.parametrize("who", ["rosa", "wanda"])
def test_reviewers_and_writers_do_not_translate(client, translation, who):
    assert ask(client, translation, join(who), "save", text="x").status_code == 403
    assert rendering(translation).text == "Passage 1."


def test_accepting_what_was_changed_meanwhile_is_refused(client, translation, rosa, tariq):
    seen = rendering(translation).revision
    ask(client, translation, tariq, "save", text="Other words.")
    response = ask(client, translation, rosa, "accept", revision=seen)
    assert response.status_code == 409
    assert "changed after you opened it" in pair(response)
    assert rendering(translation).state == State.DRAFT


def test_accepting_against_an_original_changed_meanwhile_is_refused(client, translation, rosa):
    seen = translation.appeal.passages.get(key="p1").digest
    correct(translation.appeal, "Иначе.")
    response = ask(client, translation, rosa, "accept", original=seen)
    assert response.status_code == 409
    assert "The original was changed" in pair(response)
    assert rendering(translation).state == State.DRAFT


def test_accepting_twice_writes_one_decision(client, translation, rosa):
    ask(client, translation, rosa, "accept")
    assert ask(client, translation, join("edda"), "accept").status_code == 409
    assert Decision.objects.about(rendering(translation)).count() == 1


def test_nothing_can_be_accepted_where_nothing_is_rendered(client, tariq, rosa):
    translation = translate(write_appeal(passages=0), by=tariq)
    Passage.objects.create(appeal=translation.appeal, key="p1", text="Один.")
    response = ask(client, translation, rosa, "accept")
    assert response.status_code == 409
    assert not Rendering.objects.exists()


def test_sending_back_needs_a_reason_and_shows_it(client, translation, rosa, tariq):
    assert ask(client, translation, rosa, "send_back", text=" ").status_code == 409
    assert rendering(translation).state == State.DRAFT
    ask(client, translation, rosa, "send_back", text="“Levy” means the labour here.")
    shown = pair(look(client, translation, tariq))
    assert "“Levy” means the labour here." in shown
    assert "sent back by Rosa" in shown


def test_a_changed_text_waits_for_review_again(client, translation, rosa):
    ask(client, translation, rosa, "accept")
    before, whole = rendering(translation), translation.content_digest()
    ask(client, translation, join("edda"), "save", text="Better.\r\n\r\nWords.")
    after = rendering(translation)
    assert (after.text, after.state, after.author) == (
        "Better.\n\nWords.",
        State.DRAFT,
        join("edda"),
    )
    assert after.revision == before.revision + 1
    translation.refresh_from_db()
    assert translation.content_digest() != whole
    assert Contribution.objects.about(translation).filter(user=join("edda")).exists()
    assert [d.name for d in Decision.objects.about(after)] == ["accept", "reopen"]


def test_a_changed_text_voids_the_approval_of_the_translation(client, translation, tariq):
    approve(translation)
    ask(client, translation, tariq, "save", text="Better.")
    translation.refresh_from_db()
    assert translation.state == State.DRAFT


def test_a_save_that_changes_nothing_saves_nothing(client, translation, rosa):
    ask(client, translation, rosa, "accept")
    translation.refresh_from_db()
    before, revision = rendering(translation), translation.revision
    saved = before.history.count()
    ask(client, translation, join("edda"), "save", text="Passage 1.\r\n", revision=0)
    after = rendering(translation)
    translation.refresh_from_db()
    assert (after.state, after.revision, after.author) == (
        State.APPROVED,
        before.revision,
        before.author,
    )
    assert translation.revision == revision
    assert after.history.count() == saved
    assert not Contribution.objects.about(translation).filter(user=join("edda")).exists()


def test_a_stale_form_is_refused_with_both_texts_shown(client, translation, tariq):
    seen = rendering(translation).revision
    ask(client, translation, join("edda"), "save", text="Hers.")
    response = ask(client, translation, tariq, "save", text="His <b>.", revision=seen)
    assert response.status_code == 409
    shown = pair(response)
    assert "Somebody saved this passage after you opened it." in shown
    assert "Hers." in shown
    assert "His &lt;b&gt;.</textarea>" in response.content.decode()
    assert rendering(translation).text == "Hers."
    ask(client, translation, tariq, "save", text="His.")
    assert rendering(translation).text == "His."


def test_a_rendering_is_made_on_its_first_save(client, translation, tariq, rosa):
    Passage.objects.create(appeal=translation.appeal, key="p3", position=3, text="Три.")
    assert "no rendering yet" in pair(look(client, translation, tariq), "p3")
    ask(client, translation, tariq, "save", "p3", text="  ")
    assert translation.renderings.count() == 2
    ask(client, translation, tariq, "save", "p3", text="Three.")
    made = rendering(translation, "p3")
    assert (made.text, made.author, made.state) == ("Three.", tariq, State.DRAFT)
    response = ask(client, translation, join("edda"), "save", "p3", text="Drei.", revision=0)
    assert response.status_code == 409


def test_a_stale_rendering_shows_the_original_as_accepted_and_today(client, translation, rosa):
    publish(approve(translation.appeal), by=join("edda"))
    ask(client, translation, rosa, "accept")
    correct(translation.appeal, "Параграф 1.")
    shown = pair(look(client, translation, rosa))
    assert "§ p1 paragraph stale" in shown
    page = look(client, translation, rosa).content.decode()
    assert "<del>Абзац</del><ins>Параграф</ins> 1." in page
    ask(client, translation, join("tariq"), "vouch")
    ask(client, translation, rosa, "confirm")
    assert rendering(translation).is_stale is False
    assert "as accepted, and today" not in pair(look(client, translation, rosa))


def test_the_original_as_accepted_is_kept_however_often_it_changes(client, translation, rosa):
    ask(client, translation, rosa, "accept")
    for text in ("Параграф 1.", "Абзац первый.", "Абзац 1!"):
        correct(translation.appeal, text)
    page = look(client, translation, rosa).content.decode()
    assert "Абзац <del>1.</del><ins>1!</ins>" in page


def test_an_original_that_this_house_never_had_is_said_to_be_lost(client, translation, rosa):
    ask(client, translation, rosa, "accept")
    PassageText.objects.all().delete()
    correct(translation.appeal, "Параграф 1.")
    assert "is not kept" in pair(look(client, translation, rosa))


def test_notes_are_written_and_resolved_at_their_passage(client, translation, tariq):
    ask(client, translation, join("wanda"), "note", text="Which levy?")
    note = Note.objects.about(translation).get()
    assert (note.place, note.text, note.author_name) == ("p1", "Which levy?", "Wanda")
    assert "Which levy?" in pair(look(client, translation, tariq))
    assert "Which levy?" not in pair(look(client, translation, tariq), "p2")
    response = client.post(address(translation), {"passage": "p1", "resolve": note.pk})
    assert response.url.endswith("#p1")
    note.refresh_from_db()
    assert note.resolved_by == tariq
    assert "resolved by Tariq" in pair(look(client, translation, tariq))


def test_an_empty_note_is_refused_and_a_note_of_elsewhere_not_found(client, translation, tariq):
    assert ask(client, translation, tariq, "note", text=" ").status_code == 409
    ask(client, translation, tariq, "note", text="x")
    number = Note.objects.get().pk
    for key, note, status in (("p2", number, 404), ("p1", "x", 400), ("nowhere", number, 404)):
        posted = client.post(address(translation), {"passage": key, "resolve": note})
        assert posted.status_code == status
    assert ask(client, translation, tariq, "drop").status_code == 400
    assert ask(client, translation, tariq, "note", text="\x00").status_code == 400


def test_five_hundred_passages_cost_no_more_queries_than_five(
    client, tariq, rosa, django_assert_num_queries, django_assert_max_num_queries
):
    few, many = (translate(write_appeal(slug=f"n{n}", passages=n), by=tariq) for n in (5, 500))
    for translation in (few, many):
        publish(approve(translation.appeal), by=join("edda"))
        ask(client, translation, rosa, "accept", "p1")
        ask(client, translation, rosa, "send_back", "p2", text="Flat.")
        correct(translation.appeal, "Иначе.")
    look(client, few, rosa)
    with django_assert_max_num_queries(28) as asked:
        client.get(address(few))
    with django_assert_num_queries(len(asked)):
        assert client.get(address(many)).content.count(b"<article") == 500


def test_a_published_translation_with_a_stale_passage_stands_first_on_the_desk(client, rosa, tariq):
    edda = join("edda")
    waiting = translate(write_appeal(slug="one"), by=tariq)
    ask(client, waiting, rosa, "send_back", text="Flat.")
    public = translate(write_appeal(slug="two"), by=tariq)
    for item in (public.appeal, public):
        publish(approve(item), by=edda)
    translate(write_appeal(slug="three"))
    assert list(stale_and_sent_back(rosa)) == []
    correct(public.appeal, "Иначе.")
    found = [(t, t.is_public, t.stale_count, t.sent_back_count) for t in stale_and_sent_back(tariq)]
    assert found == [(public, True, 1, 0), (waiting, False, 0, 1)]
    assert list(stale_and_sent_back(rosa)) == [public]
    assert list(stale_and_sent_back(join("wanda"))) == []


def test_saving_goes_on_to_what_is_to_be_translated_and_then_to_the_end(
    client, translation, tariq, rosa
):
    for number in (3, 4):
        Passage.objects.create(
            appeal=translation.appeal, key=f"p{number}", position=number, text=f"Абзац {number}."
        )
    went = [
        ask(client, translation, who, do, key, text=text).url.partition("#")[2]
        for who, do, key, text in (
            (tariq, "save", "p4", "Four."),
            (tariq, "save", "p3", "Three."),
            (rosa, "send_back", "p2", "Which one?"),
            (tariq, "note", "p3", "That one."),
            (tariq, "save", "p3", "Three, then."),
            (rosa, "accept", "p1", ""),
        )
    ]
    assert went == ["p3", "onward", "p3", "p3", "p2", "p2"]
