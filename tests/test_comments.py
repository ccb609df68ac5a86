"""A reader's comment: sent without a cookie, held for a moderator, never lost."""

import re
import time
from itertools import chain, cycle

import pytest
from django.core import serializers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.comments.commenting import HOUR, token_for, token_hour
from blog.models import Comment, Post
from editorial.models import Decision
from editorial.sealing import withdraw
from tests.cast import join, write_post
from tests.people import Browser, arrive
from tests.racing import race
from tests.readers import page, publish_again, publish_post, said, send, ticket
from tests.soak.flooding import fields_of

pytestmark = pytest.mark.django_db
QUEUE = "/admin/blog/comment/queue/"
RECEIPT = re.compile(r"/comments/receipt/[\w-]{32}/")


@pytest.fixture
def edition():
    return publish_post()


# --- sending ---------------------------------------------------------------------------------


def test_a_comment_is_held_and_its_reader_told(edition):
    response = send(edition, name="Ana Petrel", text="They did.\r\n\r\nI was there.")

    assert response.status_code == 303
    assert RECEIPT.fullmatch(response.url)
    comment = Comment.objects.get()
    assert (comment.state, comment.name, comment.text, comment.post_id) == (
        "held",
        "Ana Petrel",
        "They did.\n\nI was there.",
        edition.item_id,
    )
    told = Client().get(response.url).content.decode()
    assert "With the moderators. Nobody else sees it" in told
    assert "I was there" in told
    assert "I was there" not in page(edition, "?sent=1")


def test_the_form_on_the_page_is_the_one_that_is_taken(edition):
    html = page(edition)
    form = html[html.index('<form class="write"') :].partition("<button")[0]
    fields = dict(re.findall(r'name="(\w+)"(?: value="([^"]*)")?', form))
    assert fields.keys() == {"name", "text", "language", "topic", "parent", "token", "ticket"}
    action = re.search(r'action="([^"]+)"', form)[1]

    shown = Client().post(action, fields | {"text": "Yes."})
    assert "Not sent yet: this is how it will look" in shown.content.decode()
    assert Comment.objects.count() == 0
    own = fields_of(shown.content.decode()) | {"text": "Yes."}
    assert own.keys() == fields.keys()
    assert Client().post(action, own).status_code == 303
    assert Comment.objects.get().text == "Yes."


def test_the_page_is_the_same_for_all_its_readers(edition, client):
    stranger = Client().get(edition.get_absolute_url())
    client.force_login(join("mato"))
    send(edition, client, text="Mine.")
    again = client.get(edition.get_absolute_url())

    assert again.content == stranger.content
    assert again.headers == stranger.headers
    assert "Cookie" not in again.headers.get("Vary", "")
    assert stranger.cookies == {}


def test_a_token_is_the_page_s_and_the_hour_s():
    noon = 500_000 * HOUR
    token = token_for("/2022/03/salt/", noon)
    assert token_for("/2022/03/salt/", noon + HOUR - 1) == token
    assert token_for("/2022/03/salt/", noon + HOUR) != token
    assert token_for("/2022/03/salts/", noon) != token
    assert token_hour("/2022/03/salt/", token, noon + 24 * HOUR) == 500_000
    for path, sent, at in [
        ("/2022/03/salt/", token, noon + 24 * HOUR + 1),
        ("/2022/03/salt/", token, noon - 1),
        ("/2022/03/salts/", token, noon),
        ("/2022/03/salt/", f"1{token}", noon),
        ("/2022/03/salt/", "", noon),
        ("/2022/03/salt/", "\0:\ud800", noon),
    ]:
        assert token_hour(path, sent, at) is None


@pytest.mark.parametrize("kind", ["missing", "old", "another page's"])
def test_an_unusable_token_loses_nothing(edition, kind):
    url = edition.get_absolute_url()
    day_ago = time.time() - 26 * HOUR
    token = {"missing": "", "old": token_for(url, day_ago), "another page's": token_for("/x/")}
    response = send(edition, token=token[kind], name="Ana", text="Long <thought>")

    html = response.content.decode()
    assert response.status_code == 422
    assert "Nothing is lost" in html
    assert "Long &lt;thought&gt;</textarea>" in html
    assert f'value="{token_for(url)}"' in html
    assert 'role="alert" tabindex="-1" autofocus' in html
    assert "no-store" in response.headers["Cache-Control"]
    assert Comment.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Please write something."),
        ({"text": " \n\u200b\u3164\t"}, "Please write something."),
        ({"text": "a" * 5001}, "to 5000 characters; it has 5001"),
        ({"name": "é" * 81}, "to 80 characters; it has 81"),
        ({"text": "a\0b"}, "cannot be kept (NUL)"),
        ({"name": "a\0b"}, "cannot be kept (NUL)"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_field(edition, fields, sentence):
    typed = {"name": "Ana", "text": "My words"} | fields
    response = send(edition, **typed)

    html = response.content.decode()
    wrong = next(iter(fields))
    box = re.search(rf"<(?:input|textarea)[^>]*name=\"{wrong}\"[^>]*>", html)[0]
    assert response.status_code == 422
    beside = re.search(rf'id="comment-form-{wrong}_error">([^<]+)<', html)[1]
    assert sentence in beside
    assert 'aria-invalid="true"' in box
    assert f"comment-form-{wrong}_error" in box
    assert "autofocus" in box
    assert html.count("autofocus") == 1
    assert all(value.replace("\0", "") in html for value in typed.values())
    assert "\0" not in html
    assert "Not sent yet:" in html
    assert Comment.objects.count() == 0


def test_5000_characters_and_crlf_line_breaks_fit(edition):
    assert send(edition, text="ж" * 4998 + "\r\nж").status_code == 303
    assert len(Comment.objects.get().text) == 5000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ana\u200b Pe\u00adtrel\u202e", "Ana Petrel"),
        ("  Ana \t\n Petrel\x07 ", "Ana Petrel"),
        ("\u3164\u2800\u200d", ""),
        ("Ａna Ｐetrel", "Ana Petrel"),
        ("Ana\ufe0f\U000e0041", "Ana"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("علی\u200c\u200c", "علی"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_a_name_has_nothing_invisible_in_it(edition, typed, kept):
    send(edition, name=typed)
    assert Comment.objects.get().name == kept


def test_a_text_turns_nothing_round_and_keeps_its_marks(edition):
    send(edition, text="\x1bone\u202etwo\u2028three\n\n\n\nfour\u200f \u2067شكرا\u2069")
    assert Comment.objects.get().text == "onetwo\nthree\n\nfour\u200f \u2067شكرا\u2069"


def test_the_field_for_machines_is_labelled_and_what_fills_it_is_held_for_it(edition):
    html = page(edition)
    assert "Leave this field empty" in html

    response = send(edition, text="Buy", topic="pills")
    assert RECEIPT.fullmatch(response.url)
    assert RECEIPT.fullmatch(send(edition, text="Yes").url)
    assert [(c.state, c.text) for c in Comment.objects.held()] == [("held", "Buy"), ("held", "Yes")]
    assert "The field for machines was filled in." in arrive("mato").open(QUEUE).text


def test_a_double_click_makes_one_comment(edition):
    form = {"ticket": ticket(edition), "name": "Ana"}
    first, second = (send(edition, **form) for _click in range(2))
    assert RECEIPT.fullmatch(first.url)
    assert RECEIPT.fullmatch(second.url)
    assert Comment.objects.count() == 1
    send(edition, **form | {"name": "Bo"})
    send(edition, **form | {"text": "And more."})
    assert Comment.objects.count() == 3


def test_two_strangers_behind_one_address_share_no_comment_and_no_receipt(edition):
    """A school, a village, Tor: within one hour two say the same, and neither owns the other's."""
    receipts = []
    for _stranger in range(2):
        reader = Browser().open(edition.get_absolute_url())
        reader.press("See it, then send it", text="I agree.").press("Send")
        receipts.append(reader)
    assert Comment.objects.count() == 2
    receipts[0].follow("Erase it").press("Erase it for good")
    assert "I agree." in receipts[1].open(receipts[1].address).text
    assert Comment.objects.get(text="I agree.").state == "held"


def test_no_address_is_stored_or_logged(edition, client, caplog):
    caplog.set_level(0)
    seen = "203.0.113.77"
    for fields in ({}, {"text": ""}, {"token": ""}, {"topic": "x"}):
        url = edition.get_absolute_url()
        own = {"token": token_for(url), "ticket": ticket(edition), "text": "They did."}
        fields = own | fields
        client.post(f"{url}comment/", fields, REMOTE_ADDR=seen, HTTP_X_FORWARDED_FOR=seen)
    stored = serializers.serialize("json", [*Comment.objects.all(), *Decision.objects.all()])
    assert Comment.objects.count() == 2
    assert seen not in stored + caplog.text


def test_reading_and_sending_leave_working_copies_alone(edition):
    with CaptureQueriesContext(connection) as asked:
        page(edition)
        send(edition)
        send(edition, text="")
    assert [query["sql"] for query in asked if '"blog_post"' in query["sql"]] == []


# --- where nothing can be sent ---------------------------------------------------------------


def test_closed_comments_have_no_form_and_refuse_with_the_text(edition):
    said(edition, "An old one.")
    closed = publish_again(edition, comments_status="closed")
    html = page(closed)
    assert "<form" not in html[html.index("<main") :]
    assert "?reply=" not in html
    assert "An old one." in html
    assert "Comments on this post are closed." in html

    response = send(closed, text="Too <late>")
    assert response.status_code == 403
    assert "Comments on this post are closed." in response.content.decode()
    assert "Too &lt;late&gt;" in response.content.decode()
    assert Comment.objects.filter(text__contains="late").count() == 0


def test_a_draft_and_nothing_answer_alike(edition):
    drafted = write_post(slug="draft", by=join("wanda"))
    Comment.objects.create(post=drafted, text="x", state="approved")
    url = edition.get_absolute_url()
    for method in ("post", "get"):
        answers = [
            getattr(Client(), method)(url.replace("salt", slug) + "comment/", {"text": "x"})
            for slug in ("draft", "never")
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content.replace(b"draft", b"never") == answers[1].content
        assert answers[0].headers == answers[1].headers


def test_a_withdrawn_post_is_gone(edition):
    withdraw(Post.objects.get(), by=join("edda"), note="At the author's request.")
    assert send(edition).status_code == 410
    assert Comment.objects.count() == 0


def test_a_post_that_moved_while_somebody_wrote_takes_their_comment(edition):
    moved = publish_again(edition, slug="brine")

    response = send(edition, text="Found it.")
    assert RECEIPT.fullmatch(response.url)
    assert Comment.objects.get().text == "Found it."

    again = send(edition, text="")
    assert f'value="{token_for(moved.get_absolute_url())}"' in again.content.decode()


def test_who_only_asks_for_the_address_is_led_to_the_form(edition):
    url = edition.get_absolute_url()
    response = Client().get(f"{url}comment/")
    assert (response.status_code, response.url) == (302, f"{url}#write")
    assert Client().put(f"{url}comment/").status_code == 405


def test_a_key_that_is_taken_is_drawn_again(edition, monkeypatch):
    taken = said(edition, "First.", key="b" * 8)
    drawn = chain("b" * 16, cycle("c"))
    monkeypatch.setattr("editorial.models.working.secrets.choice", lambda letters: next(drawn))
    assert send(edition, text="Second.").status_code == 303
    assert list(Comment.objects.values_list("key", "text")) == [
        ("c" * 8, "Second."),
        (taken.key, "First."),
    ]


# --- at once ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_eight_commenters_at_once_lose_nothing(edition):
    acts = [lambda n=n: send(edition, name=f"Reader {n}").status_code for n in range(8)]
    assert race(*acts) == [303] * 8
    names = Comment.objects.held().values_list("name", flat=True)
    assert sorted(names) == [f"Reader {n}" for n in range(8)]


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_eight_times_at_once_makes_one_comment(edition):
    form = {"ticket": ticket(edition)}
    assert race(*[lambda: send(edition, **form).status_code] * 8) == [303] * 8
    assert Comment.objects.count() == 1
