"""Moderators decide in the queue, each comment by itself, and several at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog.comments.moderating import Status
from blog.models import Comment, Post
from editorial.models import Decision
from editorial.moving import move
from tests.cast import join
from tests.racing import race
from tests.readers import publish_post, said
from tests.test_moderation import LIST, QUEUE, at_desk, change, shown, state, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return publish_post()


@pytest.fixture
def desk():
    return at_desk("mato")


# --- the queue -------------------------------------------------------------------------------


def test_the_queue_shows_25_that_wait_oldest_first(edition, desk):
    said(edition, "not this", state="spam")
    for number in range(27):
        said(edition, f"no {number}", state="held")
    response = desk.get(QUEUE)
    assert shown(response) == [f"no {number}" for number in range(25)]
    assert "27 wait." in text_of(response)
    assert "Comments that wait</a>" in text_of(desk.get(LIST))
    assert reverse("admin:blog_comment_queue") == QUEUE


def test_an_empty_queue_says_so(desk):
    assert "No comment waits." in text_of(desk.get(QUEUE))


def test_each_choice_of_the_queue_is_made_by_itself(edition, desk):
    yes, no, junk, later, late, gone = (said(edition, f"c{n}", state="held") for n in range(6))
    move(late, "mark_spam", by=join("edith", "Moderators"))
    sent = {
        f"move-{yes.key}": "approve",
        f"move-{no.key}": "reject",
        f"reason-{no.key}": "Names a child",
        f"move-{junk.key}": "mark_spam",
        f"move-{later.key}": "",
        f"move-{late.key}": "approve",
        f"move-{gone.key}x": "approve",
    }
    done = desk.post(QUEUE, sent)
    assert (done.status_code, done.url) == (302, QUEUE)
    html = text_of(desk.get(QUEUE))
    assert "1 approved, 1 rejected, 1 marked as spam" in html
    assert "Edith was faster" in html
    assert [state(c) for c in (yes, no, junk, later, late)] == [
        "approved",
        "rejected",
        "spam",
        "held",
        "spam",
    ]
    assert Decision.objects.about(no).get().reason == "Names a child"


def test_a_rejection_without_a_reason_is_asked_again_and_the_rest_is_done(edition, desk):
    one, two = (said(edition, text, state="held") for text in ("one", "two"))
    response = desk.post(QUEUE, {f"move-{one.key}": "approve", f"move-{two.key}": "reject"})
    html = text_of(response)
    assert response.status_code == 422
    assert shown(response) == ["two"]
    assert f'name="move-{two.key}" value="reject" data-key="r" checked' in html
    assert "Please say why" in html
    assert "1 approved" in html
    assert (state(one), state(two)) == ("approved", "held")


def test_sending_the_queue_without_a_choice_changes_nothing(edition, desk):
    comment = said(edition, "one", state="held")
    done = desk.post(QUEUE, {f"move-{comment.key}": ""}, follow=True)
    assert "Nothing was chosen" in text_of(done)
    assert desk.post(QUEUE, {f"move-{comment.key}": "publish"}).status_code == 400
    assert state(comment) == "held"


# --- at once ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round", range(3))
def test_of_two_moderators_at_once_one_wins_and_the_other_is_told(edition, round):
    comment = said(edition, "one", state="held")
    mato, edith = at_desk("mato"), at_desk("edith", "Moderators")
    sent = {"seen": "held", "reason": "Because"}
    answers = race(
        lambda: mato.post(change(comment), sent | {"move": "approve"}),
        lambda: edith.post(change(comment), sent | {"move": "reject"}),
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    won = [("approved", "Mato"), ("rejected", "Edith")][answers[1].status_code == 302]
    told = next(text_of(answer) for answer in answers if answer.status_code == 409)
    assert f"{won[1]} was faster" in told
    assert state(comment) == won[0]
    assert Decision.objects.about(comment).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_queues_sent_at_once_decide_every_comment_once(edition):
    comments = [said(edition, f"no {n}", state="held") for n in range(10)]
    mato, edith = at_desk("mato"), at_desk("edith", "Moderators")
    answers = race(
        lambda: mato.post(QUEUE, {f"move-{c.key}": "approve" for c in comments}),
        lambda: edith.post(QUEUE, {f"move-{c.key}": "mark_spam" for c in comments[::-1]}),
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Decision.objects.filter(from_state=Status.HELD).count() == 10
    assert not Comment.objects.held().exists()
    assert Post.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sheets_that_cross_wait_for_each_other_in_turn(edition):
    """Each approves what the other rejects: locked move by move, they would wait for ever."""
    comments = [said(edition, f"no {n}", state="held") for n in range(20)]
    odd, even = comments[1::2], comments[::2]

    def sheet(approved, rejected):
        sent = {f"move-{c.key}": "approve" for c in approved}
        sent |= {f"move-{c.key}": "reject" for c in rejected}
        return sent | {f"reason-{c.key}": "Because" for c in rejected}

    mato, edith = at_desk("mato"), at_desk("edith", "Moderators")
    answers = race(
        lambda: mato.post(QUEUE, sheet(odd, even)), lambda: edith.post(QUEUE, sheet(even, odd))
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    decided = list(
        Decision.objects.filter(from_state=Status.HELD).values_list("by_name", flat=True)
    )
    assert len(decided) == 20
    assert len(set(decided)) == 1


def test_fifty_decisions_ask_as_many_questions_as_two(edition, desk):
    counts = []
    for number in (1, 2, 50):  # the first fills caches
        comments = [said(edition, f"no {n}", state="held") for n in range(number)]
        sent = {f"move-{c.key}": ["approve", "mark_spam"][n % 2] for n, c in enumerate(comments)}
        with CaptureQueriesContext(connection) as asked:
            assert desk.post(QUEUE, sent).status_code == 302
        counts.append(len(asked))
        assert not Comment.objects.held().exists()
    assert counts[1] == counts[2] < 40
