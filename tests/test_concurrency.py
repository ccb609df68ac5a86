"""Two people at once: one wins, the other is told, and nothing is lost."""

import random
from contextlib import suppress
from datetime import timedelta
from functools import partial
from threading import Event

import pytest
from django.utils import timezone

from blog.models import Comment, Post, PostEdition
from editorial.editing import Stale, editing
from editorial.models import Approval, Contribution, Decision
from editorial.moving import move
from editorial.sealing import cancel_schedule, publish, withdraw
from editorial.signals import decided
from editorial.states import CannotNow, State
from editorial.verifying import verify
from tests.cast import approve, join, translate, write_appeal, write_post
from tests.invariants import broken
from tests.invariants import path as broken_path
from tests.racing import PATIENCE, race, refusals

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = range(2)


@pytest.fixture
def rosa():
    return join("rosa")


@pytest.fixture
def edda():
    return join("edda")


@pytest.fixture
def wanda():
    return join("wanda")


def opened(post):
    """Return the post as another click sees it: an object of its own."""
    return Post.objects.get(pk=post.pk)


def submitted(by, **fields):
    post = write_post(by=by, **fields)
    move(post, "submit", by=by)
    return post


def save(post, title, by, revision=None):
    with editing(post, by=by, revision=revision):
        post.title = title
        post.save()


@pytest.mark.parametrize("round", ROUNDS)
def test_of_two_approvals_one_wins_and_the_other_hears_who_was_faster(round, rosa, edda, wanda):
    post = submitted(wanda)

    came_to = race(
        *(partial(move, opened(post), "approve", by=user, revision=2) for user in (rosa, edda))
    )

    [refusal] = refusals(came_to)
    winner = "Rosa" if came_to[1] is refusal else "Edda"
    assert type(refusal) is CannotNow
    assert f"{winner} was faster" in str(refusal)
    assert Approval.objects.get().approver_name == winner
    assert Decision.objects.filter(name="approve").get().by_name == winner
    assert broken(post) == []


def test_of_eight_approvals_one_wins(wanda):
    post = submitted(wanda)
    readers = [join(f"rosa{number}", "Reviewers") for number in range(8)]

    came_to = race(*(partial(move, opened(post), "approve", by=user) for user in readers))

    assert {type(refusal) for refusal in refusals(came_to)} == {CannotNow}
    assert len(refusals(came_to)) == 7
    assert Approval.objects.count() == 1
    assert broken(post) == []


@pytest.mark.parametrize("revision", [2, None], ids=["seen", "unseen"])
@pytest.mark.parametrize("round", ROUNDS)
def test_what_is_saved_during_an_approval_is_not_approved_by_it(round, revision, rosa, wanda):
    post = submitted(wanda)

    approved, saved = race(
        partial(move, opened(post), "approve", by=rosa, revision=revision),
        partial(save, opened(post), "Other words", wanda),
    )

    post.refresh_from_db()
    assert saved is None
    assert post.title == "Other words"
    if revision and post.state == State.IN_REVIEW:
        assert "changed after you opened it" in str(approved)
    if revision:
        assert post.state != State.APPROVED
    assert broken(post) == []


@pytest.mark.parametrize("round", ROUNDS)
def test_publishing_twice_seals_one_edition(round, edda):
    post = approve(write_post(slug="salt"))
    second = join("erik", "Editors")

    came_to = race(*(partial(publish, opened(post), by=user) for user in (edda, second)))

    [refusal] = refusals(came_to)
    assert isinstance(refusal, CannotNow)
    assert PostEdition.objects.count() == 1
    assert Decision.objects.filter(name="publish").count() == 1
    assert broken(post) == []


@pytest.mark.parametrize("round", ROUNDS)
def test_what_is_published_during_a_save_is_what_was_approved(round, edda, wanda):
    post = approve(write_post(by=wanda, slug="salt", title="Approved"))

    published, saved = race(
        partial(publish, opened(post), by=edda),
        partial(save, opened(post), "Not approved", wanda),
    )

    assert saved is None
    assert {edition.title for edition in PostEdition.objects.all()} <= {"Approved"}
    assert isinstance(published, CannotNow) is not PostEdition.objects.exists()
    assert Contribution.objects.about(post).filter(user=wanda).count() in (1, 2)
    assert broken(post) == []


@pytest.mark.parametrize("round", ROUNDS)
def test_publishing_withdrawing_and_cancelling_at_once_leave_one_story(round, edda, wanda):
    post = approve(write_post(by=wanda, slug="salt"))
    publish(post, by=edda)
    save(post, "Two", wanda)
    publish(approve(post), by=edda, at=timezone.now() + timedelta(days=1))
    save(post, "Three", wanda)
    approve(post)

    came_to = race(
        partial(publish, opened(post), by=edda),
        partial(withdraw, opened(post), by=edda, note="At the authors' request."),
        partial(cancel_schedule, opened(post), by=edda),
    )

    assert {type(refusal) for refusal in refusals(came_to)} <= {CannotNow}
    assert not refusals(came_to[:2])
    live = PostEdition.objects.live().filter(item=post)
    assert [edition.title for edition in live] in ([], ["Three"])
    assert not PostEdition.objects.scheduled().exists()
    assert broken(post) == []


@pytest.mark.parametrize("round", ROUNDS)
def test_of_two_savers_of_one_form_one_is_told(round, rosa, wanda):
    post = write_post(by=wanda)

    came_to = race(
        partial(save, opened(post), "Hers", wanda, revision=2),
        partial(save, opened(post), "Theirs", join("walid", "Writers"), revision=2),
    )

    [refusal] = refusals(came_to)
    assert type(refusal) is Stale
    post.refresh_from_db()
    assert (post.title, post.revision) == ("Theirs" if came_to[0] is refusal else "Hers", 3)


def test_eight_writers_on_eight_posts_lose_nothing():
    writers = [join(f"wanda{number}", "Writers") for number in range(8)]
    posts = [write_post(by=writer, slug=writer.username) for writer in writers]

    def day(post, writer):
        for number in range(5):
            save(post, f"Title {number}", writer, revision=post.revision)
        move(post, "submit", by=writer)

    came_to = race(*(partial(day, opened(p), w) for p, w in zip(posts, writers, strict=True)))

    assert refusals(came_to) == []
    assert set(Post.objects.values_list("title", "revision", "state")) == {
        ("Title 4", 7, State.IN_REVIEW)
    }
    assert Contribution.objects.count() == 8
    assert [fault for post in posts for fault in broken(post)] == []


def test_eight_writers_on_one_appeal_lose_nothing():
    appeal = write_appeal(passages=8)
    writers = [join(f"tariq{number}", "Translators") for number in range(8)]

    def write(passage, writer):
        with editing(passage.appeal, by=writer):
            passage.text = writer.username
            passage.save()

    passages = list(appeal.passages.select_related("appeal"))
    came_to = race(*(partial(write, p, w) for p, w in zip(passages, writers, strict=True)))

    assert refusals(came_to) == []
    assert [p.text for p in appeal.passages.all()] == [w.username for w in writers]
    assert Contribution.objects.about(appeal).count() == 8
    appeal.refresh_from_db()
    assert appeal.revision == 10


def test_accepting_a_rendering_and_rewriting_it_do_not_wait_for_each_other(rosa):
    tariq = join("tariq")
    translation = translate(write_appeal(passages=1), by=tariq)
    accepting, rewriting = Event(), Event()

    def mine():
        return translation.renderings.select_related("translation", "passage").get()

    def linger(**_sent):
        """Give the rewriter, if nothing holds him up, the time to take the translation."""
        accepting.set()
        rewriting.wait(0.3)

    def rewrite():
        rendering = mine()
        accepting.wait(PATIENCE)
        with editing(rendering.translation, by=tariq):
            rewriting.set()
            rendering.text = "Other words."
            rendering.save(update_fields=["text"])

    decided.connect(linger)
    try:
        came_to = race(partial(move, mine(), "accept", by=rosa), rewrite)
    finally:
        decided.disconnect(linger)

    assert refusals(came_to) == []
    assert (mine().text, mine().state) == ("Other words.", State.APPROVED)


@pytest.mark.parametrize("round", ROUNDS)
def test_nothing_is_approved_with_a_passage_that_was_just_sent_back(round, rosa, edda):
    translation = translate(write_appeal(passages=1), by=join("tariq"))
    publish(approve(translation.appeal), by=edda)
    approve(translation)
    rendering = translation.renderings.get()

    race(
        partial(publish, translation, by=edda),
        partial(move, rendering, "send_back", by=rosa, reason="Not what it says."),
    )

    rendering.refresh_from_db()
    editions = translation.editions.all()
    assert rendering.state == State.CHANGES_REQUESTED
    if editions:
        sent_back = Decision.objects.get(name="send_back")
        assert Decision.objects.get(name="publish", object_id=translation.pk).pk < sent_back.pk
    with pytest.raises(CannotNow):
        publish(translation, by=edda)


@pytest.mark.parametrize("round", ROUNDS)
def test_of_two_posts_that_want_one_address_one_gets_it(round, edda):
    posts = [approve(write_post(slug="salt", title=title)) for title in ("One", "Two")]

    came_to = race(*(partial(publish, post, by=edda) for post in posts))

    [refusal] = refusals(came_to)
    assert "belongs to something else" in str(refusal)
    assert PostEdition.objects.count() == 1
    assert list(verify()) == []


@pytest.mark.parametrize("round", ROUNDS)
def test_two_moderators_of_one_comment_leave_one_walk(round):
    moderators = [join("mato"), join("maren", "Moderators")]
    comment = Comment.objects.create(post=write_post(), text="I was there.")

    def decide(moderator, names):
        mine = Comment.objects.get(pk=comment.pk)
        for name in names:
            with suppress(CannotNow):
                move(mine, name, by=moderator, reason="Off the subject.")

    names = ["approve", "reject", "mark_spam", "hold", "approve"]
    came_to = race(
        partial(decide, moderators[0], names), partial(decide, moderators[1], names[::-1])
    )

    comment.refresh_from_db()
    assert refusals(came_to) == []
    assert list(broken_path(comment)) == []


@pytest.mark.parametrize("seed", range(3))
def test_after_any_interleaving_everything_holds(seed, rosa, edda, wanda):
    posts = [approve(write_post(by=wanda, slug=slug)) for slug in ("salt", "well")]

    def day(number):
        chance = random.Random(seed * 10 + number)
        for step in range(12):
            post = opened(chance.choice(posts))
            tomorrow = timezone.now() + timedelta(days=chance.randint(1, 3))
            acts = [
                lambda post=post, step=step: save(post, f"{number}-{step}", wanda),
                lambda post=post: move(post, "submit", by=wanda),
                lambda post=post: move(post, "approve", by=rosa),
                lambda post=post: publish(post, by=edda),
                lambda post=post, at=tomorrow: publish(post, by=edda, at=at),
                lambda post=post, at=tomorrow: publish(post, by=edda, until=at),
                lambda post=post: cancel_schedule(post, by=edda),
                lambda post=post: withdraw(post, by=edda, note="A mistake."),
            ]
            for act in [*chance.sample(acts, 2), *acts[1:4]]:
                with suppress(CannotNow):
                    act()

    came_to = race(*(partial(day, number) for number in range(3)))

    assert refusals(came_to) == []
    assert [fault for post in posts for fault in broken(post)] == []
    assert PostEdition.objects.count() > 4
