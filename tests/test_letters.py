"""Letters by e-mail: asked for, confirmed, sent when something is new, and left with one click."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.comments.commenting import token_for
from config.letters import subscribing
from config.letters.models import TRIES, Subscription
from config.letters.sending import send_letters
from editorial.redacting import redact
from editorial.sealing import publish
from tests.cast import approve, join, write_appeal, write_post
from tests.readers import publish_post
from tests.worlds.clock import at

pytestmark = pytest.mark.django_db

NOW = datetime(2099, 3, 5, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANA = "ana@reader.example"


class Refusing(EmailBackend):
    """A mail server that accepts nothing for one reader."""

    def send_messages(self, messages):
        if any("refused@reader.example" in message.to for message in messages):
            raise ConnectionResetError("No.")
        return super().send_messages(messages)


def ask(address=ANA, rhythm="daily", **fields):
    sent = {"address": address, "rhythm": rhythm, "token": token_for("/letters/")} | fields
    return Client(enforce_csrf_checks=True).post("/letters/", sent)


def press(url, **fields):
    return Client(enforce_csrf_checks=True).post(url.removeprefix("http://testserver"), fields)


def links(message):
    """Return what a letter's plain text leads to, by the part of the path that says what it is."""
    return {
        url.split("/")[4]: url for url in re.findall(r"http://testserver/letters/\S+", message.body)
    }


def subscribed(address=ANA, rhythm="daily", moment=NOW):
    return Subscription.objects.create(
        address=address, rhythm=rhythm, asked_at=moment, confirmed_at=moment, sent_until=moment
    )


def sent_at(moment):
    """Run the command at a moment; return what it sent."""
    mail.outbox.clear()
    with at(moment):
        send_letters(moment)
    return list(mail.outbox)


def test_nobody_gets_letters_who_did_not_confirm():
    with at(NOW):
        answer = ask("Ana@Reader.example")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/letters/?asked=1")
        [request] = mail.outbox
        assert request.to == [ANA]
        publish_post()
        assert sent_at(NOW + DAY) == []
        confirm = links(request)["confirm"]
        page = Client().get(confirm.removeprefix("http://testserver"))
        assert "Yes, send me letters" in page.content.decode()
        assert "We keep your address" in page.content.decode()
        assert Subscription.objects.get().confirmed_at is None  # a program looked at the link

        assert "Thank you." in press(confirm).content.decode()
        assert Subscription.objects.get().confirmed_at == NOW
        assert "Thank you." in press(confirm).content.decode()


def test_what_was_not_confirmed_is_forgotten():
    with at(NOW):
        ask()
        confirm = links(mail.outbox[0])["confirm"]
    sent_at(NOW + 2 * DAY)
    assert Subscription.objects.count() == 1
    sent_at(NOW + 2 * DAY + HOUR)
    assert Subscription.objects.count() == 0
    assert "too old" in press(confirm).content.decode()


def test_a_letter_brings_what_is_new_and_live_and_is_left_with_one_click():
    with at(NOW - HOUR):
        publish_post(slug="old", title="Old")
        subscribed()
    with at(NOW + HOUR):
        publish_post(slug="salt", title="Salt & wells", summary="What brine does.")
        arabic = publish_post(slug="milh", title="ملح في الآبار", language="ar")
        publish(approve(write_appeal(by=join("wanda"), slug="lake")), by=join("edda"))
        write_post(by=join("wanda"), slug="draft", title="Draft")
        soon = approve(write_post(by=join("wanda"), slug="soon", title="Soon"))
        publish(soon, by=join("edda"), at=NOW + 2 * DAY)
    Subscription.objects.update(sent_until=NOW)
    [letter] = sent_at(NOW + DAY)
    assert letter.subject == "Broadside: what is new"
    [(html, kind)] = letter.alternatives
    assert kind == "text/html"
    for text in (letter.body, html):
        assert "To the people of the lake" in text
        assert "http://testserver/appeals/lake/" in text
        assert "What brine does." in text
        assert not re.search(r"Old|Draft|Soon|<img|<link|<script", text)
    assert "Salt & wells" in letter.body
    assert "Salt &amp; wells" in html
    assert (
        f'<h2 lang="ar" dir="rtl"><a href="http://testserver{arabic.get_absolute_url()}">' in html
    )

    assert sent_at(NOW + DAY + HOUR) == []
    assert sent_at(NOW + 2 * DAY - HOUR) == []  # nothing is new
    [letter] = sent_at(NOW + 3 * DAY)
    assert "Soon" in letter.body

    [leaving] = re.findall("<(.*)>", letter.extra_headers["List-Unsubscribe"])
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert links(letter) == {"leave": leaving}
    page = Client().get(leaving.removeprefix("http://testserver")).content.decode()
    assert "no more letters" in page
    assert "Whoever leaves is forgotten at once." in page
    assert Subscription.objects.count() == 1
    answer = press(leaving, **{"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.cookies) == (200, {})
    assert Subscription.objects.count() == 0
    assert press(leaving).status_code == 200


def test_once_a_week_is_once_a_week():
    subscribed(rhythm="weekly")
    with at(NOW + HOUR):
        publish_post()
    assert [len(sent_at(NOW + n * DAY)) for n in range(1, 9)] == [0, 0, 0, 0, 0, 0, 1, 0]


def test_an_answer_does_not_tell_whether_an_address_is_known():
    with at(NOW):
        subscribed()
        known, unknown = ask(), ask("ivo@reader.example")
        again = ask("ivo@reader.example")
        for one, other in ((known, unknown), (unknown, again)):
            assert (one.status_code, one.headers, one.content) == (
                other.status_code,
                other.headers,
                other.content,
            )
        assert [message.to for message in mail.outbox] == [["ivo@reader.example"]]
    with at(NOW + DAY + HOUR):
        ask("ivo@reader.example")
    assert len(mail.outbox) == 2


def test_machines_and_stale_pages_ask_in_vain():
    assert ask(topic="buy").status_code == 303
    for fields in ({"token": "x"}, {"address": "nobody"}, {"rhythm": "hourly"}):
        assert ask(**fields).status_code == 422
    assert mail.outbox == []
    assert Subscription.objects.count() == 0


def test_no_more_than_so_many_addresses_are_written_to(monkeypatch):
    monkeypatch.setattr(subscribing, "AN_HOUR", 2)
    with at(NOW):
        for number in range(4):
            assert ask(f"r{number}@reader.example").status_code == 303
    assert len(mail.outbox) == Subscription.objects.count() == 2


def test_a_letter_that_fails_waits_longer_each_time_and_then_is_given_up(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    subscribed("refused@reader.example")
    subscribed()
    with at(NOW + HOUR):
        publish_post()
    [letter] = sent_at(NOW + DAY)
    assert letter.to == [ANA]
    waits = []
    for _try in range(1, TRIES):
        row = Subscription.objects.get(address="refused@reader.example")
        waits.append(row.not_before)
        sent_at(row.not_before - timedelta(seconds=1))
        row.refresh_from_db()
        assert row.not_before == waits[-1]
        sent_at(row.not_before)
    gaps = [b - a for a, b in zip([NOW + DAY, *waits], waits, strict=False)]
    assert gaps == [timedelta(minutes=15) * 2**n for n in range(TRIES - 1)]
    assert [row.address for row in Subscription.objects.all()] == [ANA]


def test_a_request_that_failed_is_sent_later(settings):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    with at(NOW):
        assert ask("refused@reader.example").status_code == 303
    settings.EMAIL_BACKEND = backend
    assert [letter.to for letter in sent_at(NOW + HOUR)] == [["refused@reader.example"]]
    assert sent_at(NOW + 2 * HOUR) == []


def test_letters_ask_as_often_for_many_readers_as_for_few():
    def asked(moment):
        with at(moment - HOUR):
            publish_post(slug=f"post-{moment:%d}")
        with CaptureQueriesContext(connection) as queries:
            letters = sent_at(moment)
        reads = [q for q in queries if q["sql"].startswith("SELECT")]
        return len(letters), len(reads)

    subscribed()
    few = asked(NOW + DAY)
    for number in range(5):
        subscribed(f"r{number}@reader.example", moment=NOW + DAY)
    assert (few[0], asked(NOW + 2 * DAY)) == (1, (6, few[1]))


def test_an_address_can_be_forgotten():
    subscribed()
    subscribed("ivo@reader.example")
    out = StringIO()
    call_command("forget_subscriber", ANA.upper(), stdout=out)
    call_command("forget_subscriber", ANA, stdout=out)
    assert out.getvalue().splitlines() == ["Forgotten.", "There was no such address."]
    boss = User.objects.create_superuser("boss", password="x")
    redact(["Ivo"], by=boss, ground="He asked.")
    assert Subscription.objects.count() == 0
    with pytest.raises(CommandError):
        call_command("forget_subscriber")


def test_the_command_says_what_it_did(capsys, settings):
    moment = datetime.now(UTC)
    subscribed(moment=moment - DAY)
    subscribed("refused@reader.example", moment=moment - DAY)
    publish_post()
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    with pytest.raises(SystemExit):
        call_command("send_letters")
    told = capsys.readouterr()
    assert told.out.startswith("1 letters sent, 0 with nothing new")
    assert told.err == "1 failed and wait.\n"


def test_the_page_is_the_same_for_all_and_only_superusers_see_who_subscribed(client):
    assert Client().get("/letters/").content == Client().get("/letters/").content
    subscribed()
    for who in ("edda", "mato"):
        join(who)
        client.login(username=who, password=who)
        assert client.get("/admin/config/subscription/").status_code == 403
    User.objects.create_superuser("boss", password="x")
    client.login(username="boss", password="x")
    assert ANA in client.get("/admin/config/subscription/").content.decode()


def test_letters_speak_the_language_of_the_page_they_were_asked_for_on():
    sent = {"address": ANA, "rhythm": "daily", "token": token_for("/letters/")}
    Client(enforce_csrf_checks=True).post("/fr/letters/", sent)
    [question] = mail.outbox
    links = re.findall(r"http://testserver(\S+)", question.body)
    assert [link.rpartition("/letters/")[0] for link in links] == ["/fr", "/fr"]
    assert '<html lang="fr" dir="ltr">' in question.alternatives[0].content
    page = Client().get(links[0]).content.decode()
    assert '<html lang="fr" dir="ltr">' in page
    press(links[0])
    edition = publish_post()
    send_letters(edition.published_at + 2 * DAY)
    letter = mail.outbox[-1]
    url = f"http://testserver/fr{edition.get_absolute_url()}"
    assert url in letter.body
    assert f"<http://testserver{links[1]}>" == letter.extra_headers["List-Unsubscribe"]
    assert (
        f'<h2 lang="en" dir="ltr"><a href="http://testserver/fr{edition.get_absolute_url()}"'
        in (letter.alternatives[0].content)
    )
