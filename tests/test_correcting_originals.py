"""Correcting an original at the desk, and what its translators are asked then."""

import re

import pytest
from django.urls import reverse

from appeals.models import Passage, PassageText, Rendering
from editorial.canonical import sha256
from editorial.models import Decision, Note
from editorial.moving import move
from editorial.noting import add_note
from editorial.redacting import MARK, redact
from editorial.states import State
from tests.cast import approve, join, translate, write_appeal
from tests.desk import fields, page, sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation():
    translation = translate(write_appeal(), by=join("tariq"))
    for rendering in translation.renderings.all():
        move(rendering, "accept", by=join("rosa"))
    return translation


@pytest.fixture
def appeal(translation):
    return translation.appeal


@pytest.fixture
def tariq(translation):
    return sit("tariq")


def original(appeal):
    return reverse("admin:appeals_appeal_passages", args=[appeal.pk])


def review(translation):
    return reverse("admin:appeals_translation_review", args=[translation.pk])


def history(translation, key):
    return reverse("admin:appeals_translation_passage", args=[translation.pk, key])


def put(client, appeal, do="save", key="p1", **more):
    """Send a passage's form as it stands on the page now."""
    appeal.refresh_from_db()
    passage = appeal.passages.get(key=key)
    seen = {"passage": key, "revision": appeal.revision, "seen": passage.digest, "do": do}
    return client.post(original(appeal), seen | more)


def say(client, translation, do, key="p1", **more):
    """Send a form of the review page as it stands there now."""
    rendering = translation.renderings.get(passage__key=key)
    seen = {"revision": rendering.revision, "original": rendering.passage.digest}
    return client.post(review(translation), {"do": do, "passage": key} | seen | more)


def first(translation):
    return translation.renderings.first()


def names(item):
    return [decision.name for decision in Decision.objects.about(item)]


def pair(response, key="p1"):
    found = re.search(f'<article[^>]* id="{key}".*?</article>', response.content.decode(), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_the_whole_original_stands_there_passage_by_passage(appeal, tariq):
    assert original(appeal) == f"/admin/appeals/appeal/{appeal.pk}/passages/"
    shown = tariq.get(original(appeal)).content.decode()
    assert re.findall(r'<textarea[^>]* lang="ru"[^>]*>\n(.*?)</textarea>', shown) == [
        "Абзац 1.",
        "Абзац 2.",
    ]
    assert "../passages/" in tariq.get(page(appeal)).content.decode()


@pytest.mark.parametrize(
    ("who", "looks", "saves"), [("wanda", 200, 403), ("rosa", 200, 403), ("edda", 200, 302)]
)
def test_each_may_what_their_role_says(appeal, who, looks, saves):
    client = sit(who)
    shown = client.get(original(appeal))
    assert shown.status_code == looks
    assert (b"<textarea" in shown.content) == (saves == 302)
    assert put(client, appeal, text="Иначе.").status_code == saves
    assert client.get(original(appeal) + "p1/split/").status_code == (200 if saves == 302 else 403)
    assert sit("mato").get(original(appeal)).status_code == 403


def test_a_correction_is_saved_and_its_translators_are_asked(appeal, translation, tariq):
    response = put(tariq, appeal, text="Параграф 1.\r\n")
    assert (response.status_code, response.url) == (302, f"{original(appeal)}#p1")
    assert appeal.passages.get(key="p1").text == "Параграф 1."
    assert first(translation).is_stale
    shown = tariq.get(original(appeal))
    assert "English: meaning unchanged?" in pair(shown)
    assert "meaning unchanged?" not in pair(shown, "p2")
    asked = pair(tariq.get(review(translation)))
    assert "Does the rendering still say what it says?" in asked
    put(tariq, appeal, text="Абзац 1.")
    assert not first(translation).is_stale
    assert "still say" not in pair(tariq.get(review(translation)))


def test_a_stale_form_is_refused_and_loses_nothing(appeal, tariq):
    seen = appeal.passages.get(key="p1").digest
    put(sit("edda"), appeal, text="Её слова.")
    response = put(tariq, appeal, text="Мои <b>.", seen=seen)
    assert response.status_code == 409
    shown = response.content.decode()
    assert "Somebody saved this passage after you opened it." in shown
    assert "Её слова." in shown
    assert "Мои &lt;b&gt;.</textarea>" in shown
    assert appeal.passages.get(key="p1").text == "Её слова."


def test_another_passage_saved_meanwhile_refuses_nothing(appeal, tariq):
    revision = appeal.revision
    put(sit("edda"), appeal, key="p2", text="Иначе.")
    assert put(tariq, appeal, text="Параграф 1.", revision=revision).status_code == 302


def test_an_approved_appeal_is_a_draft_again(appeal, tariq):
    approve(appeal)
    put(tariq, appeal, text="Параграф 1.")
    appeal.refresh_from_db()
    assert appeal.state == State.DRAFT


def test_unchanged_meaning_is_confirmed_by_a_second_person(appeal, translation, tariq):
    put(tariq, appeal, text="Параграф 1.")
    say(tariq, translation, "vouch")
    assert first(translation).is_stale
    shown = pair(sit("rosa").get(review(translation)))
    assert "The meaning is unchanged, says Tariq." in shown
    assert "Confirm: meaning unchanged" in shown
    assert say(sit("rosa"), translation, "confirm").status_code == 302
    done = first(translation)
    assert (done.state, done.is_stale, done.vouched_by) == (State.APPROVED, False, None)
    assert done.accepted_digest == appeal.passages.get(key="p1").digest
    assert names(done) == ["accept", "vouch", "confirm"]


def test_who_says_so_does_not_confirm_it(appeal, translation):
    edda = sit("edda")
    put(edda, appeal, text="Параграф 1.")
    say(edda, translation, "vouch")
    assert "so somebody else confirms it" in pair(edda.get(review(translation)))
    assert say(edda, translation, "confirm").status_code == 403
    assert first(translation).is_stale


def test_what_nobody_vouches_for_is_not_accepted_alone(appeal, translation):
    edda = sit("edda")
    put(edda, appeal, text="Параграф 1.")
    assert "Confirm: meaning unchanged" not in pair(edda.get(review(translation)))
    for name in ("confirm", "accept"):
        assert say(edda, translation, name).status_code == 409
    assert first(translation).is_stale


def test_a_word_for_one_original_is_none_for_the_next(appeal, translation, tariq):
    put(tariq, appeal, text="Параграф 1.")
    say(tariq, translation, "vouch")
    put(tariq, appeal, text="Раздел 1.")
    assert not first(translation).is_vouched
    put(tariq, appeal, text="Параграф 1.")
    assert first(translation).is_vouched


def test_what_is_translated_again_keeps_its_text_meanwhile(appeal, translation, tariq):
    put(tariq, appeal, text="Параграф 1.")
    assert say(tariq, translation, "translate_again").status_code == 302
    again = first(translation)
    assert (again.state, again.text) == (State.DRAFT, "Passage 1.")
    assert names(again) == ["accept", "translate_again"]
    shown = pair(tariq.get(review(translation)))
    assert "To be translated again, says Tariq" in shown
    assert "Абзац Параграф 1." in shown


@pytest.mark.parametrize("do", ["vouch", "translate_again"])
def test_nothing_is_asked_where_the_original_is_what_it_was(appeal, translation, tariq, do):
    assert say(tariq, translation, do).status_code == 409
    put(tariq, appeal, text="Параграф 1.")
    assert say(sit("rosa"), translation, do).status_code == 403
    assert first(translation).state == State.APPROVED


def test_two_passages_are_merged_by_a_button(appeal, translation, tariq):
    response = put(tariq, appeal, "merge")
    assert response.url == f"{original(appeal)}#p1"
    assert [p.text for p in appeal.passages.all()] == ["Абзац 1.\n\nАбзац 2."]
    assert "formerly also § p2" in pair(tariq.get(original(appeal)))
    assert "merged passages" in tariq.get(page(appeal)).content.decode()
    assert put(tariq, appeal, "merge").status_code == 409


def test_forms_of_a_passage_that_went_away_lose_nothing(appeal, translation, tariq):
    rendering = translation.renderings.get(passage__key="p2")
    opened = {"passage": "p2", "revision": appeal.revision, "seen": rendering.passage.digest}
    put(tariq, appeal, "merge")
    refused = tariq.post(original(appeal), opened | {"do": "save", "text": "Моё."})
    assert refused.status_code == 409
    assert "Моё.</textarea>" in refused.content.decode()
    sent = {"do": "save", "passage": "p2", "revision": rendering.revision, "text": "Mine."}
    refused = tariq.post(review(translation), sent)
    assert refused.status_code == 409
    assert "§ p2 was merged into this passage" in pair(refused)
    assert "Mine.</textarea>" in refused.content.decode()
    assert tariq.post(original(appeal), opened | {"passage": "p9"}).status_code == 404


def test_a_passage_is_split_where_the_marks_stand(appeal, translation, tariq):
    put(tariq, appeal, "merge")
    url = f"{original(appeal)}p1/split/"
    opened = fields(tariq.get(url))
    rendering = f"rendering-{translation.pk}"
    assert opened["original"] == ["Абзац 1.\n\n###\n\nАбзац 2."]
    assert opened[rendering] == ["Passage 1.\n\n###\n\nPassage 2."]
    response = tariq.post(url, opened | {"kind": "slogan"})
    assert response.url == f"{original(appeal)}#p1"
    first, second = appeal.passages.all()
    assert (first.text, second.text, second.kind) == ("Абзац 1.", "Абзац 2.", "slogan")
    assert [r.text for r in translation.renderings.all()] == ["Passage 1.", "Passage 2."]


@pytest.mark.parametrize(
    "texts",
    [
        {"original": "Абзац 1."},
        {"original": "Абзац\n###\n1.\n###"},
        {"original": "Абзац\n###\n2."},
        {"original": "###\nАбзац 1."},
        {"original": "Абзац\n###\n1.", "rendering": "Passage\n###\nOne."},
    ],
)
def test_a_split_that_would_change_or_lose_something_is_refused(appeal, translation, tariq, texts):
    sent = {"original": texts["original"], "kind": "paragraph"}
    sent[f"rendering-{translation.pk}"] = texts.get("rendering", "Passage 1.")
    refused = tariq.post(f"{original(appeal)}p1/split/", sent)
    assert refused.status_code == 409
    assert texts["original"] in refused.content.decode()
    assert appeal.passages.count() == 2


def test_the_history_of_a_passage_tells_every_version(appeal, translation, tariq):
    rosa = sit("rosa")
    say(tariq, translation, "save", text="Section 1.")
    add_note(translation, "Which section?", by=join("wanda"), place="p1")
    say(rosa, translation, "send_back", text="Flat.")
    shown = tariq.get(history(translation, "p1")).content.decode()
    assert "<del>Passage</del><ins>Section</ins> 1." in shown
    for text in ("Tariq", "Which section?", "Flat.", "sent back", "accepted"):
        assert text in shown
    assert history(translation, "p1") in tariq.get(review(translation)).content.decode()


def test_a_long_history_is_turned_by_pages(translation, tariq):
    for number in range(30):
        say(tariq, translation, "save", text=f"Section {number}.")
    newest = tariq.get(history(translation, "p1"))
    assert len(newest.context["versions"]) == 25
    assert "?page=2" in newest.content.decode()
    oldest = tariq.get(history(translation, "p1") + "?page=2")
    assert [version.text for version in oldest.context["versions"]][-1] == "Passage 1."
    assert (oldest.context["newer"], oldest.context["older"]) == (1, 0)
    for page_ in ("0", "9", "x", "²"):
        assert tariq.get(history(translation, "p1") + f"?page={page_}").status_code == 200


def test_history_goes_with_what_was_merged_and_split(appeal, translation, tariq):
    say(tariq, translation, "save", key="p2", text="Section 2.")
    put(tariq, appeal, "merge")
    moved = tariq.get(history(translation, "p2"))
    assert moved.url == history(translation, "p1")
    shown = tariq.get(moved.url).content.decode()
    assert "of § p2, which went into this passage" in shown
    assert "<del>Passage</del><ins>Section</ins> 2." in shown
    tariq.post(f"{original(appeal)}p1/split/", fields(tariq.get(f"{original(appeal)}p1/split/")))
    second = appeal.passages.last().key
    assert "Split from § p1" in tariq.get(history(translation, second)).content.decode()
    assert tariq.get(history(translation, "p9")).status_code == 404
    assert sit("mato").get(history(translation, "p1")).status_code == 403


def test_notes_at_a_merged_passage_are_settled_where_they_are_now(appeal, translation, tariq):
    note = add_note(translation, "Which section?", by=join("wanda"), place="p2")
    put(tariq, appeal, "merge")
    tariq.post(review(translation), {"passage": "p2", "resolve": note.pk})
    assert Note.objects.get().resolved_by == join("tariq")


def test_the_desk_asks_as_often_for_many_passages_as_for_few(
    tariq, translation, django_assert_num_queries, django_assert_max_num_queries
):
    counts = []
    for number in (5, 500):
        appeal = write_appeal(slug=f"n{number}", passages=number)
        many = translate(appeal, by=join("tariq"))
        for rendering in many.renderings.all()[:3]:
            move(rendering, "accept", by=join("rosa"))
        put(tariq, appeal, "merge")
        put(tariq, appeal, text="Иначе.")
        put(tariq, appeal, key="p3", text="Иначе.")
        urls = [original(appeal), f"{original(appeal)}p1/split/", history(many, "p1")]
        tariq.get(urls[0])
        for url, asked in zip(urls, counts or [None] * 3, strict=True):
            if asked is None:
                with django_assert_max_num_queries(20) as found:
                    tariq.get(url)
                counts = [*counts, len(found)]
            else:
                with django_assert_num_queries(asked):
                    assert tariq.get(url).status_code == 200


def test_five_hundred_passages_are_regrouped_in_few_queries(tariq, django_assert_max_num_queries):
    appeal = write_appeal(slug="long", passages=500)
    translate(appeal, by=join("tariq"))
    with django_assert_max_num_queries(110):
        put(tariq, appeal, "merge")
    assert appeal.passages.count() == 499
    assert list(Passage.objects.filter(appeal=appeal).values_list("position", flat=True)) == list(
        range(1, 500)
    )


def test_a_redaction_reaches_the_originals_that_are_kept(appeal, translation, tariq):
    put(tariq, appeal, text="Абзац Анны.")
    say(tariq, translation, "vouch")
    say(sit("rosa"), translation, "confirm")
    put(tariq, appeal, text="Абзац.")
    redact(["Анны"], by=None, ground="She asked.")
    kept = PassageText.objects.filter(appeal=appeal).order_by("pk").values_list("text", "digest")
    assert [text for text, _digest in kept] == ["Абзац 1.", "Абзац 2.", f"Абзац {MARK}."]
    assert [digest for _text, digest in kept] == [sha256(text) for text, _digest in kept]
    guessed = sha256("Абзац Анны.")
    assert not Rendering.objects.filter(accepted_digest=guessed).exists()
    assert not Rendering.history.filter(accepted_digest=guessed).exists()
    assert MARK in pair(tariq.get(review(translation)))
