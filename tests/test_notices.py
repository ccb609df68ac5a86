"""Mail about decisions: to the people concerned, once, and never about what did not happen."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from blog.models import Comment
from editorial.editing import editing
from editorial.mailing import send_notices
from editorial.models import Decision, Notice
from editorial.models.notices import TRIES
from editorial.moving import move
from editorial.sealing import cancel_schedule, publish, withdraw
from editorial.states import MayNot
from tests.cast import approve, join, translate, write_appeal, write_post
from tests.racing import race

pytestmark = pytest.mark.django_db


class Refusing(EmailBackend):
    """A mail server that accepts nothing for one address."""

    to = "rosa@broadside.example"

    def send_messages(self, messages):
        if any(self.to in message.to for message in messages):
            raise ConnectionResetError("No.")
        return super().send_messages(messages)


class Away(EmailBackend):
    """A mail server that cannot be reached."""

    def open(self):
        raise ConnectionRefusedError("Nobody there.")


@pytest.fixture
def newsroom():
    """Return the whole cast, and somebody for each reason not to be told."""
    cast = {who: join(who) for who in ("wanda", "tariq", "rosa", "edda", "mato")}
    for name, fields in {
        "gone": {"is_active": False},
        "visitor": {"is_staff": False},
        "silent": {"email": ""},
    }.items():
        user = join(name, "Editors")
        User.objects.filter(pk=user.pk).update(**fields)
    return cast


def told(item, name):
    """Return who has a notice about the last decision of that name on an item."""
    decision = Decision.objects.about(item).filter(name=name).latest("pk")
    return sorted(n.recipient.username for n in Notice.objects.filter(decision=decision))


def submitted(by):
    post = write_post(by=by, title="Salt in the wells", slug="salt")
    move(post, "submit", by=by)
    return post


def test_what_is_submitted_is_told_to_those_who_may_review_it(newsroom):
    assert told(submitted(newsroom["wanda"]), "submit") == ["edda", "rosa"]


def test_nobody_is_asked_to_review_what_they_wrote(newsroom):
    assert told(submitted(newsroom["edda"]), "submit") == ["rosa"]
    post = write_post(by=newsroom["edda"], slug="other")
    move(post, "submit", by=newsroom["wanda"])
    assert told(post, "submit") == ["rosa"]


def test_what_is_sent_back_is_told_to_who_wrote_it(newsroom):
    post = submitted(newsroom["wanda"])
    with editing(post, by=newsroom["edda"]):
        post.summary = "Of salt."
        post.save()
    move(post, "request_changes", by=newsroom["rosa"], reason="Who says so?")
    assert told(post, "request_changes") == ["edda", "wanda"]


def test_what_is_approved_is_told_to_those_who_publish(newsroom):
    other = join("otto", "Editors")
    post = approve(write_post(by=newsroom["wanda"]), by=newsroom["edda"])
    assert told(post, "approve") == [other.username]


def test_publishing_scheduling_and_withdrawing_are_told_to_who_wrote_it(newsroom):
    post = approve(write_post(by=newsroom["wanda"], slug="salt"))
    publish(post, by=newsroom["edda"], at=timezone.now() + timedelta(days=1))
    assert told(post, "schedule") == ["wanda"]
    cancel_schedule(post, by=newsroom["edda"])
    other = approve(write_post(by=newsroom["wanda"], slug="other"))
    publish(other, by=newsroom["edda"])
    assert told(other, "publish") == ["wanda"]
    withdraw(other, by=newsroom["edda"], note="At their request.")
    assert told(other, "withdraw") == ["wanda"]
    assert {n.decision.name for n in Notice.objects.all()} == {
        "submit",
        "approve",
        "schedule",
        "publish",
        "withdraw",
    }


def test_a_rendering_that_is_sent_back_is_told_to_its_author(newsroom):
    translation = translate(write_appeal(by=newsroom["edda"]), by=newsroom["tariq"])
    rendering = translation.renderings.first()
    move(rendering, "accept", by=newsroom["rosa"])
    assert Notice.objects.count() == 0
    move(rendering, "send_back", by=newsroom["rosa"], reason="Flat.")
    assert told(rendering, "send_back") == ["tariq"]
    notice = Notice.objects.get()
    page = f"http://testserver/admin/appeals/translation/{translation.pk}/review/#p1"
    assert page in notice.body
    move(translation.renderings.last(), "send_back", by=join("edda"), reason="Flat.")
    rendering.author = None
    rendering.save()
    move(rendering, "accept", by=newsroom["rosa"])
    move(rendering, "send_back", by=newsroom["rosa"], reason="Flat.")
    assert told(rendering, "send_back") == []


def test_nothing_is_mailed_about_comments(newsroom):
    post = publish(approve(write_post(by=newsroom["wanda"], slug="salt")), by=join("edda")).item
    before = Notice.objects.count()
    comment = Comment.objects.create(post=post, name="Ana", text="Is that so?")
    for name in ("approve", "hold", "mark_spam"):
        move(comment, name, by=newsroom["mato"])
    assert Notice.objects.count() == before


def test_what_did_not_happen_is_told_to_nobody(newsroom):
    post = submitted(newsroom["edda"])
    before = Notice.objects.count()
    with pytest.raises(MayNot):
        move(post, "approve", by=newsroom["edda"])
    with editing(post, by=newsroom["wanda"]):
        post.save()
    assert Notice.objects.count() == before


def test_a_mail_says_what_waits_and_where_and_nothing_of_it(
    newsroom, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        post = submitted(newsroom["wanda"])
    assert sorted(message.to for message in mail.outbox) == [
        ["edda@broadside.example"],
        ["rosa@broadside.example"],
    ]
    for message in mail.outbox:
        assert message.subject == "[Broadside] Post: waits for your review"
        assert message.body.startswith(
            "Post: Wanda submitted this for review.\n\nhttp://testserver/"
        )
        assert f"http://testserver/admin/blog/post/{post.pk}/change/" in message.body
        assert message.content_subtype == "plain"
        assert "Salt" not in str(message.message())
        assert post.slug not in str(message.message())
    assert Notice.objects.filter(sent_at=None).count() == 0


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_never_mailed():
    post = write_post(by=join("wanda"))
    join("rosa")
    with transaction.atomic():
        move(post, "submit", by=join("wanda"))
        assert Notice.objects.count() == 1
        transaction.set_rollback(True)
    assert Notice.objects.count() == 0
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_mail_is_sent_after_the_decision_is_kept():
    post = write_post(by=join("wanda"))
    join("rosa")
    with transaction.atomic():
        move(post, "submit", by=join("wanda"))
        assert mail.outbox == []
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_failure_breaks_no_decision_and_is_tried_again(settings, newsroom):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    post = submitted(newsroom["wanda"])
    assert post.state == "in_review"
    assert [message.to for message in mail.outbox] == [["edda@broadside.example"]]
    notice = Notice.objects.get(recipient=newsroom["rosa"])
    assert (notice.claimed_at, notice.tries) == (None, 1)
    assert notice.failure == "ConnectionResetError: No."
    settings.EMAIL_BACKEND = working
    call_command("send_notices")
    assert [message.to for message in mail.outbox][1:] == [["rosa@broadside.example"]]
    call_command("send_notices")
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("backend", ["Refusing", "Away"])
def test_a_notice_is_not_tried_for_ever(settings, newsroom, capsys, backend):
    settings.EMAIL_BACKEND = f"{__name__}.{backend}"
    submitted(newsroom["edda"])
    for _try in range(TRIES):
        with pytest.raises(SystemExit):
            call_command("send_notices")
    call_command("send_notices")
    assert "1 failed too often" in capsys.readouterr().err
    assert Notice.objects.get().tries == TRIES


def test_who_left_meanwhile_is_not_told(newsroom):
    submitted(newsroom["edda"])
    User.objects.filter(username="rosa").update(is_active=False)
    assert send_notices().sent == 0


@pytest.mark.django_db(transaction=True)
def test_several_processes_send_each_notice_once(newsroom):
    for number in range(8):
        move(
            write_post(by=newsroom["wanda"], slug=f"salt-{number}"), "submit", by=newsroom["wanda"]
        )
    mail.outbox.clear()
    numbers = [str(pk) for pk in Notice.objects.values_list("pk", flat=True)]
    for pk in numbers:
        Notice.objects.filter(pk=pk).update(claimed_at=None, sent_at=None, body=pk)

    outcomes = race(*[send_notices] * 4)

    assert sum(outcome.sent for outcome in outcomes) == len(numbers) == 16
    assert sorted(message.body for message in mail.outbox) == sorted(numbers)
