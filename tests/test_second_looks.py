"""A second moderator looks at a sample of decisions, and at everything that is erased."""

import pytest
from django.db import IntegrityError, transaction

from blog.comments.deciding import Choice, decide_each
from blog.comments.receipts import correct, erase
from blog.comments.second_looks import ERASURES, is_sampled, look
from blog.guarding.removing import remove_exposed
from blog.models import Comment, SecondLook
from editorial.models import Decision
from editorial.states import CannotNow, MayNot
from tests.cast import join
from tests.people import arrive
from tests.racing import race, refusals
from tests.readers import page, publish_post, said

pytestmark = pytest.mark.django_db
PAGE = "/admin/blog/comment/second-look/"


@pytest.fixture
def edition():
    return publish_post()


@pytest.fixture
def all_looked_at(settings):
    settings.COMMENTS_SECOND_LOOK_PERCENT = 100


@pytest.fixture
def approved(edition, all_looked_at):
    """Return a comment that Mato approved."""
    comment = said(edition, "They did.", state="held")
    decide_each([Choice(comment, "approve", "held")], by=join("mato"))
    return comment


def edith():
    join("edith", "Moderators")
    return arrive("edith")


def test_somebody_else_agrees(edition, approved):
    assert "No decision waits" in arrive("mato").open(PAGE).text
    browser = edith().open("/admin/")
    browser.follow("1 decision waits for a second look")
    assert "They did." in browser.text
    assert "Mato" not in browser.text
    browser.follow("Anonymous")
    assert "approved, a colleague" in browser.text
    assert "Mato" not in browser.text
    browser.open(PAGE)
    for nonsense in ("x", "9" * 30, "²"):
        sent = {"csrfmiddlewaretoken": browser.client.cookies["csrftoken"].value}
        answer = browser.client.post(PAGE, sent | {f"verdict-{nonsense}": "agreed"})
        assert answer.status_code == 400
    waiting = SecondLook.objects.get()
    browser.press("Send", **{f"verdict-{waiting.pk}": "agreed"})
    assert "1 second look taken." in browser.text
    assert "They did." in page(edition)
    browser.open(f"/admin/blog/comment/{approved.pk}/change/")
    assert "approved, Mato" in browser.text
    names = Decision.objects.about(approved).values_list("name", "by_name")
    assert list(names) == [("approve", "Mato"), ("agree", "Edith")]


def test_who_disagrees_says_why_and_puts_it_back(edition, approved):
    browser = edith().open(PAGE)
    waiting = SecondLook.objects.get()
    browser.press("Send", **{f"verdict-{waiting.pk}": "disagreed"})
    assert "Please say why" in browser.text
    assert "They did." in page(edition)
    sent = {f"verdict-{waiting.pk}": "disagreed", f"note-{waiting.pk}": "Names a child"}
    browser.press("Send", **sent)
    assert "They did." not in page(edition)
    approved.refresh_from_db()
    assert approved.state == "held"
    told = Decision.objects.about(approved).values_list("name", "reason", "by_name")
    assert list(told)[1:] == [
        ("disagree", "Names a child", "Edith"),
        ("hold", "Names a child", "Edith"),
    ]
    words = browser.open(f"/admin/blog/comment/{approved.pk}/change/").text
    assert "second look: disagreed" in words
    assert SecondLook.objects.filter(verdict="").count() == 0


def test_nobody_looks_twice(approved):
    waiting = SecondLook.objects.get()
    with pytest.raises(MayNot):
        look(waiting, "agreed", by=join("mato"))
    with pytest.raises(MayNot):
        look(waiting, "agreed", by=join("edda"))
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondLook.objects.update(looked_by=join("mato"))


def test_what_was_decided_again_or_corrected_waits_no_more(edition, all_looked_at):
    one, two = (said(edition, text, state="held") for text in ("one", "two"))
    mato = join("mato")
    decide_each([Choice(c, "approve", "held") for c in (one, two)], by=mato)
    decide_each([Choice(one, "hold", "approved")], by=mato)
    correct(two, name="", text="Two", language="")
    assert list(SecondLook.objects.values_list("verdict", flat=True)) == ["overtaken"] * 2


def test_everything_erased_is_looked_at(edition, settings):
    comment = said(edition, "They did.")
    erase(comment)
    browser = edith().open(PAGE)
    assert "Its words are gone." in browser.text
    waiting = SecondLook.objects.get()
    sent = {f"verdict-{waiting.pk}": "disagreed", f"note-{waiting.pk}": "Was\0 quoted below"}
    browser.press("Send", **sent)
    comment.refresh_from_db()
    assert comment.state == "withdrawn"
    assert Decision.objects.about(comment).last().reason == "Was quoted below"


def test_what_a_moderator_removed_is_looked_at_whatever_follows(edition):
    comment = said(edition, "Call her: +7 912 345 67 89", state="held")
    remove_exposed(comment, by=join("mato"))
    decide_each([Choice(comment, "approve", "held")], by=join("mato"))
    [waiting] = SecondLook.objects.open_to(join("edith", "Moderators"))
    assert waiting.decision.name in ERASURES
    assert not SecondLook.objects.open_to(join("mato")).exists()


def test_the_sample_follows_from_the_key(settings):
    settings.COMMENTS_SECOND_LOOK_PERCENT = 10
    comments = [Comment(key=f"k{n}") for n in range(2000)]
    sampled = [comment.key for comment in comments if is_sampled(comment)]
    assert 150 < len(sampled) < 250
    assert sampled == [comment.key for comment in comments if is_sampled(comment)]
    settings.COMMENTS_SECOND_LOOK_PERCENT = 0
    assert not any(map(is_sampled, comments))


@pytest.mark.django_db(transaction=True)
def test_of_two_second_looks_at_once_one_is_taken(approved):
    waiting = SecondLook.objects.select_related("comment", "decision").get()
    crew = [join(name, "Moderators") for name in ("edith", "maren")]
    came_to = race(
        lambda: look(waiting, "agreed", by=crew[0]),
        lambda: look(SecondLook.objects.get(), "disagreed", by=crew[1], note="No"),
    )
    [refusal] = refusals(came_to)
    assert isinstance(refusal, CannotNow)
    assert Decision.objects.filter(name__in=["agree", "disagree"]).count() == 1
