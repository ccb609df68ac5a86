"""A form made for one person works once, and not faster than anybody reads."""

import time

import pytest
from django.test import Client

from blog.guarding import tickets
from blog.models import Comment
from tests.racing import race
from tests.readers import page, publish_post, send
from tests.soak.flooding import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return publish_post()


@pytest.fixture
def later(monkeypatch):
    """Let seconds pass at once."""

    def wait(seconds):
        now = time.time() + seconds
        monkeypatch.setattr(tickets.time, "time", lambda: now)

    return wait


def shown_again(edition, text):
    """Return the fields of a form that is shown again, here because its page was left open."""
    response = send(edition, text=text, token="old", ticket="")
    assert text in response.content.decode()
    return fields_of(response.content.decode())


def test_the_page_for_all_carries_none(edition):
    assert 'name="ticket"' in page(edition)
    assert 'name="ticket" value' not in page(edition)


def test_a_form_left_open_is_renewed_with_the_text_and_works_once(edition, later):
    again = shown_again(edition, "Long thought")
    later(60)
    for text in ("Long thought", "Long thought", "Another one"):
        assert send(edition, **again | {"text": text}).status_code == 303
    assert list(Comment.objects.order_by("pk").values_list("text", "reasons")) == [
        ("Long thought", []),
        ("Another one", ["reused"]),
    ]


def test_what_is_sent_faster_than_anybody_reads_is_held_and_not_refused(edition):
    again = shown_again(edition, "At once")
    assert send(edition, **again | {"text": "At once"}).status_code == 303
    assert Comment.objects.get().reasons == ["fast"]


@pytest.mark.parametrize("ticket", ["", "forged", "1.x:y", "\0", "another page's", "too old"])
def test_without_a_ticket_the_text_is_shown_and_not_taken_in_yet(edition, ticket, later):
    if ticket == "another page's":
        ticket = tickets.issue("/elsewhere/")
    if ticket == "too old":
        ticket = tickets.issue(edition.get_absolute_url())
        later(tickets.LONGEST + 1)
    shown = send(edition, ticket=ticket, text="Long thought")
    assert (shown.status_code, Comment.objects.count()) == (200, 0)
    own = fields_of(shown.content.decode()) | {"text": "Long thought"}
    later(60)
    assert send(edition, **own).status_code == 303
    assert Comment.objects.get().reasons == []


@pytest.mark.django_db(transaction=True)
def test_of_four_that_use_one_ticket_at_once_one_is_first(edition, later):
    ticket = tickets.issue(edition.get_absolute_url())
    later(60)
    acts = [
        lambda n=n: send(edition, Client(), ticket=ticket, text=f"No. {n}").status_code
        for n in range(4)
    ]
    assert race(*acts) == [303] * 4
    codes = Comment.objects.values_list("reasons", flat=True)
    assert sum("reused" in reasons for reasons in codes) == 3
