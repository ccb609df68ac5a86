"""The desk: what waits for whom, since when and why."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appeals.models import Organisation
from blog.models import Comment, Post
from editorial.desk import Pile, piles_for
from editorial.editing import editing
from editorial.moving import move
from editorial.sealing import cancel_schedule, publish, withdraw
from tests.cast import approve, join, translate, write_appeal, write_post
from tests.desk import page, sit

pytestmark = pytest.mark.django_db


def desk(username):
    """Return what waits, as (heading, titles) pairs."""
    return [
        (str(pile.heading.label), [row.what for row in pile.rows])
        for pile in piles_for(join(username))
    ]


def submitted(title, by):
    post = write_post(by=join(by), title=title)
    move(post, "submit", by=join("edda"))
    return post


@pytest.mark.parametrize("who", ["wanda", "tariq", "rosa", "edda", "mato"])
def test_nothing_waits_in_an_empty_house(who):
    assert desk(who) == []
    assert "Nothing waits for you." in sit(who).get("/admin/").content.decode()


def test_a_review_waits_for_those_who_did_not_write_it():
    submitted("By Wanda", "wanda")
    submitted("By Edda", "edda")
    assert desk("rosa") == [("To review", ["By Wanda", "By Edda"])]
    assert desk("edda") == [
        ("To review", ["By Wanda"]),
        ("Waits for somebody else", ["By Edda"]),
    ]
    assert desk("wanda") == [("Waits for somebody else", ["By Wanda"])]
    assert desk("mato") == []


def test_the_longest_wait_comes_first():
    later, first = submitted("Later", "wanda"), submitted("First", "wanda")
    for post, days in ((later, 1), (first, 2)):
        since = timezone.now() - timedelta(days=days)
        Post.objects.filter(pk=post.pk).update(waiting_since=since)
    assert desk("rosa") == [("To review", ["First", "Later"])]


def test_what_was_sent_back_waits_with_its_reason_for_who_wrote_it():
    post = submitted("By Wanda", "wanda")
    move(post, "request_changes", by=join("rosa"), reason="Who says so?")
    [pile] = piles_for(join("wanda"))
    assert str(pile.heading.label) == "Sent back to you"
    assert pile.rows[0].why == "Rosa: Who says so?"
    assert pile.rows[0].url == page(post)
    assert "Who says so?" in sit("wanda").get("/admin/").content.decode()
    assert desk("rosa") == desk("edda") == []


def test_drafts_and_what_was_taken_back_or_reopened_wait_for_their_people():
    write_post(by=join("wanda"), title="Begun")
    move(submitted("Taken back", "wanda"), "recall", by=join("wanda"))
    move(approve(write_post(title="Reopened")), "reopen", by=join("edda"))
    write_post(title="Nobody's")
    assert desk("wanda") == [("Your drafts", ["Begun", "Taken back"])]
    assert desk("edda") == [("Your drafts", ["Reopened"])]


def test_what_was_written_for_an_earlier_edition_is_no_draft_of_theirs():
    post = approve(write_post(by=join("wanda"), slug="salt"))
    publish(post, by=join("edda"))
    with editing(post, by=join("edda")):
        post.title = "Changed"
        post.save()
    assert desk("wanda") == []


def test_what_is_approved_waits_for_an_editor_until_it_is_sealed():
    post = approve(write_post(by=join("wanda"), title="Ready", slug="salt"))
    assert desk("edda") == [("Approved, to be published", ["Ready"])]
    assert desk("rosa") == desk("wanda") == []
    publish(post, by=join("edda"), at=timezone.now() + timedelta(days=1))
    assert desk("edda") == [("Scheduled next", ["Ready"])]
    cancel_schedule(post, by=join("edda"))
    assert desk("edda") == [("Approved, to be published", ["Ready"])]
    publish(post, by=join("edda"))
    assert desk("edda") == []
    withdraw(post, by=join("edda"), note="At their request.")
    assert desk("edda") == []


def test_what_changed_behind_its_approval_is_told_apart():
    appeal = write_appeal(title="Lake")
    party = Organisation.objects.create(name="Fishers")
    appeal.issuers.create(organisation=party)
    approve(appeal)
    assert desk("edda") == [("Approved, to be published", ["Lake"])]
    Organisation.objects.update(name="Fishers' Union")
    assert desk("edda") == [("Approved, but no longer what was approved", ["Lake"])]


def test_the_next_to_appear_comes_first():
    for title, days in (("Third", 3), ("First", 1), ("Second", 2)):
        post = approve(write_post(title=title))
        publish(post, by=join("edda"), at=timezone.now() + timedelta(days=days))
    assert desk("edda") == [("Scheduled next", ["First", "Second", "Third"])]


def test_passages_sent_back_or_stale_wait_for_who_wrote_them():
    appeal = write_appeal(by=join("edda"), passages=3, title="Lake")
    translation = translate(appeal, by=join("tariq"))
    first, second, _third = translation.renderings.all()
    move(first, "accept", by=join("rosa"))
    move(second, "send_back", by=join("rosa"), reason="Salt, not sand.")
    with editing(appeal, by=join("edda")):
        first.passage.text = "Иначе."
        first.passage.save()
    [passages] = [p for p in piles_for(join("tariq")) if str(p.heading.label).startswith("Pass")]
    [row] = passages.rows
    assert row.why == "1 passage was sent back, the original of 1 passage has changed"
    assert row.url == f"/admin/appeals/translation/{translation.pk}/review/"
    assert all(heading != "Passages to work on" for heading, _rows in desk("edda"))


def test_held_comments_wait_for_a_moderator_with_the_oldest():
    post = write_post()
    old = timezone.now() - timedelta(days=4)
    Comment.objects.create(post=post, text="Indeed.", sent_at=old)
    Comment.objects.create(post=post, text="No.")
    [pile] = piles_for(join("mato"))
    [row] = pile.rows
    assert (row.what, row.since, row.url) == (
        "2 comments are held",
        old,
        "/admin/blog/comment/queue/",
    )
    assert desk("wanda") == []


def test_a_long_pile_is_cut_and_says_so():
    for number in range(Pile.SHOWN + 2):
        submitted(f"No. {number}", "wanda")
    text = sit("rosa").get("/admin/").content.decode()
    assert "and 2 more" in text
    assert f'<span class="count">{Pile.SHOWN + 2}</span>' in text


def fill(times):
    """Make everything wait that can wait, that many times."""
    edda, rosa, tariq, wanda = (join(name) for name in ("edda", "rosa", "tariq", "wanda"))
    for _turn in range(times):
        write_post(by=edda)
        submitted("Wanda's", "wanda")
        submitted("Edda's", "edda")
        move(submitted("Back", "edda"), "request_changes", by=rosa, reason="Why?")
        approve(write_post(by=wanda))
        ahead = approve(write_post(by=wanda, slug=f"post-{Post.objects.count()}"))
        publish(ahead, by=edda, at=timezone.now() + timedelta(days=1))
        appeal = write_appeal(by=tariq, title="Lake", slug=f"lake-{Post.objects.count()}")
        translation = translate(appeal, by=edda)
        move(translation.renderings.first(), "send_back", by=rosa, reason="Why?")
        approve(translate(appeal, by=tariq, language="fr"))
        approve(appeal)
        Comment.objects.create(post=write_post(), text="Indeed.")


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("who", "number"), [("wanda", 7), ("tariq", 8), ("rosa", 12), ("edda", 47), ("mato", 11)]
)
def test_the_desk_asks_as_much_whatever_waits(who, number):
    client = sit(who)
    fill(1)
    ContentType.objects.clear_cache()  # which other tests fill in part
    client.get("/admin/")  # what is asked once per process
    assert queries(client, "/admin/") == number
    fill(4)
    assert queries(client, "/admin/") == number
