"""Every button of the desk: who sees it, who may press it, and what it does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from editorial.editing import editing
from editorial.models import Approval, Decision, Note
from editorial.moving import move
from editorial.sealing import publish
from editorial.states import State
from editorial.verifying import verify
from tests.cast import approve, join, translate, write_appeal, write_post
from tests.desk import fields, listing, page, press, sit

pytestmark = pytest.mark.django_db

ROLES = {"wanda", "tariq", "rosa", "edda", "mato"}
WORDS = {"reason": "Who says so?", "why": "", "public_note": "At their request."}


def draft():
    return write_post(by=join("wanda"), slug="salt")


def in_review():
    post = draft()
    move(post, "submit", by=join("wanda"))
    return post


def sent_back():
    post = in_review()
    move(post, "request_changes", by=join("rosa"), reason="Who says so?")
    return post


def approved():
    return approve(draft(), submitted_by=join("wanda"))


def planned():
    post = in_review()
    Post.objects.filter(pk=post.pk).update(planned_for=timezone.now() + timedelta(days=3))
    post.refresh_from_db()
    return post


def published():
    post = approved()
    publish(post, by=join("edda"))
    return post


def scheduled():
    post = approved()
    publish(post, by=join("edda"), at=timezone.now() + timedelta(days=2))
    return post


def updated():
    """Published, changed and in review again."""
    post = published()
    with editing(post, by=join("wanda")):
        post.title = "Salt again"
        post.save()
    move(post, "submit", by=join("wanda"))
    return post


#: From where, which button: who may press it. Everybody else must not; nobody from elsewhere.
TABLE = {
    (draft, "submit"): {"wanda", "edda"},
    (sent_back, "submit"): {"wanda", "edda"},
    (in_review, "approve"): {"rosa", "edda"},
    (in_review, "approve_publish"): {"edda"},
    (planned, "approve_planned"): {"edda"},
    (in_review, "request_changes"): {"rosa", "edda"},
    (in_review, "recall"): {"wanda", "edda"},
    (approved, "publish"): {"edda"},
    (approved, "schedule"): {"edda"},
    (approved, "reopen"): {"wanda", "edda"},
    (scheduled, "cancel_schedule"): {"edda"},
    (published, "withdraw"): {"edda"},
    (updated, "approve_publish"): {"edda"},
}
STARTS = (draft, in_review, sent_back, approved, planned, published, scheduled, updated)
ALSO = {  # what a state offers beside what stands first in the table
    planned: {"approve", "approve_publish", "request_changes", "recall"},
    published: {"reopen"},
    scheduled: {"publish", "schedule", "reopen"},
    updated: {"approve", "request_changes", "recall", "withdraw"},
}


def words(act):
    when = timezone.localtime() + timedelta(days=5)
    return {"at": when.strftime("%Y-%m-%dT%H:%M"), "kind": "correction"} | WORDS


def offered(client, post):
    answer = client.get(page(post))
    if answer.status_code == 403:  # a moderator opens no working copy
        return set()
    return {offer.act.name for offer in answer.context["standing"].offers}


@pytest.mark.parametrize("who", sorted(ROLES))
@pytest.mark.parametrize(("start", "act"), TABLE, ids=lambda v: getattr(v, "__name__", v))
def test_a_button_is_for_those_who_may(start, act, who):
    post = start()
    client = sit(who)
    may = who in TABLE[start, act]
    before = Decision.objects.count(), post.editions.count()
    assert (act in offered(client, post)) == may
    answer = press(client, post, act, **words(act))
    assert answer.status_code == (200 if may else 403)
    after = Decision.objects.count(), post.editions.count()
    assert (before != after) == may
    assert list(verify()) == []


@pytest.mark.parametrize("start", STARTS, ids=lambda v: v.__name__)
def test_nothing_is_offered_or_done_from_elsewhere(start):
    post = start()
    edda = sit("edda")
    here = {act for begin, act in TABLE if begin is start} | ALSO.get(start, set())
    assert offered(edda, post) == here
    acts = {act for _start, act in TABLE} - here
    before = Decision.objects.count(), post.editions.count()
    for act in sorted(acts):
        answer = press(edda, post, act, **words(act))
        assert answer.status_code == 409, act
        assert 'role="alert"' in answer.content.decode()
    assert (Decision.objects.count(), post.editions.count()) == before


def test_whoever_worked_on_it_reads_why_somebody_else_approves():
    post = write_post(by=join("edda"))
    move(post, "submit", by=join("edda"))
    edda = sit("edda")
    text = edda.get(page(post)).content.decode()
    assert "somebody else approves it" in text
    assert not {"approve", "approve_publish"} & offered(edda, post)
    for act in ("approve", "approve_publish"):
        answer = press(edda, post, act)
        assert answer.status_code == 403
        assert "somebody else approves it" in answer.content.decode()
    assert not Approval.objects.exists()


def test_approving_and_publishing_is_all_or_nothing():
    write = published()
    post = write_post(by=join("wanda"), slug=write.slug)  # its address is taken
    move(post, "submit", by=join("wanda"))
    answer = press(sit("edda"), post, "approve_publish")
    post.refresh_from_db()
    assert answer.status_code == 409
    assert "belongs to something else" in answer.content.decode()
    assert post.state == State.IN_REVIEW


def test_the_planned_moment_is_on_the_button_and_in_the_edition():
    post = planned()
    Post.objects.filter(pk=post.pk).update(
        planned_for=timezone.datetime(2099, 3, 5, 9, tzinfo=timezone.get_current_timezone())
    )
    edda = sit("edda")
    assert "Approve for 5 March 2099, 09:00" in edda.get(page(post)).content.decode()
    press(edda, post, "approve_planned")
    assert post.editions.get().live_from.isoformat() == "2099-03-05T09:00:00+00:00"


def test_a_reason_is_asked_for_and_what_was_typed_is_kept():
    post = in_review()
    rosa = sit("rosa")
    answer = press(rosa, post, "request_changes", reason=" ")
    assert answer.status_code == 409
    assert "Please give a reason" in answer.content.decode()
    seen = post.revision
    with editing(post, by=join("wanda")):
        post.title = "Other words"
        post.save()
    answer = rosa.post(
        page(post, "move"),
        {"act": "request_changes", "revision": seen, "reason": "Say who counted."},
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "changed after you opened it" in text
    assert "Say who counted." in text
    again = fields(answer, page(post, "move"))
    assert str(post.revision) in again["revision"]


def test_what_was_typed_for_a_move_that_is_gone_is_kept():
    post = in_review()
    seen = post.revision
    move(post, "approve", by=join("edda"))
    answer = sit("rosa").post(
        page(post, "move"),
        {"act": "request_changes", "revision": seen, "reason": "Say who counted."},
    )
    text = answer.content.decode()
    assert "Edda was faster" in text
    assert "Say who counted." in text


def test_a_schedule_lies_ahead_and_its_form_says_what_is_missing():
    post = approved()
    edda = sit("edda")
    assert press(edda, post, "schedule", at="2001-01-01T09:00").status_code == 409
    assert press(edda, post, "schedule", at="tomorrow").status_code == 400
    assert press(edda, post, "schedule").status_code == 400
    assert not post.editions.exists()


def test_an_update_is_typed_and_may_have_an_end():
    post = updated()
    until = timezone.localtime() + timedelta(days=9)
    press(
        sit("edda"),
        post,
        "approve_publish",
        kind="correction",
        note="The date was wrong.",
        until=until.strftime("%Y-%m-%dT%H:%M"),
    )
    edition = post.editions.get(number=2)
    assert (edition.kind, edition.note) == ("correction", "The date was wrong.")
    assert edition.live_until is not None
    assert list(verify()) == []


def test_withdrawing_asks_for_a_public_note():
    post = published()
    edda = sit("edda")
    assert press(edda, post, "withdraw", public_note=" ").status_code == 409
    press(edda, post, "withdraw", public_note="At their request.")
    assert post.editions.get(number=2).data["note"] == "At their request."


def test_what_changed_behind_the_approval_is_said_and_not_offered():
    post = approved()
    Post.objects.filter(pk=post.pk).update(title="Another")
    edda = sit("edda")
    assert "no longer what was approved" in edda.get(page(post)).content.decode()
    assert offered(edda, post) == {"reopen"}


@pytest.mark.parametrize("verb", ["move", "note"])
def test_a_verb_is_posted_by_those_who_may_look(verb):
    post = in_review()
    assert sit("wanda").get(page(post, verb)).status_code == 405
    mato = sit("mato")
    mato.logout()
    assert mato.post(page(post, verb)).status_code == 302
    appeal = write_appeal()
    assert sit("mato").post(page(appeal, verb), {"act": "submit"}).status_code == 403


def test_moves_ask_for_the_token_of_the_form():
    client = Client(enforce_csrf_checks=True)
    client.force_login(join("wanda"))
    post = draft()
    assert client.post(page(post, "move"), {"act": "submit", "revision": 1}).status_code == 403
    post.refresh_from_db()
    assert post.state == State.DRAFT


def test_notes_are_added_at_a_place_and_resolved():
    post = draft()
    rosa = sit("rosa")
    rosa.post(page(post, "note"), {"place": "title", "text": "Too long?"})
    note = Note.objects.get()
    assert (note.place, note.author_name) == ("title", "Rosa")
    answer = sit("wanda").get(page(post)).content.decode()
    assert "Too long?" in answer
    url = reverse("admin:blog_post_resolve", args=[post.pk, note.pk])
    sit("mato").post(url)
    note.refresh_from_db()
    assert note.resolved_at is None
    sit("wanda").post(url)
    note.refresh_from_db()
    assert note.resolved_by_name == "Wanda"
    assert "Too long?" not in rosa.get(page(post)).content.decode()


def test_an_empty_note_is_not_kept():
    post = draft()
    answer = sit("rosa").post(page(post, "note"), {"text": "  "}, follow=True)
    assert "empty" in answer.content.decode()
    assert not Note.objects.exists()


def test_the_list_approves_each_by_itself_and_names_every_refusal():
    good, own, still = in_review(), write_post(by=join("edda"), title="Own"), draft()
    move(own, "submit", by=join("edda"))
    edda = sit("edda")
    answer = edda.post(
        listing(Post),
        {f"seen-{item.pk}": item.revision for item in (good, own, still)}
        | {"action": "approve_selected", "_selected_action": [good.pk, own.pk, still.pk]},
        follow=True,
    )
    said = [str(message) for message in answer.context["messages"]]
    good.refresh_from_db(), own.refresh_from_db()
    assert (good.state, own.state) == (State.APPROVED, State.IN_REVIEW)
    assert sum("“Own”" in line for line in said) == 1
    assert "1: approved, not published." in said
    assert len(said) == 3


def test_what_left_the_filter_meanwhile_is_named_and_not_passed_over():
    post = in_review()
    move(post, "recall", by=join("wanda"))
    answer = sit("rosa").post(
        listing(Post) + "?state__exact=in_review",
        {"action": "approve_selected", "_selected_action": [post.pk]},
        follow=True,
    )
    [said] = [str(message) for message in answer.context["messages"]]
    assert "Wanda was faster" in said


def test_the_list_approves_nothing_that_was_not_in_it():
    post = in_review()
    ticked = {"action": "approve_selected", "_selected_action": [post.pk]}
    for sent in ({}, {f"seen-{post.pk}": ""}, {f"seen-{post.pk}": "x"}):
        answer = sit("rosa").post(listing(Post), ticked | sent, follow=True)
        [said] = [str(message) for message in answer.context["messages"]]
        assert "Look at it again before you decide" in said
    post.refresh_from_db()
    assert post.state == State.IN_REVIEW


def test_the_list_approves_only_what_was_seen():
    post = in_review()
    seen = {f"seen-{post.pk}": post.revision}
    with editing(post, by=join("wanda")):
        post.title = "Other words"
        post.save()
    sit("rosa").post(
        listing(Post), seen | {"action": "approve_selected", "_selected_action": [post.pk]}
    )
    post.refresh_from_db()
    assert post.state == State.IN_REVIEW


@pytest.mark.parametrize(
    ("who", "actions"),
    [
        ("wanda", {"submit_selected"}),
        ("rosa", {"approve_selected"}),
        ("edda", {"submit_selected", "approve_selected"}),
    ],
)
def test_the_list_offers_the_moves_of_a_role(who, actions):
    draft()
    form = sit(who).get(listing(Post)).context["action_form"]
    names = {name for name, _label in form.fields["action"].choices if name} if form else set()
    assert names == actions


def test_a_translation_is_held_to_its_appeal():
    translation = translate(write_appeal(slug="lake"), by=join("tariq"))
    approve(translation, submitted_by=join("tariq"))
    answer = press(sit("edda"), translation, "publish")
    assert answer.status_code == 409
    assert "Publish the appeal first" in answer.content.decode()
