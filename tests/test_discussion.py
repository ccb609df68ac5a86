"""The comments under a post: what readers see of them, and how they answer each other."""

import re
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.comments.commenting import token_for
from blog.comments.conversation import SIZE, Conversation
from blog.models import Comment, Post
from editorial.moving import move
from editorial.redacting import MARK, redact
from editorial.sealing import withdraw
from tests.cast import join
from tests.people import Browser
from tests.readers import page, publish_again, publish_post, said, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return publish_post()


def test_a_reply_link_leads_to_a_form_that_answers(edition):
    comment = said(edition, "They did.", name="Ana <b>")
    html = page(edition, f"?reply={comment.key}")
    assert f'href="{edition.get_absolute_url()}?reply={comment.key}#write"' in page(edition)
    assert "Ana &lt;b&gt;</bdi></h3>" in html
    assert html.index("They did.") < html.index('id="write"')
    assert f'value="{comment.key}"' in html

    send(edition, text="Indeed.", parent=comment.key)
    assert Comment.objects.get(text="Indeed.").parent == comment


@pytest.mark.parametrize("state", ["held", "rejected", "spam"])
def test_what_is_not_shown_cannot_be_answered_and_does_not_show(edition, state):
    hidden = said(edition, "Hidden words", state=state)
    asked = page(edition, f"?reply={hidden.key}")
    assert asked.replace(hidden.key, "nothing") == page(edition, "?reply=nothing")
    assert "Hidden words" not in asked

    answers = [
        re.sub(r'name="ticket" value="[^"]+"', "", answer.content.decode())
        for key in (hidden.key, "x", "\0'")
        for answer in [send(edition, text="Re", parent=key)]
    ]
    answers = [re.sub('(?<=name="ticket" value=")[^"]+', "", answer) for answer in answers]
    assert answers[0] == answers[1] == answers[2]
    assert "is not there any more" in answers[0]
    assert Comment.objects.exclude(pk=hidden.pk).count() == 0


def test_a_comment_on_another_post_cannot_be_answered_here(edition):
    other = publish_post(slug="brine", title="Brine")
    there = said(other, "Over there.")
    assert send(edition, text="Re", parent=there.key).status_code == 422
    assert page(edition, f"?reply={there.key}").replace(f"?reply={there.key}", "") == page(edition)


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


def test_a_removed_comment_keeps_its_place_above_what_answers_it(edition):
    one = said(edition, "one")
    reply = said(edition, "one-a", parent=one)
    said(edition, "one-a-a", parent=reply)
    mato = join("mato")
    move(one, "reject", by=mato, reason="Names a child")

    html = page(edition)
    assert html.count("A comment that was removed.") == 1
    assert html.index("comment that was removed.") < html.index(">one-a<") < html.index("one-a-a")
    assert html.count("In reply to") == 1  # one-a-a, to one-a
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
    assert f'href="{edition.get_absolute_url()}comments/{comment.key}/"' in html
    assert f'"comment-{comment.pk}"' not in html


def test_many_comments_ask_the_database_no_more_than_one(edition):
    one = said(edition, "one")
    queries = [(count_queries(edition), count_queries(edition, f"?reply={one.key}"))]
    for number in range(20):
        one = said(edition, f"re {number}", parent=one if number % 3 else None)
    queries += [(count_queries(edition), count_queries(edition, f"?reply={one.key}"))]
    assert len(set(queries)) == 1


def test_of_many_comments_one_page_is_read(edition):
    """The rows that come from the database: those of the page, whatever else was said."""
    first = said(edition, "first")
    for number in range(SIZE * 3):
        said(edition, f"re {number}", parent=first if number % 2 else None)
    read = []
    made = Comment.from_db.__func__
    with patch.object(Comment, "from_db", classmethod(lambda *row: read.append(1) or made(*row))):
        for number in (1, 2):
            said_on = Conversation(edition.item_id)
            assert (said_on.count, said_on.pages) == (SIZE * 3 + 1, 4)
            said_on.page(number)
    assert len(read) <= 2 * (SIZE + 1) + SIZE


def count_queries(edition, query=""):
    with CaptureQueriesContext(connection) as asked:
        page(edition, query)
    return len(asked)


def test_a_very_deep_conversation_is_shown(edition):
    """Below the deepest level that is sorted by, answers stand in the order of time."""
    above = None
    for number in range(SIZE + 5):
        above = said(edition, f"no {number}", parent=above)
    said(edition, "aside")
    html = page(edition)
    assert f"{SIZE + 6} comments" in html
    assert "Page 1 of 2" in html
    assert html.count('<article class="comment"') == SIZE
    assert html.count("In reply to <bdi>") == SIZE - 2
    rest = Client().get(f"{edition.get_absolute_url()}comments/?page=2").content.decode()
    assert re.findall("<p[^>]*>(no .*|aside)</p>", rest) == [
        *(f"no {n}" for n in range(SIZE, SIZE + 5)),
        "aside",
    ]


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


# --- pages and permalinks --------------------------------------------------------------------


@pytest.fixture
def long(edition):
    """Return a conversation of two pages: one thread of 60, and another comment."""
    first = said(edition, "first", name="Ana")
    replies = [said(edition, f"answer {n}", parent=first) for n in range(59)]
    return edition, [first, *replies, said(edition, "last")]


def test_a_long_conversation_turns_pages(long):
    edition, comments = long
    url = edition.get_absolute_url()
    ana = Browser().open(url)
    assert "61 comments" in ana.text
    assert "answer 48" in ana.text
    assert "answer 49" not in ana.text
    ana.follow("Later comments")
    assert ana.address == f"{url}comments/"
    assert "More answers to Ana" in ana.text
    assert re.findall(r"answer \d+|last", ana.text) == [
        *(f"answer {n}" for n in range(49, 59)),
        "last",
    ]
    assert "Page 2 of 2" in ana.text
    ana.follow("Earlier comments")
    assert "first" in ana.text
    ana.open(f"{url}comments/?page=2").follow(f"Reply to {comments[-1].signature}")
    assert f'value="{comments[50].key}"' in page(edition, f"?reply={comments[50].key}")
    for asked in ("0", "3", "-1", "x", "٢", "9" * 9, ""):
        assert Client().get(f"{url}comments/?page={asked}").status_code == 404
    assert (
        Client().get(f"{publish_post(slug='brine').get_absolute_url()}comments/").status_code == 404
    )


def test_every_comment_is_found_where_it_stands_by_now(long):
    edition, comments = long
    url = edition.get_absolute_url()
    for comment, rest in [(comments[3], ""), (comments[-1], "comments/?page=2")]:
        response = Client().get(f"{url}comments/{comment.key}/")
        assert (response.status_code, response.url) == (302, f"{url}{rest}#comment-{comment.key}")
    hidden = said(edition, "held", state="held")
    nothing = Client().get(f"{url}comments/nothing/")
    for key in (hidden.key, "nothing"):
        response = Client().get(f"{url}comments/{key}/")
        assert (response.status_code, response.content) == (404, nothing.content)

    moved = publish_again(edition, slug="brine").get_absolute_url()
    for rest in ("comments/", f"comments/{comments[3].key}/"):
        response = Client().get(f"{url}{rest}")
        assert (response.status_code, response.url) == (301, f"{moved}{rest}")


def test_a_page_of_comments_asks_no_more_than_a_short_one(long):
    edition, _comments = long
    short = publish_post(slug="brine")
    said(short, "one")
    counts = set()
    for address in (
        f"{edition.get_absolute_url()}comments/?page=2",
        f"{short.get_absolute_url()}comments/",
    ):
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(address).status_code == 200
        counts.add(len(asked))
    assert len(counts) == 1


def test_a_removed_comment_below_a_removed_one_keeps_its_place_too(edition):
    one = said(edition, "one", state="rejected")
    two = said(edition, "two", state="withdrawn", parent=one)
    said(edition, "three", parent=two)
    said(edition, "four", state="rejected", parent=two)
    html = page(edition)
    assert html.count("A comment that was removed.") == 2
    assert "In reply to a comment that was removed." in html
    assert "1 comment<" in html


# --- looking at it first ---------------------------------------------------------------------


def test_a_comment_is_seen_before_it_is_sent(edition):
    one = said(edition, "one", name="Bo")
    reader = Browser().open(f"{edition.get_absolute_url()}?reply={one.key}")
    reader.press("See it, then send it", name="Ana", text="They <did>.\n\nAll.", language="fr")
    assert reader.status == 200
    assert "Not sent yet: this is how it will look" in reader.text
    assert "They <did>. All." in reader.text.replace("All. ", "All.")
    assert "Reply to Bo" in reader.text
    assert Comment.objects.count() == 1

    reader.press("Send")
    sent = Comment.objects.order_by("pk").last()
    assert (sent.name, sent.text, sent.language, sent.parent) == (
        "Ana", "They <did>.\n\nAll.", "fr", one
    )  # fmt: skip


def test_a_preview_renews_a_form_that_was_open_too_long(edition):
    response = send(edition, token="old", preview="1", text="Long thought")
    html = response.content.decode()
    assert response.status_code == 200
    assert f'value="{token_for(edition.get_absolute_url())}"' in html
    assert html.count("Long thought") == 2
    assert "no-store" in response.headers["Cache-Control"]
    for fields in ({"text": ""}, {"parent": "nothing"}):
        assert send(edition, preview="1", **fields).status_code == 422


def test_words_for_a_post_that_is_gone_are_given_back(edition):
    withdraw(Post.objects.get(), by=join("edda"), note="A mistake.")
    response = send(edition, text="Too <late>")
    assert response.status_code == 410
    assert "Too &lt;late&gt;" in response.content.decode()
