"""Whatever is split and merged, and in whatever order: the texts stay, word for word."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appeals.correcting import correct_original
from appeals.dividing import divide, join
from appeals.merging import merge_passages
from appeals.models import Passage, Rendering
from appeals.splitting import split_passage
from editorial.canonical import sha256
from editorial.editing import editing
from editorial.models import Note
from editorial.moving import move
from editorial.noting import add_note
from editorial.sealing import publish
from editorial.states import State
from tests.cast import accept, approve, translate, write_appeal
from tests.cast import join as employ

pytestmark = pytest.mark.django_db

SLUGS = (f"lake-{number}" for number in count())
PARAGRAPH = st.text("абв §#\n", min_size=1, max_size=6).map(lambda t: " ".join(t.split()))
TEXT = st.lists(PARAGRAPH.filter(bool), max_size=3).map("\n\n".join)
PASSAGES = st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=4)
WHERE = st.integers(0, 5)
SPLIT = st.tuples(st.just("split"), WHERE, WHERE)
MERGE = st.tuples(st.just("merge"), WHERE, st.just(0))
ACCEPT = st.tuples(st.just("accept"), WHERE, st.just(0))
PUBLISH = st.tuples(st.just("publish"), st.just(0), st.just(0))
STEPS = st.lists(SPLIT | MERGE | ACCEPT | PUBLISH, max_size=7)
slow = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(passages):
    """Return an appeal whose passages say this, and its translation."""
    appeal = write_appeal(passages=0, slug=next(SLUGS))
    with editing(appeal, by=employ("edda")):
        for number, (text, _rendering) in enumerate(passages, start=1):
            Passage.objects.create(appeal=appeal, key=f"p{number}", position=number, text=text)
    translation = translate(appeal, by=employ("tariq"))
    for rendering, (_text, text) in zip(translation.renderings.all(), passages, strict=True):
        rendering.text = text
        rendering.save()
    return appeal, translation


def halves(text, paragraphs):
    """Return a text in two at one of its paragraphs."""
    parts = text.split("\n\n") if text else []
    at = min(paragraphs + 1, len(parts) - 1)
    return (join(*parts[:at]), join(*parts[at:])) if at > 0 else (text, "")


def step(appeal, translation, what, where, paragraphs):
    """Do one thing, if it can be done."""
    passages = list(appeal.passages.all())
    passage = passages[where % len(passages)]
    rendering = translation.renderings.filter(passage=passage).first()
    if what == "merge" and passage != passages[-1]:
        merge_passages(appeal, passage, by=employ("tariq"))
    elif what == "split" and all(parts := halves(passage.text, paragraphs)):
        rendered = {translation.pk: halves(rendering.text, paragraphs)} if rendering else {}
        split_passage(appeal, passage, parts, rendered, by=employ("tariq"))
    elif what == "accept" and rendering and rendering.text:
        accept(rendering, by=employ("rosa"))
    elif what == "publish" and appeal.state == State.DRAFT:
        publish(approve(appeal), by=employ("edda"))
        appeal.refresh_from_db()


def whole(appeal, translation):
    """Return all that is said: the original, and the translation."""
    return (
        join(*appeal.passages.values_list("text", flat=True)),
        join(*(rendering.text for rendering in translation.renderings.all())),
    )


def keys(appeal):
    """Return every key that leads anywhere."""
    here = set(appeal.passages.values_list("key", flat=True))
    return here | set(appeal.passage_aliases.values_list("key", flat=True))


@slow
@given(passages=PASSAGES, steps=STEPS)
def test_no_word_key_or_note_is_ever_lost(passages, steps):
    appeal, translation = written(passages)
    for number in range(1, len(passages) + 1):
        add_note(translation, f"{number}", by=employ("tariq"), place=f"p{number}")
    said, known = whole(appeal, translation), keys(appeal)
    rows = set(Rendering.history.filter(translation=translation).values_list("history_id"))
    for what in steps:
        step(appeal, translation, *what)
        assert whole(appeal, translation) == said
        assert known <= keys(appeal)
        known = keys(appeal)
    here = set(appeal.passages.values_list("key", flat=True))
    notes = Note.objects.about(translation)
    assert sorted(note.text for note in notes) == [f"{n + 1}" for n in range(len(passages))]
    assert {note.place for note in notes} <= here
    assert rows <= set(Rendering.history.filter(translation=translation).values_list("history_id"))
    for edition in appeal.editions.all():
        was = {key for p in appeal.content()["passages"] for key in [p["key"], *p.get("was", [])]}
        assert {p["key"] for p in edition.data["passages"]} <= was


@slow
@given(passages=PASSAGES, where=WHERE, paragraphs=WHERE)
def test_split_and_merged_again_is_what_it_was(passages, where, paragraphs):
    appeal, translation = written(passages)
    before = appeal.content(), translation.content()
    passage = appeal.passages.all()[where % len(passages)]
    count = appeal.passages.count()
    step(appeal, translation, "split", where % len(passages), paragraphs)
    if appeal.passages.count() > count:
        merge_passages(appeal, passage, by=employ("tariq"))
    assert (appeal.content(), translation.content()) == before


@slow
@given(passages=PASSAGES, texts=st.lists(TEXT, max_size=4))
def test_stale_is_what_the_text_says_and_never_when(passages, texts):
    appeal, translation = written(passages)
    rendering = translation.renderings.first()
    if not rendering.text:
        return
    move(rendering, "accept", by=employ("rosa"))
    accepted = rendering.passage.text
    for text in [*texts, accepted]:
        row = appeal.passages.get(pk=rendering.passage_id)
        correct_original(appeal, row, text, by=employ("edda"), seen=row.digest)
        rendering = translation.renderings.get(pk=rendering.pk)
        assert rendering.is_stale == (sha256(text) != sha256(accepted))


UNMARKED = TEXT.filter(lambda text: text and "###" not in text.split("\n"))


@given(first=UNMARKED, second=UNMARKED)
def test_what_is_joined_divides_again(first, second):
    assert divide(f"{first}\n\n###\n\n{second}") == (first, second)
