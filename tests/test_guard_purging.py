"""What is over is forgotten, and the record of it stays."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from blog.guarding import tickets
from blog.guarding.purging import tidy
from blog.models import Band, Catch, Comment, Rule, SpentTicket
from editorial.models import Decision
from editorial.moving import move
from tests.cast import join
from tests.readers import page, publish_post, send

pytestmark = pytest.mark.django_db
OFFER = "Cheap pills and a casino bonus for everybody who comes today"


def test_spam_loses_its_words_after_14_days_and_keeps_its_record(capsys):
    edition = publish_post()
    rule = Rule.objects.create(text="casino")
    for text in (OFFER, "They did, and I was there to see how it began."):
        send(edition, text=text, name="Ana")
    spam, other = Comment.objects.order_by("pk")
    move(spam, "mark_spam", by=join("mato"))
    stale = Comment.objects.get(pk=spam.pk)

    def after(**time):
        return tidy(timezone.now() + timedelta(**time))

    assert after(days=13)["spam"] == 0
    assert after(days=15) == {"sources": 0, "spam": 1, "likeness": 8, "tickets": 0}
    assert after(days=15)["spam"] == 0

    spam.refresh_from_db()
    assert (spam.state, spam.text, spam.name, spam.source, spam.receipt) == (
        *("spam", "", "", ""),
        None,
    )
    assert spam.reasons == [f"rule:{rule.pk}"]
    names = list(Decision.objects.about(spam).order_by("pk").values_list("name", flat=True))
    assert names == ["mark_spam", "purge"]
    assert Catch.objects.get().comment_id == spam.pk
    assert Band.objects.count() == 0
    other.refresh_from_db()
    assert other.text.startswith("They did")

    assert stale.revision < spam.revision
    move(spam, "approve", by=join("mato"))
    assert f"comment-{spam.key}" not in page(edition)


def test_one_command_forgets_marks_and_tickets_of_days_that_are_over(capsys, tmp_path, settings):
    settings.SOURCE_KEY_FILE = str(tmp_path / "key")
    edition = publish_post()
    for text in ("yesterday", "today"):
        ticket = tickets.issue(edition.get_absolute_url())
        send(edition, Client(), text=text, ticket=ticket)
    old = Comment.objects.order_by("pk").first()
    yesterday = timezone.now() - timedelta(days=1, minutes=1)
    Comment.objects.filter(pk=old.pk).update(sent_at=yesterday)
    SpentTicket.objects.filter(pk=SpentTicket.objects.order_by("pk").first().pk).update(
        spent_at=yesterday
    )

    call_command("tidy_comments")
    assert json.loads(capsys.readouterr().out) == {
        **{"likeness": 0, "sources": 1, "spam": 0, "tickets": 1}
    }
    marks = [bool(c.source) for c in Comment.objects.order_by("pk")]
    assert marks == [False, True]
