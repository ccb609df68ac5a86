"""Publishing seals an edition; nothing changes it afterwards."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from appeals.models import TranslationEdition
from blog.models import PostEdition
from editorial.editing import Stale, editing
from editorial.models import Approval, Decision
from editorial.moving import move
from editorial.redacting import MARK, redact
from editorial.sealing import cancel_schedule, publish, withdraw
from editorial.states import CannotNow, MayNot, NeedsReason, State
from editorial.verifying import verify
from tests.cast import approve, join, translate, write_appeal, write_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def edda():
    return join("edda")


@pytest.fixture
def wanda():
    return join("wanda")


def sealed(edda, **fields):
    return publish(approve(write_post(by=join("wanda"), slug="salt", **fields)), by=edda)


def change(post, title, by):
    with editing(post, by=by):
        post.title = title
        post.save()


def test_a_published_post_is_live_and_verifies(edda):
    edition = sealed(edda)
    assert list(PostEdition.objects.live()) == [edition]
    assert edition.kind == "first"
    assert edition.data["second_reader"] == "yes"
    assert list(verify()) == []


def test_nobody_approves_what_they_wrote(edda):
    post = write_post(by=edda)
    move(post, "submit", by=edda)
    with pytest.raises(MayNot):
        move(post, "approve", by=edda)
    post.refresh_from_db()
    assert post.state == State.IN_REVIEW
    assert Approval.objects.count() == 0


def test_the_database_refuses_an_approval_by_a_contributor(edda):
    post = write_post()
    with pytest.raises(DatabaseError, match="four_eyes"), transaction.atomic():
        Approval.objects.create(
            item=post,
            revision=1,
            approver=edda,
            approver_name="E",
            contributors=f",9{edda.pk},{edda.pk},",
        )
    Approval.objects.create(
        item=post, revision=1, approver=edda, approver_name="E", contributors=f",9{edda.pk},"
    )


def test_a_newsroom_of_one_says_so_in_public(edda, settings):
    settings.EDITORIAL_FOUR_EYES = False
    post = write_post(by=edda, slug="alone")
    edition = publish(approve(post, by=edda), by=edda)
    assert edition.data["second_reader"] == "no"


def test_sending_back_needs_a_reason(wanda):
    post = write_post(by=wanda)
    move(post, "submit", by=wanda)
    with pytest.raises(NeedsReason):
        move(post, "request_changes", by=join("rosa"), reason="  ")
    move(post, "request_changes", by=join("rosa"), reason="Who says so?")
    assert Decision.objects.about(post).latest("pk").reason == "Who says so?"


def test_a_changed_text_voids_its_approval(edda, wanda):
    post = approve(write_post(by=wanda))
    change(post, "Salt in the wells again", wanda)
    assert post.state == State.DRAFT
    with pytest.raises(CannotNow):
        publish(post, by=edda)


def test_a_save_that_changes_nothing_resets_nothing(wanda):
    post = approve(write_post(by=wanda))
    revision = post.revision
    with editing(post, by=wanda):
        post.save()
    assert (post.state, post.revision) == (State.APPROVED, revision)


def test_what_changed_behind_the_approval_is_not_published(edda, wanda):
    post = approve(write_post(by=wanda))
    type(post).objects.filter(pk=post.pk).update(title="Another title")
    with pytest.raises(CannotNow, match="no longer what was approved"):
        publish(post, by=edda)


def test_an_approval_of_what_somebody_has_changed_meanwhile_is_refused(wanda):
    post = write_post(by=wanda)
    move(post, "submit", by=wanda)
    seen = post.revision
    change(post, "Other words", wanda)
    with pytest.raises(CannotNow, match="changed after you opened it"):
        move(post, "approve", by=join("rosa"), revision=seen)


def test_a_stale_form_is_refused(wanda):
    post = write_post(by=wanda)
    seen = post.revision
    change(post, "Other words", wanda)
    with pytest.raises(Stale), editing(post, by=wanda, revision=seen):
        pass


def test_publishing_the_same_again_is_refused(edda):
    edition = sealed(edda)
    with pytest.raises(CannotNow, match="already says"):
        publish(edition.item, by=edda)


def test_a_schedule_is_not_live_until_its_time_and_can_be_cancelled(edda, wanda):
    first = sealed(edda)
    post = first.item
    change(post, "Second thoughts", wanda)
    approve(post)
    tomorrow = timezone.now() + timedelta(days=1)
    second = publish(post, by=edda, at=tomorrow)
    assert list(PostEdition.objects.live()) == [first]
    assert list(PostEdition.objects.live(tomorrow)) == [second]
    cancel_schedule(post, by=edda)
    assert list(PostEdition.objects.live(tomorrow)) == [first]
    assert list(PostEdition.objects.was_live(tomorrow)) == [first]
    assert list(verify()) == []


def test_publishing_now_cancels_what_was_scheduled(edda, wanda):
    post = approve(write_post(by=wanda, slug="salt"))
    tomorrow = timezone.now() + timedelta(days=1)
    scheduled = publish(post, by=edda, at=tomorrow)
    change(post, "Second thoughts", wanda)
    now = publish(approve(post), by=edda)
    assert now.kind == "first"
    assert now.published_at < tomorrow
    assert list(PostEdition.objects.live(tomorrow)) == [now]
    scheduled.refresh_from_db()
    assert scheduled.is_cancelled
    assert list(verify()) == []


def test_what_was_scheduled_can_be_brought_forward_or_published_after_its_cancellation(edda):
    post = approve(write_post(slug="salt"))
    publish(post, by=edda, at=timezone.now() + timedelta(days=1))
    publish(post, by=edda, at=timezone.now() + timedelta(hours=1))
    cancel_schedule(post, by=edda)
    now = publish(post, by=edda)
    assert [edition.is_cancelled for edition in post.editions.all()] == [True, True, False]
    assert list(PostEdition.objects.live()) == [now]
    assert list(verify()) == []


def test_a_later_schedule_keeps_what_is_live_up_to_it(edda, wanda):
    first = sealed(edda)
    post = first.item
    days = [timezone.now() + timedelta(days=n) for n in (1, 2, 3)]
    for title, day in (("Two", days[0]), ("Three", days[1])):
        change(post, title, wanda)
        publish(approve(post), by=edda, at=day)
    assert [PostEdition.objects.live(day).get().title for day in days] == [
        first.title,
        "Three",
        "Three",
    ]


def test_an_expired_edition_is_not_live(edda):
    until = timezone.now() + timedelta(days=1)
    edition = publish(approve(write_post(slug="salt")), by=edda, until=until)
    assert edition in PostEdition.objects.live()
    assert not PostEdition.objects.live(until).exists()


def test_a_withdrawal_keeps_a_note_and_no_text(edda):
    edition = sealed(edda)
    gone = withdraw(edition.item, by=edda, note="At the authors' request.")
    assert not PostEdition.objects.live().exists()
    assert gone.data == {
        "title": edition.title,
        "slug": "salt",
        "language": "en",
        "note": "At the authors' request.",
    }
    again = publish(edition.item, by=edda)
    assert again.published_at == edition.published_at
    assert list(verify()) == []


def test_an_address_once_public_belongs_to_its_item(edda):
    sealed(edda)
    with pytest.raises(CannotNow, match="belongs to something else"):
        publish(approve(write_post(slug="salt")), by=edda)


def test_decisions_outlive_the_people_who_made_them(edda):
    edition = sealed(edda)
    edda.delete()
    decision = Decision.objects.about(edition.item).get(name="publish")
    assert (decision.by, decision.by_name) == (None, "Edda")
    edition.refresh_from_db()
    assert (edition.published_by, edition.published_by_name) == (None, "Edda")
    assert list(verify()) == []


def test_a_redacted_name_is_gone_and_everything_verifies(edda):
    edition = sealed(edda, body="<p>Said Ana Petrel, quietly.</p>", summary="ana petrel speaks")
    before = edition.digest
    row = redact(["Ana Petrel"], by=edda, ground="At her request")
    edition = PostEdition.objects.get()
    assert row.places > 2
    assert "etrel" not in json.dumps([edition.content, edition.summary, edition.salts]).lower()
    assert MARK in edition.data["body"]
    assert edition.digest == before
    assert list(verify()) == []
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        PostEdition.objects.update(content="{}")


def test_a_withdrawn_appeal_takes_its_translations_along(edda):
    appeal = write_appeal(slug="lake")
    publish(approve(appeal), by=edda)
    translation = translate(appeal)
    publish(approve(translation), by=edda)
    assert TranslationEdition.objects.live().count() == 1
    withdraw(appeal, by=edda, note="It puts people at risk.")
    assert not TranslationEdition.objects.live().exists()
    publish(appeal, by=edda)
    assert not TranslationEdition.objects.live().exists()
    publish(translation, by=edda)
    assert TranslationEdition.objects.live().count() == 1


def test_a_translation_is_public_only_while_its_appeal_is(edda):
    appeal = write_appeal(slug="lake")
    until = timezone.now() + timedelta(days=1)
    translation = translate(appeal)
    with pytest.raises(CannotNow, match="Publish the appeal first"):
        publish(approve(translation), by=edda)
    publish(approve(appeal), by=edda, until=until)
    publish(translation, by=edda)
    assert TranslationEdition.objects.live().count() == 1
    assert TranslationEdition.objects.live(until).count() == 0


def test_a_translation_is_approved_only_when_every_passage_is(edda):
    translation = translate(write_appeal())
    move(translation, "submit", by=edda)
    with pytest.raises(CannotNow, match="2 passages"):
        move(translation, "approve", by=join("rosa"))


def test_a_corrected_original_makes_its_rendering_stale_until_it_is_reverted(edda):
    appeal = write_appeal()
    translation = approve(translate(appeal))
    passage = appeal.passages.first()
    said = passage.text
    for text, stale in (("Иначе.", 1), (said, 0)):
        with editing(appeal, by=edda):
            passage.text = text
            passage.save()
        assert translation.renderings.stale().count() == stale


def test_a_withdrawal_does_not_make_work_pass_for_read(edda):
    edition = sealed(edda)
    post = edition.item
    change(post, "Edda's own words", by=edda)
    withdraw(post, by=edda, note="It was wrong.")
    move(post, "submit", by=edda)
    with pytest.raises(MayNot):
        move(post, "approve", by=edda)
    move(post, "approve", by=join("rosa"))
    assert publish(post, by=edda).approved_by == join("rosa")
