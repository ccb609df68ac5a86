"""The moderators' figures: counted once, when a month is over, and public as they were then."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.comments.deciding import Choice, decide_each
from blog.comments.figures import close_months
from blog.comments.undoing import undo
from blog.models import Comment, CommentMonth, Sheet
from tests.cast import join
from tests.readers import publish_post, said
from tests.worlds.clock import at

pytestmark = pytest.mark.django_db
PAGE = "/comments/figures/"
MARCH = datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.fixture
def march():
    """Return eight comments of March, of which a moderator decided seven."""
    edition = publish_post()
    comments = [said(edition, f"no {n}", state="held", sent_at=MARCH) for n in range(8)]
    moves = ["approve"] * 3 + ["reject", "reject", "reject", "mark_spam"]
    grounds = ["", "", "", "insult", "insult", "", ""]
    for n, (comment, move, ground) in enumerate(zip(comments, moves, grounds, strict=False)):
        with at(MARCH + timedelta(hours=n + 0.5)):
            choice = Choice(comment, move, "held", "Because", ground=ground)
            decide_each([choice], by=join("mato"))
    said(edition, "April", sent_at=MARCH + timedelta(days=30))
    return comments


def test_a_month_is_counted_when_it_is_over_and_once(march):
    assert close_months(datetime(2026, 4, 7, 12, tzinfo=UTC)) == []
    assert close_months(datetime(2026, 4, 8, 12, tzinfo=UTC)) == [date(2026, 3, 1)]
    month = CommentMonth.objects.get()
    assert (month.received, month.approved, month.rejected, month.spam) == (8, 3, 3, 1)
    assert (month.withdrawn, month.waiting) == (0, 1)
    assert month.grounds == {"insult": 2, "other": 1}
    assert month.median_hours == 4
    Comment.objects.update(state="spam")
    assert close_months(datetime(2026, 4, 9, 12, tzinfo=UTC)) == []
    assert CommentMonth.objects.get().approved == 3
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        CommentMonth.objects.update(approved=4)


def test_the_page_shows_closed_months_and_nothing_of_today(march):
    assert "No month has been closed yet." in Client().get(PAGE).content.decode()
    call_command("close_comment_months")
    with CaptureQueriesContext(connection) as asked:
        before = Client().get(PAGE)
    html = before.content.decode()
    tables = [query["sql"].partition(" FROM ")[2].split()[0].strip('"') for query in asked]
    assert [table for table in tables if table.startswith("blog_")] == ["blog_commentmonth"]
    for words in ("March 2026", "Insults somebody 2", "Another reason 1", "4 hours"):
        assert words in html
    assert "Mato" not in html
    said(publish_post(slug="brine"), "one more", state="held", sent_at=MARCH)
    Comment.objects.update(state="rejected")
    assert Client().get(PAGE).content == before.content
    assert (before.cookies, before.headers["Vary"]) == ({}, "Accept-Encoding")


def test_an_undo_takes_back_what_was_decided_last_a_hold_too(settings):
    settings.COMMENTS_UNDO_SECONDS = 30
    edition = publish_post()
    comments = [said(edition, f"no {n}", state="held", sent_at=MARCH) for n in range(5)]
    mato = join("mato")
    with at(MARCH + timedelta(hours=2)):
        decide_each([Choice(c, "reject", "held", ground="insult") for c in comments], by=mato)
    with at(MARCH + timedelta(hours=9)):
        decide_each([Choice(c, "hold", "rejected") for c in comments], by=mato)
        undo(Sheet.objects.latest("pk"), by=mato)
    close_months(datetime(2026, 4, 8, 12, tzinfo=UTC))
    month = CommentMonth.objects.get()
    assert (month.median_hours, month.rejected, month.grounds) == (2, 5, {"insult": 5})


def test_few_decisions_tell_no_hours(settings):
    settings.COMMENTS_UNDO_SECONDS = 30
    edition = publish_post()
    one, two = (said(edition, f"no {n}", state="held", sent_at=MARCH) for n in range(2))
    with at(MARCH + timedelta(hours=1)):
        decide_each([Choice(one, "approve", "held")], by=join("mato"))
        decide_each([Choice(two, "mark_spam", "held")], by=join("mato"))
        undo(Sheet.objects.latest("pk"), by=join("mato"))
    close_months(datetime(2026, 4, 8, 12, tzinfo=UTC))
    month = CommentMonth.objects.get()
    assert (month.median_hours, month.approved, month.spam, month.waiting) == (None, 1, 0, 1)
    assert "too few to say" in Client().get(PAGE).content.decode()
