"""Writers who want it are told of replies: after a yes, until a no, and never what was said."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from blog.comments.sparing import MOST_QUESTIONS, mailbox, marks_of
from blog.comments.telling import ask, confirm, tell
from blog.guarding import keys
from blog.models import AddressMark, Comment, ReplyAddress, ReplyMail
from editorial.moving import move
from editorial.redacting import redact
from tests.cast import join
from tests.people import Browser
from tests.racing import race
from tests.readers import publish_post, said, send

pytestmark = pytest.mark.django_db
ANA = "ana@reader.example"


@pytest.fixture(autouse=True)
def key_file(settings, tmp_path):
    settings.ADDRESS_KEY_FILE = str(tmp_path / "address-key")
    return tmp_path / "address-key"


@pytest.fixture
def edition():
    return publish_post()


def link_in(letter):
    """Return the path of the last link in a mail."""
    return [word for word in letter.body.split() if "://" in word][-1].removeprefix(
        "http://testserver"
    )


def told(comment):
    """Return the address of a comment after its holder said yes."""
    ask(comment, ANA)
    kept = ReplyAddress.objects.get(comment=comment)
    confirm(kept)
    return kept


def test_a_writer_is_asked_when_their_comment_is_public_and_told_of_replies(edition):
    ana = Browser().open(send(edition, name="Ana", text="They did.").url)
    ana.press("Tell me of replies", address=ANA)
    assert "a link is mailed there" in ana.text
    assert ANA not in ana.text
    assert tell() == (0, 0)
    comment = Comment.objects.get()
    move(comment, "approve", by=join("mato"))
    assert tell() == (1, 0)
    assert tell() == (0, 0)

    question = mail.outbox[0]
    assert question.to == [ANA]
    assert "They did" not in question.body + question.subject
    assert edition.slug not in question.body
    reader = Browser().open(link_in(question))
    assert ReplyAddress.objects.get().confirmed_at is None
    reader.press("Yes, tell me")
    assert "You are told of replies to your comment until" in reader.text

    reply = said(edition, "Indeed.", name="Bo", parent=comment)
    said(edition, "Held.", state="held", parent=comment)
    said(edition, "Elsewhere.")
    assert tell() == (1, 0)
    assert tell() == (0, 0)
    letter = mail.outbox[1]
    assert "Indeed" not in letter.body + letter.subject
    assert edition.slug not in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    [to_reply] = [word for word in letter.body.split() if word.endswith(f"{reply.key}/")]
    answer = Client().get(to_reply.removeprefix("http://testserver"))
    assert answer.url == f"{edition.get_absolute_url()}comments/{reply.key}/"
    assert answer.headers["Referrer-Policy"] == "no-referrer"

    one_click = letter.extra_headers["List-Unsubscribe"].strip("<>")
    left = Client(enforce_csrf_checks=True).post(
        one_click.removeprefix("http://testserver"), {"List-Unsubscribe": "One-Click"}
    )
    assert "the address is deleted here" in left.content.decode()
    assert (ReplyAddress.objects.count(), ReplyMail.objects.count()) == (0, 0)
    assert Client().get(link_in(letter)).status_code == 404


def test_what_is_no_address_is_said_and_can_be_mended(edition):
    ana = Browser().open(send(edition).url).press("Tell me of replies", address="ana@")
    assert ana.status == 409
    assert "Enter a valid email address." in ana.text
    assert ReplyAddress.objects.count() == 0
    ana.press("Tell me of replies", address=ANA)
    ana.press("Delete the address")
    assert ReplyAddress.objects.count() == 0


def test_nobody_is_asked_without_end(edition):
    for number in range(MOST_QUESTIONS + 2):
        ask(said(edition, f"{number}"), ANA.upper() if number % 2 else ANA)
    assert tell() == (MOST_QUESTIONS, 0)


def test_the_limit_outlives_the_address(edition):
    """Who asks, erases and asks again has no stranger mailed without end."""
    for number in range(MOST_QUESTIONS + 2):
        url = send(edition, text=f"{number}").url
        Client().post(f"{url}replies/", {"address": f"ana+{number}@reader.example"})
        move(Comment.objects.latest("pk"), "approve", by=join("mato"))
        tell()
        Client().post(f"{url}erase/")
        assert (ReplyAddress.objects.count(), ReplyMail.objects.count()) == (0, 0)
    assert len(mail.outbox) == MOST_QUESTIONS


def test_who_left_is_not_asked_again_and_who_says_yes_is(edition):
    ask(said(edition, "one"), ANA)
    tell()
    Client(enforce_csrf_checks=True).post(link_in(mail.outbox[0]))
    for name in ("two", "three"):
        ask(said(edition, name), ANA.upper())
    assert tell() == (0, 0)
    for number in range(MOST_QUESTIONS + 2):
        ask(said(edition, f"{number}"), "bo@reader.example")
        assert tell() == (1, 0)
        Browser().open(link_in(mail.outbox[-1])).press("Yes, tell me")
    assert "@" not in "".join(AddressMark.objects.values_list("mark", flat=True))


def test_no_mark_says_whose_it_is_once_its_key_is_gone(edition, key_file, monkeypatch):
    ask(said(edition, "one"), ANA)
    tell()
    [mark] = AddressMark.objects.values_list("mark", flat=True)
    [old] = [kept for _label, kept in keys.entries(key_file.read_bytes())]
    now = timezone.now()
    for days, is_known in ((0, True), (180, True), (368, False)):
        monkeypatch.setattr(timezone, "now", lambda days=days: now + timedelta(days=days))
        assert (mark in marks_of(ANA), old in key_file.read_bytes()) == (is_known, is_known)
    assert tell() == (0, 0)
    assert AddressMark.objects.count() == 0


def test_where_no_key_is_kept_nobody_is_asked_and_everybody_leaves(edition, settings, caplog):
    settings.ADDRESS_KEY_FILE = "/proc/nowhere/key"
    comment = said(edition, "one")
    ask(comment, ANA)
    assert tell() == (0, 0)
    assert "nobody is asked" in caplog.text
    Client().post(ReplyAddress.objects.get().get_absolute_url())
    assert ReplyAddress.objects.count() == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana@Reader.example", ANA, True),
        ("ana+x+y@reader.example", ANA, True),
        ("+x@reader.example", "+y@reader.example", False),
        ("anna@reader.example", ANA, False),
    ],
)
def test_whose_mail_it_is(one, other, same):
    assert (mailbox(one) == mailbox(other)) is same


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_keeps_one_address(edition):
    url = f"{send(edition).url}replies/"
    answers = race(*[lambda: Client().post(url, {"address": ANA}).status_code] * 4)
    assert answers == [303] * 4
    assert ReplyAddress.objects.count() == 1
    kept = ReplyAddress.objects.get()
    assert Client().post(url, {"address": ANA}).status_code == 303
    assert ReplyAddress.objects.get() == kept


def test_replies_that_were_there_before_the_yes_are_not_told(edition):
    comment = said(edition, "They did.")
    said(edition, "Before.", parent=comment)
    told(comment)
    assert tell() == (0, 0)


def test_addresses_expire_and_go_with_the_comment_s_words(edition):
    one, two = said(edition, "one"), said(edition, "two")
    kept = told(one)
    kept.refresh_from_db()
    assert timedelta(days=89) < kept.expires_at - timezone.now() <= timedelta(days=90)
    ReplyAddress.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    said(edition, "Indeed.", parent=one)
    assert tell() == (0, 0)
    assert ReplyAddress.objects.count() == 0

    url = send(edition, text="three").url
    Client().post(f"{url}replies/", {"address": ANA})
    assert Client().get(f"{url}export/").json()["replies_to"] == ANA
    Client().post(f"{url}erase/")
    assert ReplyAddress.objects.count() == 0
    told(two)
    redact(["ana@reader"], by=join("edda"), ground="At her request")
    assert ReplyAddress.objects.count() == 0


def test_a_failure_is_tried_again_and_says_no_address(edition, settings, caplog, capsys):
    class Refusing(EmailBackend):
        def send_messages(self, messages):
            raise ConnectionResetError(f"No: {ANA}")

    comment = said(edition, "They did.")
    ask(comment, ANA)
    settings.EMAIL_BACKEND = "tests.test_telling.Gone"
    globals()["Gone"] = Refusing
    with pytest.raises(SystemExit):
        call_command("tell_readers")
    assert ANA not in caplog.text + capsys.readouterr().err
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("tell_readers")
    assert [letter.to for letter in mail.outbox] == [[ANA]]
    assert "1 mails sent." in capsys.readouterr().out


def test_a_forged_link_opens_nothing(edition):
    told(said(edition, "They did."))
    nothing = Client().get("/nothing/")
    for token in ("x", ReplyAddress.objects.get().key):
        response = Client().get(f"/comments/replies/{token}/")
        assert (response.status_code, response.content) == (404, nothing.content)


@pytest.mark.django_db(transaction=True)
def test_of_several_who_send_at_once_one_does(edition):
    ask(said(edition, "They did."), ANA)
    assert sum(sent for sent, _failed in race(*[tell] * 4)) == 1
    assert [letter.to for letter in mail.outbox].count([ANA]) == 1


def test_mails_lead_to_pages_in_the_language_of_the_one_where_they_were_asked_for(edition):
    receipt = send(edition, name="Ana", text="They did.").url
    Client(enforce_csrf_checks=True).post(f"/uk{receipt}replies/", {"address": ANA})
    move(Comment.objects.get(), "approve", by=join("mato"))
    tell()
    [question] = mail.outbox
    assert link_in(question).startswith("/uk/comments/replies/")
    assert Browser().open(link_in(question)).page.get("lang") == "uk"
    confirm(ReplyAddress.objects.get())
    said(edition, "How many?", parent=Comment.objects.get())
    tell()
    links = [word for word in mail.outbox[1].body.split() if "://" in word]
    reply = Client().get(links[0].removeprefix("http://testserver"))
    assert reply.headers["Location"].startswith(f"/uk{edition.get_absolute_url()}comments/")
    assert link_in(mail.outbox[1]).startswith("/uk/comments/replies/")
