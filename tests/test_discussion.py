"""The comments under a post: what readers see of them, and how they answer each other."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import Comment
from editorial.moving import move
from editorial.redacting import MARK, redact
from tests.cast import join
from tests.readers import page, publish_post, said, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return publish_post()


def test_a_reply_link_leads_to_a_form_that_answers(edition):
    comment = said(edition, "They did.", name="Ana <b>")
    html = page(edition, f"?reply={comment.key}")
    assert f'href="{edition.get_absolute_url()}?reply={comment.key}#write"' in page(edition)
    assert "Ana &lt;b&gt;</bdi></a></h3>" in html
    assert f'value="{comment.key}"' in html

    send(edition, text="Indeed.", parent=comment.key)
    assert Comment.objects.get(text="Indeed.").parent == comment


@pytest.mark.parametrize("state", ["held", "rejected", "spam"])
def test_what_is_not_shown_cannot_be_answered_and_does_not_show(edition, state):
    hidden = said(edition, "Hidden words", state=state)
    asked = page(edition, f"?reply={hidden.key}")
    assert asked == page(edition, "?reply=nothing")
    assert "Hidden words" not in asked

    answers = [
        send(edition, text="Re", parent=key).content.decode() for key in (hidden.key, "x", "\0'")
    ]
    answers = [re.sub('(?<=name="ticket" value=")[^"]+', "", answer) for answer in answers]
    assert answers[0] == answers[1] == answers[2]
    assert "is not there any more" in answers[0]
    assert Comment.objects.exclude(pk=hidden.pk).count() == 0


def test_a_comment_on_another_post_cannot_be_answered_here(edition):
    other = publish_post(slug="brine", title="Brine")
    there = said(other, "Over there.")
    assert send(edition, text="Re", parent=there.key).status_code == 422
    assert page(edition, f"?reply={there.key}") == page(edition)


def test_comments_stand_in_the_order_of_the_conversation(edition):
    one = said(edition, "one")
    said(edition, "two")
    first = said(edition, "one-a", parent=one, name="Ana")
    said(edition, "one-b", parent=one)
    said(edition, "one-a-a", parent=first)
    said(edition, "held", state="held", parent=one)

    html = page(edition)
    shown = re.findall(r'<p dir="auto">([^<]+)</p></div>', html)
    assert shown == ["one", "one-a", "one-a-a", "one-b", "two"]
    assert "5 comments" in html
    assert html.count("In reply to <bdi>Ana</bdi>") == 1
    assert "In reply to a comment that was removed" not in html
    assert html.index('<ol class="thread">') == html.index("<ol")
    assert html.count("<ol>") == 1


def test_a_reply_to_a_removed_comment_says_so(edition):
    one = said(edition, "one")
    reply = said(edition, "one-a", parent=one)
    said(edition, "one-a-a", parent=reply)
    mato = join("mato")
    move(one, "reject", by=mato, reason="Names a child")

    html = page(edition)
    assert html.count("In reply to a comment that was removed.") == 1
    assert html.index("comment that was removed.") < html.index(">one-a<") < html.index("one-a-a")
    assert one.key not in html
    assert "2 comments" in html


def test_a_comment_s_text_is_text(edition):
    said(edition, "<script>x</script>\n\nhttps://a.example/?a=1&b\nشكرا", name="<i>N</i>")
    html = page(edition)
    assert '<p dir="auto">&lt;script&gt;x&lt;/script&gt;</p>' in html
    assert '<p dir="auto">https://a.example/?a=1&amp;b<br>شكرا</p>' in html
    assert "&lt;i&gt;N&lt;/i&gt;" in html


def test_every_comment_has_an_address_of_its_own(edition):
    comment = said(edition, "one")
    html = page(edition)
    assert f'id="comment-{comment.key}"' in html
    assert f'href="#comment-{comment.key}"' in html
    assert f'"comment-{comment.pk}"' not in html


def test_many_comments_ask_the_database_no_more_than_one(edition):
    one = said(edition, "one")
    queries = [count_queries(edition)]
    for number in range(20):
        one = said(edition, f"re {number}", parent=one if number % 3 else None)
    queries += [count_queries(edition), count_queries(edition, f"?reply={one.key}")]
    assert len(set(queries)) == 1


def count_queries(edition, query=""):
    with CaptureQueriesContext(connection) as asked:
        page(edition, query)
    [comments] = [query["sql"] for query in asked if "blog_comment" in query["sql"]]
    assert "approved" in comments
    return len(asked)


def test_a_very_deep_conversation_is_shown(edition):
    comments = Comment.objects.bulk_create(
        Comment(post_id=edition.item_id, text=f"no {n}", state="approved") for n in range(1200)
    )
    for below, above in zip(comments[1:], comments, strict=False):
        below.parent = above
    Comment.objects.bulk_update(comments, ["parent"], batch_size=400)
    assert "1200 comments" in page(edition)


def test_a_redacted_name_is_gone_from_comments_too(edition):
    send(edition, name="ana petrel", text="Li saw Ana Petrel.")
    said(edition, "Ana Petrel? Never.", name="Li " * 26)
    said(edition, "Somebody else.", name="Bo", receipt="kept")
    row = redact(["Ana Petrel", "Li"], by=join("edda"), ground="At her request")

    assert row.places == 4
    assert list(Comment.objects.order_by("pk").values_list("name", "text", "receipt")) == [
        (MARK, f"{MARK} saw {MARK}.", None),
        ((f"{MARK} " * 26)[:80], f"{MARK}? Never.", None),
        ("Bo", "Somebody else.", "kept"),
    ]
    assert "Petrel" not in page(edition)
