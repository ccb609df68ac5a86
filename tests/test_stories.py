"""Whole days of the newsroom, each at their own browser: from the first word to the reader."""

from datetime import timedelta

import pytest
from django.utils import timezone

from appeals.models import Translation
from blog.models import Comment, Post, PostEdition
from editorial.models import Decision
from editorial.states import State
from editorial.verifying import verify
from tests.cast import write_appeal
from tests.desk import page
from tests.invariants import broken
from tests.people import Browser, arrive

pytestmark = pytest.mark.django_db

FIRST = "<p>They met at dawn, forty of them.</p>"
MENDED = "<p>They met at dawn, fourteen of them.</p>"


@pytest.fixture
def reader():
    return Browser()


def write(writer, title, body):
    writer.open("/admin/blog/post/add/").press("Save", title=title, body=body)
    return Post.objects.get(title=title)


def decisions(item):
    return [(d.by_name, d.name) for d in Decision.objects.about(item)]


def test_a_post_from_the_first_word_to_a_readers_comment(reader):
    wanda, rosa, edda, mato = (arrive(name) for name in ("wanda", "rosa", "edda", "mato"))

    post = write(wanda, "Salt in the wells", FIRST)
    wanda.open(page(post)).press("Submit for review")
    assert "in review" in wanda.text
    assert "Salt in the wells" in rosa.open("/admin/").text

    rosa.open(page(post)).press("Send back", reason="Forty or fourteen?")
    assert "Forty or fourteen?" in wanda.open(page(post)).text
    wanda.press("Save", body=MENDED)
    wanda.open(page(post)).press("Submit for review")

    assert not [b for b in wanda.open(page(post)).buttons() if "Approve" in b or "Publish" in b]
    assert not [b for b in rosa.open(page(post)).buttons() if "ublish now" in b]
    rosa.press("Approve (does not publish)")
    assert reader.open("/").status == 200
    assert "Salt in the wells" not in reader.text

    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
    edda.open(page(post)).press("Schedule", at=f"{tomorrow:%Y-%m-%dT%H:%M}")
    assert "Salt in the wells" not in reader.open("/").text
    edda.open(page(post)).press("Cancel the schedule")
    assert "Salt in the wells" not in reader.open("/").text
    edda.open(page(post)).press("Publish now")
    reader.open("/").follow("Salt in the wells")
    assert "fourteen of them" in reader.text

    here = reader.address
    reader.press("See it, then send it", text="I was there.", name="Ivo").press("Send")
    assert "Nobody else sees it until one of them has read it" in reader.text
    assert "I was there." not in reader.open(here).text
    comment = Comment.objects.get()
    mato.open("/admin/blog/comment/queue/")
    mato.press("Decide as chosen", **{f"move-{comment.key}": "approve"})
    assert "I was there." in reader.open(here).text

    assert decisions(post) == [
        ("Wanda", "submit"),
        ("Rosa", "request_changes"),
        ("Wanda", "submit"),
        ("Rosa", "approve"),
        ("Edda", "schedule"),
        ("Edda", "cancel_schedule"),
        ("Edda", "publish"),
    ]
    assert broken(post) == []


def test_a_published_post_is_corrected_and_taken_back(reader):
    wanda, rosa, edda = (arrive(name) for name in ("wanda", "rosa", "edda"))
    post = write(wanda, "Salt in the wells", FIRST)
    wanda.open(page(post)).press("Submit for review")
    edda.open(page(post)).press("Approve and publish now")
    here = PostEdition.objects.get().get_absolute_url()

    wanda.open(page(post)).press("Save", body=MENDED)
    wanda.open(page(post)).press("Submit for review")
    assert "forty" in reader.open(here).text
    rosa.open(page(post)).press("Approve (does not publish)")
    edda.open(page(post)).press("Publish now", kind="correction", note="Fourteen, not forty.")
    assert "Fourteen, not forty." in reader.open(here).text
    reader.follow("Compare")
    assert "Editions 1 and 2 compared" in reader.text
    assert "Fourteen, not forty." in reader.open("/corrections/").text

    edda.open(page(post)).press("Withdraw", public_note="At the authors' request.")
    assert reader.open(here).status == 410
    assert "At the authors' request." in reader.text
    assert "Salt in the wells" not in reader.open("/").text
    assert broken(post) == []


def test_a_translation_is_reviewed_passage_by_passage_and_read(reader):
    tariq, rosa, edda = (arrive(name) for name in ("tariq", "rosa", "edda"))
    appeal = write_appeal(slug="lake")
    tariq.open(page(appeal)).press("Submit for review")
    edda.open(page(appeal)).press("Approve and publish now")
    assert "Not translated" not in reader.open("/appeals/lake/").text

    tariq.open("/admin/appeals/translation/add/")
    tariq.press("Save", appeal=str(appeal.pk), language="en", title="To the lake")
    translation = Translation.objects.get()
    review = page(translation, "review")
    for key in ("p1", "p2"):
        tariq.open(review).press("Save (to be reviewed)", within=key, text=f"Passage {key}.")
    tariq.open(page(translation)).press("Submit for review")
    assert not [b for b in tariq.open(review).buttons() if "Accept" in b]

    rosa.open(review).press("Accept", within="p1")
    rosa.open(review).press("Send back with this reason", within="p2", text="Not a lake: a sea.")
    assert "1 passage" in rosa.open(page(translation)).press("Approve (does not publish)").text
    assert "Not a lake: a sea." in tariq.open(review).text
    tariq.press("Save (to be reviewed)", within="p2", text="To the sea.")
    rosa.open(review).press("Accept", within="p2")
    rosa.open(page(translation)).press("Approve (does not publish)")
    translation.refresh_from_db()
    assert translation.state == State.APPROVED
    assert reader.open("/appeals/lake/en/").status == 404

    edda.open(page(translation)).press("Publish now")
    assert "To the sea." in reader.open("/appeals/lake/en/").text
    assert reader.open("/appeals/lake/en+ru/").status == 200
    assert (broken(appeal), broken(translation)) == ([], [])


def test_two_colleagues_at_one_form_lose_nothing():
    wanda, edda = arrive("wanda"), arrive("edda")
    post = write(wanda, "Salt in the wells", FIRST)

    wanda.open(page(post))
    edda.open(page(post)).press("Save", body=MENDED)
    wanda.press("Save", body="<p>Hers.</p>")

    assert Post.objects.get().body == MENDED
    assert "Nothing was saved: somebody else was faster Edda saved this" in wanda.text
    assert "Hers." in wanda.text
    wanda.press("Save", body="<p>Both.</p>")
    assert Post.objects.get().body == "<p>Both.</p>"


def test_a_moderator_rejects_and_thinks_again(reader):
    wanda, edda, mato = arrive("wanda"), arrive("edda"), arrive("mato")
    post = write(wanda, "Salt in the wells", FIRST)
    wanda.open(page(post)).press("Submit for review")
    edda.open(page(post)).press("Approve and publish now")
    here = PostEdition.objects.get().get_absolute_url()
    reader.open(here).press("See it, then send it", text="You lie.").press("Send")
    comment = Comment.objects.get()

    mato.open("/admin/blog/comment/queue/")
    reason = {f"move-{comment.key}": "reject", f"reason-{comment.key}": "Rude."}
    mato.press("Decide as chosen", **reason)
    assert Comment.objects.get().state == "rejected"
    assert "You lie." not in reader.open(here).text
    mato.open(f"/admin/blog/comment/{comment.pk}/change/").press("Approve")

    assert "You lie." in reader.open(here).text
    assert [name for _who, name in decisions(comment)] == ["reject", "approve"]
    assert list(verify()) == []
