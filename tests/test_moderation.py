"""Moderators decide about comments: in the list, on a comment's page, in the queue."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.admin.comments import AT_ONCE
from blog.models import Comment, Post
from editorial.models import Decision
from editorial.moving import move
from editorial.sealing import withdraw
from tests.cast import join, write_post
from tests.desk import fields
from tests.people import arrive
from tests.readers import page, publish_post, said

pytestmark = pytest.mark.django_db
LIST = "/admin/blog/comment/"
QUEUE = "/admin/blog/comment/queue/"


@pytest.fixture
def edition():
    return publish_post()


@pytest.fixture
def desk():
    return at_desk("mato")


def at_desk(who, role=None):
    client = Client()
    client.force_login(join(who, role))
    return client


def change(comment):
    return f"{LIST}{comment.pk}/change/"


def text_of(response):
    return response.content.decode()


def state(comment):
    return Comment.objects.get(pk=comment.pk).state


def tick(desk, name, *comments, seen="held", query="", **fields):
    fields |= {f"seen-{comment.pk}": seen for comment in comments}
    fields |= {"action": name, "_selected_action": [comment.pk for comment in comments]}
    return desk.post(LIST + query, fields, follow=True)


def shown(response):
    """Return the words of the comments on a page, in their order."""
    return re.findall(r'<p dir="auto">([^<]+)</p>', text_of(response))


# --- the list --------------------------------------------------------------------------------


def test_the_list_shows_what_waits_first_and_every_word(edition, desk):
    long = "word " * 900
    for text, status in [
        ("oldest", "approved"),
        ("first held", "held"),
        ("junk", "spam"),
        (long.strip(), "held"),
        ("newest", "rejected"),
    ]:
        said(edition, text, state=status)
    response = desk.get(LIST)
    assert shown(response) == ["first held", long.strip(), "newest", "junk", "oldest"]
    assert "Salt in the wells</a>" in text_of(response)
    assert "Delete" not in text_of(response)
    assert shown(desk.get(f"{LIST}?state__exact=held")) == ["first held", long.strip()]
    assert shown(desk.get(f"{LIST}?q=JUNK")) == ["junk"]


def test_the_list_can_be_held_to_one_post(edition, desk):
    said(edition, "here", state="held")
    elsewhere = said(publish_post(slug="brine", title="Brine"), "there", state="held")
    assert shown(desk.get(f"{LIST}?post={elsewhere.post_id}")) == ["there"]
    assert f'href="?post={elsewhere.post_id}">Brine</a>' in text_of(desk.get(LIST))
    assert desk.get(f"{LIST}?post=x").status_code == 200


def test_a_long_list_asks_no_more_than_a_short_one(edition, desk):
    one = said(edition, "one", state="held")
    said(edition, "two", state="held", parent=one)
    counts = []
    for _round in range(2):
        for url in (LIST, QUEUE):
            with CaptureQueriesContext(connection) as asked:
                desk.get(url)
            counts.append(len(asked))
        for number in range(10):
            other = publish_post(slug=f"post-{_round}-{number}", title=f"Post {number}")
            said(other, f"re {number}", state="held", parent=one)
    assert counts[:2] == counts[2:]


@pytest.mark.parametrize(
    ("name", "target"), [("approve", "approved"), ("mark_spam", "spam"), ("reject", "rejected")]
)
def test_several_are_decided_at_once_and_each_decision_is_kept(edition, desk, name, target):
    comments = [said(edition, f"no {n}", state="held") for n in range(3)]
    done = tick(desk, name, *comments, reason="Off the subject")
    assert f"3 {Comment.moves[name].done}" in text_of(done)
    for comment in comments:
        assert state(comment) == target
        decision = Decision.objects.about(comment).get()
        assert (decision.name, decision.by_name, decision.reason) == (
            name,
            "Mato",
            "Off the subject",
        )


def test_what_was_approved_can_be_held_again(edition, desk):
    comment = said(edition, "Hm.")
    tick(desk, "hold", comment, seen="approved")
    assert state(comment) == "held"
    assert "Hm." not in page(edition)


def test_rejecting_asks_for_a_reason_first(edition, desk):
    comments = [said(edition, f"no {n}", state="held") for n in range(2)]
    asked = tick(desk, "reject", *comments)
    assert shown(asked) == ["no 0", "no 1"]
    assert "aria-invalid" not in text_of(asked)
    assert [state(comment) for comment in comments] == ["held", "held"]
    fields = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text_of(asked))
    sent = {name: [v for n, v in fields if n == name] for name, _value in fields}

    blank = desk.post(LIST, sent | {"reason": " "}, follow=True)
    assert "Please say why" in text_of(blank)
    assert Decision.objects.filter(name="reject").count() == 0
    desk.post(LIST, sent | {"reason": "Names a child"}, follow=True)
    assert [state(comment) for comment in comments] == ["rejected", "rejected"]


def test_what_a_colleague_decided_meanwhile_is_reported_and_left(edition, desk):
    mine, theirs = (said(edition, text, state="held") for text in ("mine", "theirs"))
    move(theirs, "reject", by=join("edith", "Moderators"), reason="Names a child")

    done = tick(desk, "approve", mine, theirs, query="?state__exact=held")
    assert "1 approved" in text_of(done)
    assert "Edith was faster" in text_of(done)
    assert "this is now “rejected”. Nothing of yours was changed." in text_of(done)
    assert (state(mine), state(theirs)) == ("approved", "rejected")


def test_all_that_match_are_shown_before_they_are_decided(edition, desk):
    """The list's own "select all" means rows on other pages: nobody decides what they did not see.

    However many there are, one page of them is shown, and it says so.
    """
    comments = [said(edition, f"no {n}", state="held") for n in range(AT_ONCE + 2)]
    said(edition, "junk already", state="spam")
    mato = arrive("mato").open(f"{LIST}?q=no")
    ticked = {"action": "approve", "_selected_action": comments[0].pk, "select_across": "1"}
    mato.press("Go", **ticked)
    assert f"These are the first {AT_ONCE} of those that match: only these are" in mato.text
    assert "no 99" in mato.text
    assert not Comment.objects.public().exists()
    late = said(edition, "no, later", state="held")
    Comment.objects.filter(pk=comments[1].pk).update(text="no longer", revision=2)
    mato.press("Approve")
    assert f"{AT_ONCE - 1} approved" in mato.text
    assert "The text was changed after you opened it." in mato.text
    assert {state(c) for c in (late, comments[1], *comments[AT_ONCE:])} == {"held"}

    mato.open(f"{LIST}?q=no").press("Go", **ticked | {"action": "reject"})
    assert "no longer" in mato.text
    mato.press("Reject with a reason", ground="advert")
    assert Comment.objects.filter(state="rejected").count() == AT_ONCE


# --- one comment -----------------------------------------------------------------------------


def test_a_comment_s_page_shows_where_it_stands(edition, desk):
    one = said(edition, "one", name="Ana")
    two = said(edition, "<b>two</b>\n\nنعم", parent=one, state="held")
    said(edition, "three", parent=two, state="spam")
    move(two, "reject", by=join("mato"), reason="Shouting & more")
    move(two, "hold", by=join("mato"))

    html = text_of(desk.get(change(two)))
    assert html.index(">one<") < html.index("&lt;b&gt;two") < html.index(">three<")
    assert '<p dir="auto">نعم</p>' in html
    assert f"{edition.get_absolute_url()}#comments" in html
    assert html.index("<strong>rejected</strong>, Mato") < html.index("<strong>held</strong>, Mato")
    assert "Shouting &amp; more" in html
    assert re.findall(r'name="move" value="(\w+)"', html) == ["approve", "reject", "mark_spam"]
    assert '<textarea name="text"' not in html


def test_of_many_replies_a_page_is_shown_and_all_are_counted(edition, desk, monkeypatch):
    monkeypatch.setattr("blog.admin.comment_page.BELOW", 2)
    one = said(edition, "one")
    for number in range(5):
        said(edition, f"reply {number}", parent=one)
    html = text_of(desk.get(change(one)))
    assert re.findall(r">(reply \d)<", html) == ["reply 0", "reply 1"]
    assert "Replies (5)" in html
    assert re.findall(r">(reply \d)<", text_of(desk.get(f"{change(one)}?page=3"))) == ["reply 4"]
    assert desk.get(f"{change(one)}?page=4").status_code == 404


def test_a_look_alike_that_changed_or_joined_is_not_decided_unseen(edition, desk):
    joins = said(edition, "They met at dawn.", state="held")
    top, same, changed = (
        said(edition, "Buy salt", state="held", alike="flood") for _number in range(3)
    )
    sheet = fields(desk.get(QUEUE), action=QUEUE)
    Comment.objects.filter(pk=changed.pk).update(text="No salt", revision=2)
    Comment.objects.filter(pk=joins.pk).update(alike="flood")
    done = desk.post(QUEUE, sheet | {f"move-{top.key}": "mark_spam"}, follow=True)
    assert [state(row) for row in (top, same, changed, joins)] == ["spam", "spam", "held", "held"]
    assert "The text was changed after you opened it" in text_of(done)
    odd = sheet | {f"move-{changed.key}": "hold", f"alike-{changed.key}": "1-x"}
    assert desk.post(QUEUE, odd).status_code == 400


def test_a_comment_is_decided_on_its_page(edition, desk):
    comment = said(edition, "one", state="held")
    done = desk.post(change(comment), {"move": "approve", "seen": "held"}, follow=True)
    assert "Decided: approved." in text_of(done)
    assert ">one<" in page(edition)
    assert f"{edition.get_absolute_url()}#comment-{comment.key}" in text_of(done)


def test_a_refusal_keeps_what_was_typed(edition, desk):
    comment = said(edition, "one", state="held")
    blank = desk.post(change(comment), {"move": "reject", "seen": "held", "reason": ""})
    assert (blank.status_code, state(comment)) == (409, "held")
    assert "Please say why" in text_of(blank)

    move(comment, "approve", by=join("edith", "Moderators"))
    late = desk.post(change(comment), {"move": "reject", "seen": "held", "reason": "Too <long>"})
    assert (late.status_code, state(comment)) == (409, "approved")
    assert "Edith was faster" in text_of(late)
    assert 'value="Too &lt;long&gt;"' in text_of(late)


@pytest.mark.parametrize("sent", [{}, {"move": "burn", "seen": "held"}, {"move": "hold"}])
def test_a_made_up_move_is_no_move(edition, desk, sent):
    comment = said(edition, "one")
    assert desk.post(change(comment), sent).status_code == 400
    assert state(comment) == "approved"


def test_nobody_writes_deletes_or_adds(edition, desk):
    comment = said(edition, "one", state="held")
    root = join("root", "Moderators")
    root.is_superuser = True
    root.save()
    for client in (desk, at_desk("root")):
        client.post(change(comment), {"text": "other", "move": "approve", "seen": "held"})
        assert Comment.objects.get().text == "one"
        assert client.get(f"{LIST}add/").status_code == 403
        assert client.post(f"{LIST}{comment.pk}/delete/", {"post": "yes"}).status_code == 403
        assert tick(client, "delete_selected", comment, post="yes").status_code == 200
        assert Comment.objects.count() == 1


def test_a_moderator_sees_of_posts_what_readers_see(edition, desk):
    """Drafts, and what is to become of a post, are not for those who moderate."""
    write_post(title="A secret draft", slug="secret")
    comment = said(edition, "one", state="held")
    post = Post.objects.get(slug="salt")
    Post.objects.filter(pk=post.pk).update(title="A title to come")
    admin = "/admin/blog/post/"
    for url in (admin, f"{admin}{post.pk}/change/"):
        assert desk.get(url).status_code == 403
    for url in ("/admin/", LIST, f"{LIST}?post={post.pk}", change(comment), QUEUE):
        html = text_of(desk.get(url))
        assert "secret draft" not in html
        assert "title to come" not in html
    assert "Salt in the wells" in text_of(desk.get(LIST))
    withdraw(post, by=join("edda"), note="Unsound.")
    assert "Salt in the wells (not public now)" in text_of(desk.get(change(comment)))


def test_who_does_not_moderate_may_look_and_decide_nothing(edition):
    comment = said(edition, "one", state="held")
    edda, wanda = at_desk("edda"), at_desk("wanda")
    assert 'name="move"' not in text_of(edda.get(change(comment)))
    assert edda.get(change(comment)).status_code == 200
    assert edda.post(change(comment), {"move": "approve", "seen": "held"}).status_code == 403
    assert edda.get(QUEUE).status_code == 403
    assert edda.post(QUEUE, {f"move-{comment.key}": "approve"}).status_code == 403
    tick(edda, "approve", comment)
    for url in (LIST, change(comment), QUEUE):
        assert wanda.get(url).status_code == 403
        assert Client().get(url).status_code == 302
    assert state(comment) == "held"


@pytest.mark.parametrize("sent", ["9" * 40, "²", "-1", "soon"])
def test_a_revision_that_is_no_number_is_none_that_anybody_saw(desk, edition, sent):
    comment = said(edition, "I was there.", state="held")
    fields = {"move": "approve", "seen": "held"}
    for revision, state in ((sent, "held"), (comment.revision, "approved")):
        desk.post(change(comment), fields | {"revision": revision})
        comment.refresh_from_db()
        assert comment.state == state
