"""How comments are taken: read first, or at once, or no more; on one post or on all."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.comments.moderating import Mode
from blog.comments.modes import terms
from blog.models import Comment, CommentPolicy
from editorial.models import Decision
from editorial.moving import move
from tests.cast import join
from tests.desk import fields, sit
from tests.people import Browser
from tests.readers import page, publish_again, publish_post, send, ticket

pytestmark = pytest.mark.django_db
READ_FIRST = "A moderator reads every comment before it appears."
AT_ONCE = "Comments appear at once, unless something in one makes a moderator look first."
FIRST = "A moderator reads your first comment of the day before it appears."
CLOSED = "Comments on this post are closed."


def states():
    return list(Comment.objects.order_by("pk").values_list("state", flat=True))


def write(edition, client=None, **said):
    """Send a comment after looking at it."""
    return send(edition, client, ticket=ticket(edition), **said)


def decided(name="approve"):
    move(Comment.objects.order_by("pk").last(), name, by=join("mato"), reason="Off the subject")


@pytest.mark.parametrize(
    ("own", "site", "for_all", "holds"),
    [
        ("open", None, False, READ_FIRST),
        ("open", "direct", False, AT_ONCE),
        ("open", "closed", False, CLOSED),
        ("hold", "direct", False, READ_FIRST),
        ("direct", "hold", False, AT_ONCE),
        ("direct", "hold", True, READ_FIRST),
        ("first", None, False, FIRST),
        ("direct", "closed", True, CLOSED),
        ("closed", "direct", True, CLOSED),
    ],
)
def test_the_page_says_what_will_happen(own, site, for_all, holds):
    edition = publish_post(comments_status=own)
    if site:
        CommentPolicy.objects.create(mode=site, is_for_all=for_all)
    html = page(edition)
    assert (holds in html) == (holds != CLOSED)  # where nothing was said, nothing is
    assert ("<form" in html[html.index("<main") :]) == (holds != CLOSED)


def test_what_may_appear_at_once_is_seen_before_it_is_sent(monkeypatch):
    monkeypatch.setattr("blog.guarding.tickets.LEAST", 0)
    edition = publish_post(comments_status="direct")
    ana = Browser().open(edition.get_absolute_url())
    assert ana.buttons()[-1] == "See it, then send it"
    assert "Send" not in ana.buttons()
    ana.press("See it, then send it", text="They did.", name="Ana")
    assert "Not sent yet: this is how it will look" in ana.text
    assert states() == []
    ana.press("Send")
    assert "Public." in ana.text
    assert states() == ["approved"]

    response = send(edition, text="Straight from the page.", ticket="")
    assert response.status_code == 200
    assert "Not sent yet: this is how it will look" in response.content.decode()
    assert states() == ["approved"]


def test_what_appears_at_once_can_still_be_taken_back_and_decided():
    edition = publish_post(comments_status="direct")
    response = write(edition, text="They did.", name="Ana")
    assert "They did." in page(edition)
    assert "Public." in Client().get(response.url).content.decode()
    comment = Comment.objects.get()
    decision = Decision.objects.about(comment).get()
    assert (decision.name, decision.by, decision.to_state) == ("appear", None, "approved")
    assert "appeared at once" in sit("mato").get(comment.desk_path()).content.decode()
    Client().post(f"{response.url}withdraw/")
    assert "They did." not in page(edition)


def test_the_guard_holds_in_every_mode():
    edition = publish_post(comments_status="direct")
    write(edition, text="Look at https://pills.example/")
    write(edition, text="Yes", topic="filled in")
    assert states() == ["held", "held"]


def test_the_first_from_a_source_is_held_and_a_moderator_s_approval_lets_the_next_through():
    edition = publish_post(comments_status="first")
    write(edition, text="One.", name="Ana")
    write(edition, text="Two.", name="Ana")
    decided("approve")
    write(edition, text="Three.", name="Somebody else")
    assert states() == ["held", "approved", "approved"]
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    write(edition, elsewhere, text="Four.", name="Ana")
    assert states()[-1] == "held"
    decided("reject")
    write(edition, elsewhere, text="Five.", name="Ana")
    assert states()[-1] == "held"


def test_what_appeared_by_itself_earns_no_trust():
    write(publish_post(comments_status="direct"), text="One.")
    write(publish_post(slug="brine", comments_status="first"), text="Two.")
    assert states() == ["approved", "held"]


def test_comments_close_after_some_days_and_the_page_says_when():
    edition = publish_post(comments_days=2)
    assert edition.data["comments_days"] == 2
    assert "Comments close on" in page(edition)
    edition.published_at -= timedelta(days=2)
    assert terms(edition).mode == Mode.CLOSED


def test_the_site_s_own_number_of_days_is_for_posts_that_say_none():
    edition, brief = publish_post(), publish_post(slug="brine", comments_days=1)
    policy = CommentPolicy(days=30)
    assert terms(edition, policy).closes_at == edition.published_at + timedelta(days=30)
    assert terms(brief, policy).closes_at == brief.published_at + timedelta(days=1)


def test_words_written_while_comments_closed_are_given_back():
    edition = publish_post(comments_status="direct")
    CommentPolicy.objects.create(mode="closed", is_for_all=True)
    response = send(edition, text="Too <late>")
    assert response.status_code == 403
    assert "Too &lt;late&gt;" in response.content.decode()
    assert states() == []


def test_a_post_without_days_has_the_digest_it_always_had():
    edition = publish_post()
    assert "comments_days" not in edition.data
    assert publish_again(edition, comments_days=3).data["comments_days"] == 3


def test_editors_and_moderators_set_the_site_s_rules_and_it_is_recorded():
    for who in ("edda", "mato"):
        CommentPolicy.objects.all().delete()
        client = sit(who)
        add = "/admin/blog/commentpolicy/add/"
        data = fields(client.get(add)) | {"mode": "direct", "days": "30", "is_for_all": "on"}
        assert client.post(add, data).status_code == 302
        policy = CommentPolicy.objects.get()
        assert (policy.pk, policy.mode, policy.days, policy.is_for_all) == (1, "direct", 30, True)
        assert client.get(add).status_code == 403
    decision = Decision.objects.about(policy).last()
    assert (decision.name, decision.by_name) == ("set_policy", "Mato")
    assert decision.reason == "open: they appear at once; closed after 30 days; on every post"
    assert sit("wanda").get(add).status_code == 403


def test_the_mode_costs_a_page_one_question_whatever_it_is():
    counts = set()
    for number, mode in enumerate(["open", "direct", "first", "closed"]):
        edition = publish_post(slug=f"salt-{number}", comments_status=mode)
        with CaptureQueriesContext(connection) as asked:
            page(edition)
        counts.add(len(asked))
    assert len(counts) == 1
