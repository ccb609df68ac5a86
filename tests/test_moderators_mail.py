"""Mails to moderators: no content, links that do one thing once, and names that stay inside."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from blog.comments.deciding import Choice, decide
from blog.models import Comment, MailLink
from editorial.models import Decision
from tests.cast import join
from tests.people import Browser, arrive
from tests.readers import page, publish_post, said
from tests.worlds.clock import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment():
    """Return the comment that has waited longest."""
    edition = publish_post(title="Salt in the wells")
    since = timezone.now() - timedelta(hours=9)
    said(edition, "Later", state="held")
    return said(edition, "They did.", name="Ana Petrel", state="held", waiting_since=since)


@pytest.fixture
def links(comment):
    """Return where the links of Mato's mail lead, by what they do."""
    join("mato")
    call_command("send_notices")  # what the post's own decisions brought about
    mail.outbox.clear()
    call_command("tell_moderators")
    [sent] = mail.outbox
    found = re.findall(r"^([\w ]+): http://testserver(\S+)$", sent.body, re.M)
    return dict(found)


def test_a_mail_says_how_many_and_nothing_else(comment, links):
    [sent] = mail.outbox
    assert sent.to == ["mato@broadside.example"]
    assert sent.body.startswith("2 comments wait for the moderators, the first since")
    for secret in ("They did", "Ana", "Petrel", "Salt", comment.key):
        assert secret not in sent.body + sent.subject
    assert list(links) == ["Approve", "Reject with a reason", "Mark as spam"]
    call_command("tell_moderators")
    assert len(mail.outbox) == 1


def test_a_link_opens_a_page_and_acts_once_when_its_button_is_pressed(comment, links):
    mato = arrive("mato").open(links["Approve"])
    assert "They did." in mato.text
    assert mato.buttons()[-1] == "Approve"
    assert Decision.objects.filter(name="approve", by_name="Mato").count() == 0
    mato.press("Approve")
    assert "Decided: approved." in mato.text
    comment.refresh_from_db()
    assert comment.state == "approved"
    mato.open(links["Approve"])
    assert (mato.status, "was used" in mato.text) == (410, True)
    assert mato.open(links["Mark as spam"]).press("Mark as spam").status == 409
    assert "Mato was faster" in mato.text


def test_a_link_is_for_one_person_and_one_action(comment, links):
    stranger = Browser().open(links["Approve"])
    assert stranger.address == "/admin/login/"
    join("edith", "Moderators")
    edith = arrive("edith").open(links["Approve"])
    assert edith.status == 404
    assert "They did." not in edith.text
    mato = arrive("mato")
    for token in (links["Approve"][:-3] + "x/", "/admin/blog/comment/by-mail/nothing/"):
        assert mato.open(token).status == 404
    wanda = arrive("wanda").open(links["Approve"])
    assert wanda.status == 403
    assert Comment.objects.held().count() == 2


def test_a_link_dies_after_two_days(comment, links):
    MailLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    mato = arrive("mato").open(links["Approve"])
    assert mato.status == 410
    MailLink.objects.update(expires_at=timezone.now() + timedelta(days=9))
    with at(timezone.now() + timedelta(hours=49)):  # the signature has a time of its own
        assert arrive("mato").open(links["Approve"]).status == 404


def test_a_rejection_by_mail_asks_for_its_reason(comment, links):
    mato = arrive("mato").open(links["Reject with a reason"])
    mato.press("Reject with a reason")
    assert mato.status == 409
    assert "Please say why" in mato.text
    mato.press("Reject with a reason", ground="private")
    comment.refresh_from_db()
    assert (comment.state, comment.ground) == ("rejected", "private")


def test_nobody_is_told_of_what_has_not_waited_long(settings):
    join("mato")
    said(publish_post(), "They did.", state="held")
    call_command("send_notices")
    mail.outbox.clear()
    call_command("tell_moderators")
    settings.COMMENTS_MAIL_AFTER_HOURS = 0
    Comment.objects.update(waiting_since=timezone.now() - timedelta(days=9))
    call_command("tell_moderators")
    assert mail.outbox == []


def test_readers_never_read_a_moderators_name(comment, links):
    edition = publish_post(slug="brine")
    for name, state in (("approve", "held"), ("reject", "approved"), ("approve", "rejected")):
        decide(Choice(comment, name, state, "Because"), by=join("mato"))
    post = comment.post.editions.first()
    for text in (page(post), page(edition), urlsplit("/").path):
        assert "Mato" not in text
