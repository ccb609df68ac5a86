"""A receipt: the writer's own way back to a comment, with no account and no cookie."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from blog.comments.deciding import Choice, decide
from blog.comments.moderating import Ground
from blog.comments.receipts import MOST_CORRECTIONS, correct, hand_out, reason_for
from blog.models import Comment, Receipt
from editorial.canonical import sha256
from editorial.models import Decision
from editorial.moving import move, record
from editorial.sealing import withdraw as withdraw_post
from editorial.states import CannotNow
from tests.cast import join
from tests.people import Browser
from tests.racing import race
from tests.readers import page, publish_post, said, send, ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return publish_post()


@pytest.fixture
def sent(edition):
    """Return the browser of a reader who has just sent a comment, and the comment."""
    address = send(edition, name="Ana", text="They did.").url
    return Browser().open(address), Comment.objects.get()


def test_a_writer_reads_the_reason_corrects_and_is_published(edition, sent):
    ana, comment = sent
    mato = join("mato")
    assert "With the moderators" in ana.text

    move(comment, "reject", by=mato, reason="It names a child.")
    ana.open(ana.address)
    assert "It names a child." in ana.text
    assert "Mato" not in ana.text

    ana.follow("Correct it").press("Send it again", text="They did, all of them.")
    assert "With the moderators" in ana.text
    assert "It names a child." not in ana.text
    comment.refresh_from_db()
    assert (comment.state, comment.text, comment.name) == ("held", "They did, all of them.", "Ana")

    move(comment, "approve", by=mato)
    ana.open(ana.address).follow("Read it in its place")
    assert "They did, all of them." in ana.text
    told = Decision.objects.about(comment).values_list("name", "by_name")
    assert list(told) == [("reject", "Mato"), ("correct", "its writer"), ("approve", "Mato")]


def test_an_approved_comment_comes_down_when_it_is_corrected(edition, sent):
    ana, comment = sent
    move(comment, "approve", by=join("mato"))
    ana.open(ana.address).follow("Correct it")
    assert "It comes down as soon as you send the correction" in ana.text

    ana.press("Send it again", text="They did not.")
    assert "They did" not in page(edition)
    assert "With the moderators" in ana.text


def test_a_moderator_never_approves_words_they_have_not_seen(sent):
    _ana, comment = sent
    seen = Choice(Comment.objects.get(), "approve", "held", revision=comment.revision)
    correct(comment, name="Ana", text="Something else.", language="")

    with pytest.raises(CannotNow, match="changed after you opened it"):
        decide(seen, by=join("mato"))
    assert Comment.objects.get().state == "held"


def test_what_was_typed_survives_a_correction_that_cannot_be_taken(sent):
    ana, comment = sent
    ana.follow("Correct it").press("Send it again", text="x" * 5001, name="Ana P.")
    assert ana.status == 422
    assert "to 5000 characters; it has 5001" in ana.text
    assert "x" * 5001 in ana.text
    Comment.objects.update(revision=MOST_CORRECTIONS + 1)
    ana.press("Send it again", text="Once more.")
    assert ana.status == 409
    assert "Once more." in ana.text
    comment.refresh_from_db()
    assert comment.text == "They did."


def test_who_sends_the_same_again_keeps_their_place_in_the_queue(edition, sent):
    ana, comment = sent
    said(edition, "Later.", state="held")
    was = Comment.objects.get(pk=comment.pk)
    ana.follow("Correct it").press("Send it again")
    now = Comment.objects.held().first()
    assert (now.pk, now.waiting_since, now.revision) == (was.pk, was.waiting_since, was.revision)
    assert not Decision.objects.about(comment).exists()


def test_a_withdrawn_comment_is_nobody_s_to_decide_and_can_be_sent_again(edition, sent):
    ana, comment = sent
    move(comment, "approve", by=join("mato"))
    ana.open(ana.address).press("Withdraw it")
    assert "Withdrawn: nobody sees it." in ana.text
    assert "They did." not in page(edition)
    comment.refresh_from_db()
    assert comment.moves_for(join("mato")) == []
    with pytest.raises(CannotNow):
        move(comment, "approve", by=join("mato"))

    again = ana.client.post(f"{ana.address}withdraw/")
    assert (again.status_code, again.url) == (303, ana.address)
    ana.follow("Correct it").press("Send it again")
    comment.refresh_from_db()
    assert comment.state == "held"


def test_erasing_asks_once_and_leaves_no_word(edition, sent):
    ana, comment = sent
    move(comment, "approve", by=join("mato"))
    said(edition, "Indeed.", parent=comment)
    ana.open(ana.address).follow("Erase it").press("Erase it for good")

    assert "Erased. Your words and your name are removed" in ana.text
    comment.refresh_from_db()
    assert (comment.name, comment.text, comment.receipt) == ("", "", None)
    names = Decision.objects.about(comment).values_list("name", flat=True)
    assert list(names) == ["approve", "erase"]
    assert "Indeed." in page(edition)
    assert ana.client.post(f"{ana.address}erase/").status_code == 303
    assert Decision.objects.about(comment).count() == 2
    ana.open(f"{ana.address}correct/").press("Send it again", text="Back.")
    assert ana.status == 409
    assert Comment.objects.get(pk=comment.pk).text == ""


def test_a_writer_takes_what_is_kept_along(sent):
    ana, comment = sent
    move(comment, "reject", by=join("mato"), reason="It names a child.")
    response = ana.client.get(f"{ana.address}export/")
    assert response.json() == {
        "key": comment.key,
        "name": "Ana",
        "text": "They did.",
        "language": "",
        "passage": "",
        "sent": comment.sent_at.isoformat(),
        "state": "rejected",
        "replies_to": "",
        "decisions": [
            {
                "on": timezone.localdate(Decision.objects.about(comment).get().at).isoformat(),
                "decision": "reject",
                "reason": "It names a child.",
            }
        ],
    }
    assert "attachment" in response.headers["Content-Disposition"]


def test_a_receipt_s_pages_are_kept_by_nobody_and_set_no_cookie(sent):
    ana, _comment = sent
    for method, act in [
        ("get", ""),
        ("get", "correct/"),
        ("get", "erase/"),
        ("get", "export/"),
        ("post", "correct/"),
        ("post", "withdraw/"),
        ("get", "withdraw/"),
    ]:
        response = getattr(ana.client, method)(f"{ana.address}{act}")
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert response.cookies == {}
        assert "Cookie" not in response.headers.get("Vary", "")


def test_a_token_is_kept_as_a_hash_alone_and_another_opens_nothing(sent):
    ana, _comment = sent
    token = ana.address.split("/")[3]
    assert Receipt.objects.get().token_hash == sha256(token)
    nothing = Client().get("/nothing/")
    for wrong in (f"{token}x", Receipt.objects.get().token_hash, "x", "%00"):
        for act in ("", "correct/", "export/"):
            answer = Client().get(f"/comments/receipt/{wrong}/{act}")
            assert (answer.status_code, answer.content) == (404, nothing.content)
            assert answer.headers == nothing.headers


def test_the_same_words_open_a_comment_only_while_nobody_else_can_know_them(sent):
    _ana, comment = sent
    assert hand_out(Comment.objects.get())
    later = timezone.now() - timedelta(minutes=1)
    Comment.objects.update(sent_at=later)
    assert hand_out(Comment.objects.get())
    move(comment, "approve", by=join("mato"))
    assert hand_out(Comment.objects.get()) == ""


def test_who_sends_known_words_again_is_thanked_without_a_link(edition):
    own = {"name": "Ana", "text": "They did.", "ticket": ticket(edition)}
    send(edition, **own)
    Comment.objects.update(sent_at=timezone.now() - timedelta(minutes=1), state="approved")
    response = send(edition, **own)
    assert response.url == f"{edition.get_absolute_url()}?sent=1#sent"
    assert Receipt.objects.count() == 1


def test_a_receipt_of_a_post_that_is_gone_still_works(edition, sent):
    ana, comment = sent
    move(comment, "approve", by=join("mato"))
    withdraw_post(comment.post, by=join("edda"), note="A mistake.")
    ana.open(ana.address)
    assert "not public now" in ana.text
    ana.press("Withdraw it")
    assert Comment.objects.get().state == "withdrawn"


def test_a_language_is_kept_unless_the_text_plainly_runs_the_other_way(edition):
    for text, language, kept in [
        ("They did.", "en", "en"),
        ("كنت هناك", "en", ""),
        ("كنت هناك", "ar", "ar"),
        ("كنت هناك مع Li", "ar", "ar"),
        ("They did.", "ar", ""),
        ("12!", "en", "en"),
        ("Нет.", "", ""),
    ]:
        send(edition, text=text, language=language, name=f"{text} {language}")
        assert Comment.objects.order_by("pk").last().language == kept
    assert send(edition, text="x", language="not one").status_code == 422
    html = page(edition)
    assert re.search(r'<option value="en" selected>English</option>', html)
    Comment.objects.update(state="approved")
    assert '<div class="body" lang="ar"><p dir="auto">كنت هناك</p></div>' in page(edition)


def test_a_receipt_asks_the_database_a_fixed_number_of_questions(sent):
    ana, comment = sent
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            ana.open(ana.address)
        counts.append(len(asked))
        for name in ("reject", "hold") * 3:
            move(comment, name, by=join("mato"), reason="Why")
    assert len(set(counts)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_correction_and_a_decision_at_once_never_publish_the_unseen(edition):
    send(edition, text="Seen.")
    comment, mato = Comment.objects.get(), join("mato")
    choice = Choice(Comment.objects.get(), "approve", "held", revision=comment.revision)
    race(
        lambda: decide(choice, by=mato),
        lambda: correct(comment, name="", text="Unseen.", language=""),
    )
    comment.refresh_from_db()
    assert (comment.state, comment.text) == ("held", "Unseen.")


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_eight_times_at_once_withdraws_and_erases_once(edition):
    address = send(edition, text="They did.").url
    for act in ("withdraw/", "erase/"):
        answers = race(*[lambda a=act: Client().post(f"{address}{a}").status_code] * 8)
        assert answers == [303] * 8
    names = Decision.objects.about(Comment.objects.get()).values_list("name", flat=True)
    assert list(names) == ["withdraw", "erase"]


def test_the_guard_looks_at_a_correction_as_at_a_new_comment(edition, sent):
    _ana, comment = sent
    correct(comment, name="", text="Call +7 495 123-45-67, or buy at www.pills.shop", language="")
    comment.refresh_from_db()
    assert "link" in comment.reasons
    correct(comment, name="", text="They did, every one of them, at dawn.", language="")
    comment.refresh_from_db()
    assert (comment.reasons, comment.alike) == ([], comment.key)


def test_what_colleagues_say_of_a_rejection_is_not_for_its_writer(edition):
    comment = Comment.objects.create(post_id=edition.item_id, text="Of the wells.")
    move(comment, "reject", by=join("mato"), reason="Off the subject.")
    for name, reason in (("agree", "Between us: he does this often."), ("redact", "")):
        record(comment, name, by=join("edda"), reason=reason)
    comment.refresh_from_db()
    assert reason_for(comment) == "Off the subject."


def test_what_is_stored_is_in_the_newsroom_s_language_and_read_in_one_s_own(edition, sent):
    _ana, comment = sent
    with override("ar"):
        choice = Choice(comment, "reject", "held", "She is no liar.", 1, Ground.INSULT)
        decide(choice, by=join("mato"))
    stored = "Insults somebody: She is no liar."
    assert Decision.objects.get(name="reject").reason == stored
    comment.refresh_from_db()
    told = gettext_in("fr", Ground.INSULT.label)
    with override("fr"):
        assert reason_for(comment) == f"{told}: She is no liar." != stored
    with override("uk"):
        correct(comment, name="Ana", text="They did.", language="en")
    assert Decision.objects.get(name="correct").by_name == "its writer"


def gettext_in(language, text):
    with override(language):
        return str(text)
