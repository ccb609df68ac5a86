"""Splitting and merging passages: nothing said, noted or decided is lost."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals.correcting import correct_original
from appeals.dividing import divide, is_divided, join
from appeals.merging import merge_passages
from appeals.models import CanonicalName, Passage, PassageAlias, Rendering, Translation
from appeals.splitting import split_passage
from editorial.editing import Stale, editing
from editorial.models import Decision, Note
from editorial.moving import move
from editorial.noting import add_note
from editorial.sealing import publish
from editorial.states import CannotNow, MayNot, State
from tests.cast import approve, translate, write_appeal
from tests.cast import join as employ

pytestmark = pytest.mark.django_db


@pytest.fixture
def tariq():
    return employ("tariq")


@pytest.fixture
def rosa():
    return employ("rosa")


@pytest.fixture
def translation(tariq):
    return translate(write_appeal(passages=3), by=tariq)


@pytest.fixture
def appeal(translation):
    return translation.appeal


def at(appeal, key):
    return appeal.passages.get(key=key)


def texts(appeal):
    return [passage.text for passage in appeal.passages.all()]


def rendered(translation):
    return [(r.passage.key, r.text, r.state) for r in translation.renderings.all()]


def accept(translation, *keys):
    for rendering in translation.renderings.filter(passage__key__in=keys):
        move(rendering, "accept", by=employ("rosa"))


def decisions(item):
    return [(d.name, d.by_name) for d in Decision.objects.about(item)]


def test_a_mark_on_a_line_of_its_own_divides_a_text():
    assert divide("One.\r\n\r\n###\r\n\r\nTwo.") == ("One.", "Two.")
    assert divide("One two\n ### \nthree.") == ("One two", "three.")
    assert divide("One ### two.") is None
    assert divide("###\nTwo.") == ("", "Two.")
    with pytest.raises(ValueError):
        divide("One.\n###\nTwo.\n###\nThree.")


def test_two_passages_become_one_on_both_sides(appeal, translation, tariq):
    merged = merge_passages(appeal, at(appeal, "p1"), by=tariq)
    assert merged.key == "p1"
    assert texts(appeal) == ["Абзац 1.\n\nАбзац 2.", "Абзац 3."]
    assert rendered(translation) == [
        ("p1", "Passage 1.\n\nPassage 2.", State.DRAFT),
        ("p3", "Passage 3.", State.DRAFT),
    ]
    assert decisions(appeal)[-1] == ("merge_passages", "Tariq")


def test_two_accepted_renderings_stay_accepted_together(appeal, translation, tariq):
    accept(translation, "p1", "p2")
    merge_passages(appeal, at(appeal, "p1"), by=tariq)
    [first, _third] = translation.renderings.all()
    assert (first.state, first.is_stale, first.accepted_digest) == (
        State.APPROVED,
        False,
        first.passage.digest,
    )
    assert decisions(first) == [("accept", "Rosa"), ("merge", "Tariq")]


@pytest.mark.parametrize("what", ["open", "stale", "empty"])
def test_anything_else_is_reviewed_again(appeal, translation, tariq, what):
    accept(translation, "p1", *(["p2"] if what != "open" else []))
    second = at(appeal, "p2")
    if what == "stale":
        correct_original(appeal, second, "Иначе.", by=tariq, seen=second.digest)
    if what == "empty":
        translation.renderings.filter(passage=second).delete()
    merge_passages(appeal, at(appeal, "p1"), by=tariq)
    first = translation.renderings.first()
    assert (first.state, first.accepted_digest) == (State.DRAFT, "")
    assert decisions(first) == [("accept", "Rosa"), ("reopen", "Tariq")]


def test_what_is_blank_on_both_sides_undoes_no_acceptance(appeal, translation, tariq):
    accept(translation, "p1")
    second = at(appeal, "p2")
    translation.renderings.filter(passage=second).delete()
    correct_original(appeal, second, "", by=tariq, seen=second.digest)
    merge_passages(appeal, at(appeal, "p1"), by=tariq)
    assert rendered(translation)[0] == ("p1", "Passage 1.", State.APPROVED)


def test_a_rendering_of_the_second_alone_goes_along(appeal, translation, tariq):
    translation.renderings.filter(passage__key="p1").delete()
    kept = translation.renderings.get(passage__key="p2")
    merge_passages(appeal, at(appeal, "p1"), by=tariq)
    assert rendered(translation)[0] == ("p1", "Passage 2.", State.DRAFT)
    assert translation.renderings.first() == kept


def test_nobody_accepts_a_rendering_in_which_their_own_words_are(appeal, translation, tariq):
    edda = employ("edda")
    translation.renderings.filter(passage__key="p2").update(author=edda)
    merge_passages(appeal, at(appeal, "p1"), by=tariq)
    merged = translation.renderings.first()
    with pytest.raises(MayNot):
        move(merged, "accept", by=edda)
    move(merged, "accept", by=employ("rosa"))
    merged.refresh_from_db()
    assert merged.also_by == ""


def test_a_merged_key_leads_on_and_notes_and_history_with_it(appeal, translation, tariq):
    for item in (appeal, translation):
        add_note(item, "Which levy?", by=tariq, place="p3")
    gone = at(appeal, "p3").pk
    merge_passages(appeal, at(appeal, "p2"), by=tariq)
    merge_passages(appeal, at(appeal, "p1"), by=tariq)
    aliases = list(PassageAlias.objects.values_list("key", "passage__key", "position"))
    assert aliases == [("p2", "p1", 0), ("p3", "p1", 1)]
    assert set(Note.objects.values_list("place", flat=True)) == {"p1"}
    assert Rendering.history.filter(translation=translation, passage_id=gone).exists()
    assert "was" not in appeal.content()["passages"][0]


def test_readers_hear_of_the_keys_they_had_and_of_no_others(appeal, tariq):
    publish(approve(appeal), by=employ("edda"))
    second = split_passage(appeal, at(appeal, "p3"), ("Абзац", "3."), {}, by=tariq)
    merge_passages(appeal, at(appeal, "p3"), by=tariq)
    merge_passages(appeal, at(appeal, "p1"), by=tariq)
    passages = appeal.content()["passages"]
    assert [(p["key"], p.get("was")) for p in passages] == [("p1", ["p2"]), ("p3", None)]
    assert second.key in PassageAlias.objects.values_list("key", flat=True)


def test_there_is_nothing_after_the_last_to_merge_it_with(appeal, tariq):
    with pytest.raises(CannotNow):
        merge_passages(appeal, at(appeal, "p3"), by=tariq)


def test_a_merge_seen_before_another_save_is_refused(appeal, tariq):
    seen = appeal.revision
    first = at(appeal, "p1")
    correct_original(appeal, first, "Иначе.", by=tariq, seen=first.digest)
    with pytest.raises(Stale):
        merge_passages(appeal, first, by=tariq, revision=seen)


def test_one_passage_becomes_two_where_the_editor_says(appeal, translation, tariq):
    accept(translation, "p2")
    add_note(translation, "Which levy?", by=tariq, place="p2")
    halves = {translation.pk: ("Passage", "2.")}
    second = split_passage(
        appeal, at(appeal, "p2"), ("Абзац", "2."), halves, by=tariq, kind="slogan"
    )
    keys = [passage.key for passage in appeal.passages.all()]
    assert keys == ["p1", "p2", second.key, "p3"]
    assert (second.kind, second.split_from) == (Passage.Kind.SLOGAN, "p2")
    assert texts(appeal) == ["Абзац 1.", "Абзац", "2.", "Абзац 3."]
    assert rendered(translation)[1:3] == [
        ("p2", "Passage", State.DRAFT),
        (second.key, "2.", State.DRAFT),
    ]
    assert Note.objects.get().place == "p2"
    assert decisions(appeal)[-1] == ("split_passage", "Tariq")
    assert {r.author for r in translation.renderings.all()} == {tariq}


def test_a_rendering_left_whole_stays_with_the_first(appeal, translation, tariq):
    second = split_passage(appeal, at(appeal, "p2"), ("Абзац", "2."), {}, by=tariq)
    assert rendered(translation)[1] == ("p2", "Passage 2.", State.DRAFT)
    assert not second.renderings.exists()


def test_a_passage_not_transcribed_is_split_by_its_rendering(appeal, translation, tariq):
    row = at(appeal, "p2")
    correct_original(appeal, row, "", by=tariq, seen=row.digest)
    with pytest.raises(CannotNow):
        split_passage(appeal, row, ("", ""), {}, by=tariq)
    split_passage(appeal, row, ("", ""), {translation.pk: ("Passage", "2.")}, by=tariq)
    assert [text for _key, text, _state in rendered(translation)][1:3] == ["Passage", "2."]


@pytest.mark.parametrize(
    ("halves", "others"),
    [(("Абзац", "9."), ("Passage", "2.")), (("Абзац", "2."), ("Passage", "9."))],
)
def test_a_split_never_changes_a_word(appeal, translation, tariq, halves, others):
    with pytest.raises(Stale):
        split_passage(appeal, at(appeal, "p2"), halves, {translation.pk: others}, by=tariq)
    assert len(texts(appeal)) == 3


@pytest.mark.parametrize(
    ("text", "halves", "is_same"),
    [
        ("to get her", ("to", "get her"), True),
        ("to get her", ("to get", "her "), True),
        ("to get her", ("to ge", "t her"), False),
        ("to get her", ("together", ""), False),
        ("to get her", ("to", "gether"), False),
        ("写信给人民。", ("写信给", "人民。"), True),
        ("写信给人民。", ("写信给", "民人。"), False),
    ],
)
def test_a_split_moves_no_space_inside_a_word(text, halves, is_same):
    assert is_divided(halves, text) is is_same


def test_who_split_a_passage_does_not_accept_it(appeal, translation, tariq, settings):
    edda = employ("edda")
    second = split_passage(
        appeal, at(appeal, "p2"), ("Абзац", "2."), {translation.pk: ("Passage", "2.")}, by=edda
    )
    for rendering in translation.renderings.filter(passage__key__in=["p2", second.key]):
        for who in (tariq, edda):
            with pytest.raises(MayNot):
                move(rendering, "accept", by=promoted(who))
        move(rendering, "accept", by=employ("rosa"))


def promoted(user):
    """Let somebody review too, and return them with what they may do now."""
    user.groups.add(Group.objects.get(name="Reviewers"))
    return User.objects.get(pk=user.pk)


def test_an_accepted_merge_remembers_both_authors(appeal, translation, tariq):
    edda = employ("edda")
    translation.renderings.filter(passage__key="p2").update(author=edda)
    accept(translation, "p1", "p2")
    merge_passages(appeal, at(appeal, "p1"), by=employ("edda", "Editors"))
    [merged, _third] = translation.renderings.all()
    assert merged.state == State.APPROVED
    move(merged, "send_back", by=employ("rosa"), reason="Flat.")
    for who in (tariq, edda):
        with pytest.raises(MayNot):
            move(merged, "accept", by=promoted(who))
    move(merged, "accept", by=employ("rosa"))


def test_translations_without_the_passage_are_left_alone(
    appeal, translation, tariq, django_assert_max_num_queries
):
    others = [Translation.objects.create(appeal=appeal, language=tag) for tag in ("fr", "ar")]
    for other in others:
        with editing(other, by=tariq):
            other.renderings.create(passage=at(appeal, "p3"), text="…", author=tariq)
        Translation.objects.filter(pk=other.pk).update(state=State.APPROVED)
        other.refresh_from_db()
    before = [(other.revision, other.state) for other in others]
    with CaptureQueriesContext(connection) as few:
        merge_passages(appeal, at(appeal, "p1"), by=tariq)
    for other in others:
        other.refresh_from_db()
    assert [(other.revision, other.state) for other in others] == before
    many = [Translation(appeal=appeal, language=f"x{n}") for n in range(20)]
    Translation.objects.bulk_create(many)
    row = at(appeal, "p1")
    halves = {translation.pk: ("Passage 1.", "Passage 2.")}
    split_passage(appeal, row, ("Абзац 1.", "Абзац 2."), halves, by=tariq)
    with django_assert_max_num_queries(len(few)):
        merge_passages(appeal, at(appeal, "p1"), by=tariq)


def test_the_name_memory_is_read_once_for_all_translations(appeal, translation, tariq):
    for tag in ("fr", "ar", "uk"):
        translate(appeal, by=tariq, language=tag)
    name = CanonicalName.objects.create(text="Ayrat")
    name.variants.create(text="Oirat")
    with CaptureQueriesContext(connection) as asked:
        merge_passages(appeal, at(appeal, "p1"), by=tariq)
    reads = [q for q in asked if 'JOIN "appeals_canonicalname"' in q["sql"]]
    assert len([q for q in reads if "WHERE" not in q["sql"]]) == 1


@pytest.mark.parametrize("who", ["rosa", "wanda"])
def test_who_does_not_edit_neither_splits_nor_merges(appeal, who):
    with pytest.raises(MayNot):
        merge_passages(appeal, at(appeal, "p1"), by=employ(who))
    with pytest.raises(MayNot):
        split_passage(appeal, at(appeal, "p1"), ("Абзац", "1."), {}, by=employ(who))


def test_an_approval_lapses_with_the_passages_it_spoke_of(appeal, translation, tariq):
    approve(appeal)
    approve(translation)
    merge_passages(appeal, at(appeal, "p1"), by=tariq)
    for item in (appeal, translation):
        item.refresh_from_db()
        assert item.state == State.DRAFT


def test_joining_leaves_out_what_is_empty():
    assert join("One.", "", "Two.") == "One.\n\nTwo."
