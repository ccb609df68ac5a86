"""The guard holds and never refuses: links, much from one source, a surge."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.guarding import limits, tickets
from blog.guarding.linking import hosts, links
from blog.models import Comment
from tests.racing import race
from tests.readers import page, publish_post, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return publish_post()


@pytest.fixture(autouse=True)
def proxy(settings, tmp_path):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    settings.SOURCE_KEY_FILE = str(tmp_path / "key")


def come_from(source: str) -> Client:
    return Client(REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": source})


def reasons():
    return list(Comment.objects.order_by("sent_at", "pk").values_list("reasons", flat=True))


def pass_by(time):
    """Let time pass for all that was sent."""
    for comment in Comment.objects.all():
        Comment.objects.filter(pk=comment.pk).update(sent_at=comment.sent_at - time)


# --- links -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "leads_to"),
    [
        ("see https://example.org/a?b", {"example.org"}),
        ("see hxxps://Example.org", {"example.org"}),
        ("see www.casino.example now", {"casino.example"}),
        ("cheap-pills.shop/now", {"cheap-pills.shop"}),
        ("cheap-pills [.] shop", {"cheap-pills.shop"}),
        ("pills (dot) com", {"pills.com"}),
        ("смотри новости.рф", {"новости.рф"}),
        ("t.me/channel", {"t.me"}),
        ('<a href="//x">', set()),
        ("[url=x]", set()),
    ],
)
def test_what_is_a_link(text, leads_to):
    assert links(text)
    assert hosts(text) == leads_to


@pytest.mark.parametrize(
    "text",
    [
        "They met at dawn.Then they left.",
        "On 1.3.2022, p. 4, e.g. here...",
        "в 1928 г. и т.д.",
        "Приехали.Потом ушли",
        "ana@example.org",
        "либо/либо, and/or",
    ],
)
def test_what_is_none(text):
    assert links(text) == []


def test_a_link_is_noted_and_never_made_one(edition):
    send(edition, text="More at https://example.org/salt")
    assert reasons() == [["link"]]
    Comment.objects.update(state="approved")
    html = Client().get(edition.get_absolute_url()).content.decode()
    assert "https://example.org/salt" in html
    assert 'href="https://example.org/salt"' not in html


# --- limits ----------------------------------------------------------------------------------


def test_much_from_one_source_is_noted_until_time_has_passed(edition, settings):
    settings.COMMENTS_FROM_SOURCE = 2
    for number in range(3):
        assert send(edition, come_from("203.0.113.77"), text=f"No. {number}").status_code == 303
    send(edition, come_from("203.0.113.78"), text="I am another.")
    assert reasons() == [[], [], ["source"], []]
    assert len(set(Comment.objects.values_list("source", flat=True))) == 2

    pass_by(limits.SHORT)
    send(edition, come_from("203.0.113.77"), text="Later.")
    assert reasons()[-1] == []
    settings.COMMENTS_FROM_SOURCE_A_DAY = 4
    send(edition, come_from("203.0.113.77"), text="Much later.")
    assert reasons()[-1] == ["source"]


def test_a_surge_on_a_post_is_noted_there_and_restores_itself(edition, settings):
    settings.COMMENTS_ON_POST = 3
    for number in range(4):
        send(edition, come_from(f"203.0.113.{number}"), text=f"No. {number}")
    send(publish_post(slug="brine"), come_from("203.0.113.9"), text="Elsewhere.")
    assert reasons() == [[], [], [], ["surge"], []]

    pass_by(limits.SHORT)
    send(edition, come_from("203.0.113.9"), text="Calm again.")
    assert reasons()[-1] == []


def test_where_comments_appear_at_once_a_surge_holds_all_until_it_is_over(settings, monkeypatch):
    settings.COMMENTS_ON_POST = 3
    monkeypatch.setattr(tickets, "LEAST", 0)
    edition = publish_post(comments_status="direct")
    told = ["Salt!", "The wool went bad.", "Whose herds?", "No school then.", "A bridge.", "Since."]

    def arrive(number):
        ticket = tickets.issue(edition.get_absolute_url())
        send(edition, come_from(f"203.0.113.{number}"), text=told[number], ticket=ticket)
        return Comment.objects.order_by("pk").last().state

    assert [arrive(number) for number in range(5)] == [*["approved"] * 3, *["held"] * 2]
    assert reasons()[3:] == [["surge"], ["surge"]]
    assert [text in page(edition) for text in told] == [True] * 3 + [False] * 3

    pass_by(limits.SHORT)
    assert arrive(5) == "approved"


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_none_slips_past_the_limit(edition, settings):
    settings.COMMENTS_FROM_SOURCE = 3
    acts = [
        lambda n=n: send(edition, come_from("203.0.113.77"), text=f"No. {n}").status_code
        for n in range(8)
    ]
    assert race(*acts) == [303] * 8
    assert sorted(map(len, reasons())) == [0] * 3 + [1] * 5


# --- at what price ---------------------------------------------------------------------------


def test_the_hundredth_comment_asks_no_more_than_the_second(edition):
    counts = []
    for text in ("first", "second"):
        with CaptureQueriesContext(connection) as asked:
            send(edition, come_from("203.0.113.77"), text=text)
        counts.append(len(asked))
        Comment.objects.bulk_create(
            Comment(post_id=edition.item_id, text=f"No. {n}") for n in range(100)
        )
    assert counts[0] == counts[1]
