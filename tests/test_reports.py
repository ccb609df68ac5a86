"""Readers report a comment, and propose how a passage of a translation should read."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appeals.models import TranslationEdition
from blog.comments.commenting import token_for
from blog.comments.reporting import MOST, keep, reported
from blog.guarding.purging import purge_spam
from blog.guarding.removing import remove_exposed
from blog.guarding.tickets import issue
from blog.models import Comment, Report
from editorial.models import Decision, Note
from editorial.moving import move
from editorial.noting import resolve_note
from editorial.sealing import publish, withdraw
from editorial.states import MayNot
from tests.cast import approve, join, translate, write_appeal
from tests.desk import sit
from tests.people import Browser, arrive
from tests.readers import page, publish_again, publish_post, said

pytestmark = pytest.mark.django_db


# --- reports ---------------------------------------------------------------------------------


@pytest.fixture
def comment():
    return said(publish_post(), "They did not.", name="Bo")


def address(comment):
    post = comment.post.editions.get().get_absolute_url()
    return f"{post}comments/{comment.key}/report/"


def complain(comment, client=None, **fields):
    url = address(comment)
    fields = {"token": token_for(url), "ground": "insult"} | fields
    return (client or Client(enforce_csrf_checks=True)).post(url, fields)


def test_a_reader_reports_a_comment_and_a_moderator_lets_it_stand(comment):
    post = comment.post.editions.get().get_absolute_url()
    reader = Browser().open(post).follow("Report the comment by Bo")
    assert "They did not." in reader.text
    reader.press("Report it")
    assert reader.status == 422
    assert "Please choose what is wrong." in reader.text
    reader.press("Report it", ground="insult", text="He calls her <names>.")
    assert "Thank you. The moderators look at it." in reader.text
    assert "They did not." in page(comment.post.editions.get())

    mato = arrive("mato").open("/admin/")
    mato.follow("1 public comment is reported").follow("Bo")
    assert "He calls her <names>." in mato.text
    mato.press("Let it stand")
    assert "Decided: looked at, and kept." in mato.text
    assert "He calls her" not in mato.text
    assert "is reported" not in mato.open("/admin/").text
    comment.refresh_from_db()
    assert comment.state == "approved"
    assert Decision.objects.about(comment).get().by_name == "Mato"


def test_any_decision_settles_the_reports(comment):
    complain(comment)
    assert list(reported()) == [comment]
    move(comment, "reject", by=join("mato"), reason="An insult")
    move(comment, "approve", by=join("mato"))
    assert list(reported()) == []
    complain(comment, Client(REMOTE_ADDR="203.0.113.9"))
    assert list(reported()) == [comment]
    with pytest.raises(MayNot):
        keep(comment, by=join("wanda"), last=0)


def test_what_is_let_stand_is_what_was_looked_at(comment):
    complain(comment, text="An insult.")
    mato = arrive("mato").open(comment.desk_path())
    complain(comment, Client(REMOTE_ADDR="203.0.113.9"), text="A threat, rather.")
    mato.press("Let it stand")
    assert mato.status == 409
    assert "The reports of it are others by now." in mato.text
    assert "A threat, rather." in mato.text
    assert list(reported()) == [comment]
    mato.press("Let it stand")
    assert list(reported()) == []
    complain(comment, Client(REMOTE_ADDR="203.0.113.10"))
    mato.open(comment.desk_path())
    Comment.objects.update(text="Not as it was.", revision=2)
    mato.press("Let it stand")
    assert "This comment has changed meanwhile." in mato.text


def test_reports_are_limited(comment):
    for _click in range(2):
        assert complain(comment).url == f"{address(comment)}?sent=1"
    assert Report.objects.count() == 1
    complain(comment, topic="x", ground="other")
    for number in range(MOST + 3):
        complain(comment, Client(REMOTE_ADDR=f"203.0.113.{number}"))
    assert Report.objects.count() == MOST


def test_what_cannot_be_reported_is_not_there(comment):
    url = address(comment)
    move(comment, "hold", by=join("mato"))
    nothing = Client().get(url.replace(comment.key, "nothing"))
    hidden = Client().get(url)
    assert (hidden.status_code, hidden.content) == (404, nothing.content)
    assert Client().post(url, {"ground": "insult"}).status_code == 404


def test_a_report_with_an_old_token_is_renewed_with_its_text(comment):
    response = complain(comment, token="old", text="He calls her names.")
    assert response.status_code == 422
    assert "He calls her names.</textarea>" in response.content.decode()
    assert Report.objects.count() == 0


def test_a_report_that_comes_too_late_is_given_back(comment):
    """Hidden, or never there: the answer is one and the same, with the words in it."""
    move(comment, "hold", by=join("mato"))
    answers = [
        Client().post(url, {"ground": "insult", "text": "He <lies>."})
        for url in (address(comment), address(comment).replace(comment.key, "nothing"))
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert "He &lt;lies&gt;." in answers[0].content.decode()
    assert "is not here, or not any more" in answers[0].content.decode()
    hidden, nothing = (answer.content.decode() for answer in answers)
    assert hidden.replace(comment.key, "nothing") == nothing


def test_a_report_on_a_post_that_moved_arrives_and_on_one_that_is_gone_is_given_back(comment):
    url, edition = address(comment), comment.post.editions.get()
    token = token_for(url)
    moved = publish_again(edition, slug="brine")
    sent = Client().post(url, {"token": token, "ground": "insult", "text": "He lies."})
    assert sent.url == f"{moved.get_absolute_url()}comments/{comment.key}/report/?sent=1"
    withdraw(comment.post, by=join("edda"), note="Unsound.")
    late = Client().post(url, {"token": token, "ground": "insult", "text": "He lies."})
    assert late.status_code == 410
    assert "He lies." in late.content.decode()


# --- proposals -------------------------------------------------------------------------------


@pytest.fixture
def translation():
    """Return a translation that is public."""
    appeal = write_appeal(by=join("tariq"), slug="lake")
    publish(approve(appeal), by=join("edda"))
    translation = translate(appeal, by=join("tariq"))
    publish(approve(translation), by=join("edda"))
    return translation


def test_a_correction_reaches_the_translators_and_is_answered_on_its_receipt(translation):
    reader = Browser().open("/appeals/lake/en/").follow("Propose a correction of § p2")
    assert reader.address == "/appeals/lake/en/passages/p2/"
    assert "Passage 2." in reader.text
    assert "Абзац 2." in reader.text
    reader.press("See it, then send it", text="It says “pages”, not “passages”.", name="Ana")
    assert "Not sent yet: this is how it will look" in reader.text
    assert Comment.objects.count() == 0
    reader.press("Send")
    assert "Your correction" in reader.text
    assert "With the moderators." in reader.text
    proposal = Comment.objects.get()
    assert (proposal.post, proposal.translation, proposal.passage) == (None, translation, "p2")

    mato = arrive("mato").open("/admin/blog/comment/queue/")
    assert "A correction of § p2 of a translation" in mato.text
    assert "The passage as it is now Passage 2. Абзац 2." in mato.text
    mato.press("Decide as chosen", **{f"move-{proposal.key}": "approve"})
    note = Note.objects.about(translation).get()
    assert (note.place, note.text, note.author) == ("p2", "It says “pages”, not “passages”.", None)
    assert note.author_name == "a reader: Ana"
    reader.open(reader.address)
    assert "Passed on to the translators." in reader.text

    tariq = arrive("tariq").open(f"/admin/appeals/translation/{translation.pk}/review/")
    assert "It says “pages”, not “passages”." in tariq.text
    resolve_note(note, by=join("edda"))
    reader.open(reader.address)
    assert "The translators dealt with it on" in reader.text
    reader.follow("Read the passage as it is now")
    assert reader.address == "/appeals/lake/en/"
    assert "It says" not in reader.text


def propose(translation, **fields):
    url = "/appeals/lake/en/passages/p1/"
    own = {"token": token_for(url), "ticket": issue(url, time.time() - 60), "text": "Not so."}
    return Client().post(url, own | fields)


def test_a_proposal_is_never_public_and_its_note_goes_with_it(translation):
    receipt = propose(translation).url
    proposal = Comment.objects.get()
    mato = join("mato")
    move(proposal, "approve", by=mato)
    assert list(Comment.objects.public()) == []
    for name in ("hold", "approve", "reject", "approve"):
        move(proposal, name, by=mato, reason="Hm")
        assert Note.objects.count() == (name == "approve")
        proposal.refresh_from_db()
    Client().post(f"{receipt}withdraw/")
    assert Note.objects.count() == 0
    for page_of in ("/admin/blog/comment/", proposal.desk_path()):
        assert "Not so." in sit("mato").get(page_of).content.decode()


def test_a_proposal_that_is_changed_is_a_note_again(translation):
    """Also when the translators had dealt with the first: else nobody would hear of the second."""
    receipt = Browser().open(propose(translation, name="Ana").url)
    proposal = Comment.objects.get()
    for name in ("approve", "hold", "approve"):
        move(proposal, name, by=join("mato"))
    resolve_note(Note.objects.get(), by=join("edda"))
    for name in ("hold", "approve"):  # as it was: it is dealt with
        move(proposal, name, by=join("mato"))
    assert not Note.objects.unresolved().exists()

    receipt.follow("Correct it").press("Send it again", text="It is “pages”.")
    mato = arrive("mato").open("/admin/blog/comment/queue/")
    mato.press("Decide as chosen", **{f"move-{proposal.key}": "approve"})
    dealt_with, new = Note.objects.about(translation).order_by("pk")
    assert (new.text, new.resolved_at) == ("It is “pages”.", None)
    assert "Passed on to the translators." in receipt.open(receipt.address).text
    assert (dealt_with.text, dealt_with.author_name) == ("Changed since by its writer.", "a reader")
    receipt.follow("Erase it").press("Erase")
    assert [note.text for note in Note.objects.about(translation)] == [dealt_with.text]


def test_who_erases_a_proposal_takes_their_words_from_the_desk(translation):
    receipt = propose(translation).url
    proposal = Comment.objects.get()
    move(proposal, "approve", by=join("mato"))
    resolve_note(Note.objects.get(), by=join("edda"))
    Client().post(f"{receipt}erase/")
    note = Note.objects.get()
    assert (note.text, note.author_name) == ("Erased by its writer.", "a reader")


@pytest.mark.parametrize("is_resolved", [False, True])
def test_what_exposes_goes_from_a_proposal_s_note_too(translation, is_resolved):
    propose(translation, name="Ana", text="Ask at +7 701 555 01 23.")
    proposal = Comment.objects.get()
    mato = join("mato")
    move(proposal, "approve", by=mato)
    if is_resolved:
        resolve_note(Note.objects.get(), by=join("edda"))
        move(proposal, "hold", by=mato)
    remove_exposed(Comment.objects.get(), by=mato)
    note = Note.objects.get()
    assert "555" not in note.text
    assert note.text.startswith("Ask at")
    assert "Ana" in note.author_name


def test_a_proposal_purged_as_spam_leaves_no_words_at_the_desk(translation):
    propose(translation, name="Ana")
    proposal = Comment.objects.get()
    move(proposal, "approve", by=join("mato"))
    resolve_note(Note.objects.get(), by=join("edda"))
    move(proposal, "mark_spam", by=join("mato"))
    purge_spam(timezone.now() + timedelta(days=15))
    note = Note.objects.get()
    assert "Not so." not in note.text
    assert "Ana" not in note.author_name


def test_only_passages_that_readers_see_can_be_corrected(translation):
    nothing = Client().get("/appeals/lake/en/passages/nothing/")
    for address in ("/appeals/lake/ru/passages/p1/", "/appeals/lake/fr/passages/p1/"):
        assert Client().get(address).content == nothing.content
    assert "Propose a correction" not in Browser().open("/appeals/lake/ru/").text
    assert propose(translation, text="").status_code == 422
    gone = Client().post("/appeals/lake/en/passages/p9/", {"text": "Too <late>"})
    assert gone.status_code == 404
    assert "Too &lt;late&gt;" in gone.content.decode()
    withdraw(translation, by=join("edda"), note="Unsound.")
    response = propose(translation, text="Too <late>")
    assert response.status_code == 410
    assert "Too &lt;late&gt;" in response.content.decode()
    assert Comment.objects.count() == 0


def test_the_pages_ask_a_fixed_number_of_questions_and_set_no_cookie(translation):
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            response = Client().get("/appeals/lake/en/passages/p1/")
        counts.append(len(asked))
        assert response.cookies == {}
        for number in range(3):
            propose(translation, text=f"{number}")
    assert len(set(counts)) == 1
    assert TranslationEdition.objects.live().count() == 1
