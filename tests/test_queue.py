"""The moderators' queue: sheets, undone in time, shared by nobody, of any length."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.utils import timezone

from blog.comments import undoing
from blog.comments.moderating import GRACE
from blog.comments.modes import is_known
from blog.comments.queueing import CLAIM, SIZE, Asked, take_sheet
from blog.comments.receipts import export, hand_out
from blog.comments.undoing import put_back
from blog.models import Comment, Sheet
from editorial.models import Decision
from editorial.moving import move
from tests.cast import join
from tests.desk import sit
from tests.people import Browser, arrive
from tests.racing import race
from tests.readers import page, publish_post, said
from tests.worlds.clock import at

pytestmark = pytest.mark.django_db
QUEUE = "/admin/blog/comment/queue/"


@pytest.fixture
def edition():
    return publish_post()


@pytest.fixture
def time_to_undo(settings):
    settings.COMMENTS_UNDO_SECONDS = 30


def waiting(edition, number, **fields):
    """Return comments that wait, the oldest first."""
    since = timezone.now() - timedelta(hours=1)
    return [
        said(edition, f"no {n}", state="held", waiting_since=since + timedelta(seconds=n), **fields)
        for n in range(number)
    ]


def states(comments):
    there = dict(Comment.objects.values_list("pk", "state"))
    return [there[comment.pk] for comment in comments]


def keys(browser):
    """Return the keys of the comments on a sheet."""
    return [row.get("id") for row in browser.page.iter("fieldset")]


def choose(*pairs, **more):
    return {f"move-{comment.key}": name for comment, name in pairs} | more


def later(seconds):
    return at(timezone.now() + timedelta(seconds=seconds))


# --- undo ------------------------------------------------------------------------------------


def test_a_sheet_is_undone_before_any_reader_saw_it(edition, time_to_undo):
    yes, no, junk, aside = comments = waiting(edition, 4)
    mato = arrive("mato").open(QUEUE)
    chosen = choose((yes, "approve"), (no, "reject"), (junk, "mark_spam"), (aside, "hold"))
    mato.press("Decide as chosen", **chosen | {f"ground-{no.key}": "insult"})
    assert "1 approved, 1 rejected, 1 marked as spam, 1 held" in mato.text
    assert "4 decisions are not seen by readers yet." in mato.text
    assert states(comments) == ["approved", "rejected", "spam", "held"]
    assert "no 0" not in page(edition)
    yes.refresh_from_db()
    assert yes.state_in_force == "held"

    mato.press("Undo")
    assert "4 comments are as they were." in mato.text
    assert "Undo" not in mato.buttons()
    assert states(comments) == ["held"] * 4
    assert keys(mato) == [comment.key for comment in comments]
    record = Decision.objects.about(no).values_list("name", "from_state", "to_state", "by_name")
    assert list(record) == [
        ("reject", "held", "rejected", "Mato"),
        ("undo", "rejected", "held", "Mato"),
    ]
    with later(60):
        assert "no 0" not in page(edition)


def test_the_writer_hears_of_no_decision_that_can_be_undone(edition, time_to_undo):
    [one] = waiting(edition, 1)
    receipt = Browser().open(f"/comments/receipt/{hand_out(one)}/")
    mato = arrive("mato").open(QUEUE)
    mato.press(
        "Decide as chosen", **choose((one, "reject")) | {f"reason-{one.key}": "Names a child"}
    )
    assert "With the moderators" in receipt.open(receipt.address).text
    one.refresh_from_db()
    assert export(one)["decisions"] == []
    mato.press("Undo")
    with later(60):
        assert "With the moderators" in receipt.open(receipt.address).text
        assert export(one)["decisions"] == []
        mato.open(QUEUE).press(
            "Decide as chosen", **choose((one, "reject")) | {f"ground-{one.key}": "private"}
        )
    with later(120):
        told = receipt.open(receipt.address).text
    assert "Reveals personal data" in told
    assert "Mato" not in told


def test_an_approval_that_can_be_undone_earns_no_trust(edition, time_to_undo):
    comment = said(edition, "one", state="held", source="a mark")
    move(comment, "approve", by=join("mato"))
    assert not is_known("a mark")
    Comment.objects.update(in_force_from=timezone.now())
    assert is_known("a mark")


def test_what_is_not_undone_is_public_by_itself(edition, time_to_undo):
    [yes] = waiting(edition, 1)
    mato = arrive("mato").open(QUEUE)
    mato.press("Decide as chosen", **choose((yes, "approve")))
    sheet = Sheet.objects.get()
    with later(30 - 1):
        assert "no 0" not in page(edition)
    with later(30 + GRACE.seconds + 1):
        assert "no 0" in page(edition)
        mato.open(QUEUE)
        assert "Undo" not in mato.buttons()
        late = mato.client.post("/admin/blog/comment/undo/", csrf(mato) | {"sheet": sheet.pk})
        assert late.status_code == 302
        assert "It is too late to undo this" in mato.open(QUEUE).text
    assert states([yes]) == ["approved"]


def test_an_undo_that_takes_too_long_undoes_nothing(edition, time_to_undo, monkeypatch):
    yes, no = waiting(edition, 2)
    mato = arrive("mato").open(QUEUE)
    mato.press("Decide as chosen", **choose((yes, "approve"), (no, "mark_spam")))
    with ExitStack() as meanwhile:

        def slowly(*args):
            put_back(*args)
            meanwhile.enter_context(later(30 + GRACE.seconds))

        monkeypatch.setattr(undoing, "put_back", slowly)
        mato.press("Undo")
        assert "It is too late to undo this" in mato.text
        assert "no 0" in page(edition)
    assert states([yes, no]) == ["approved", "spam"]
    assert not Decision.objects.filter(name="undo").exists()


def csrf(browser):
    return {"csrfmiddlewaretoken": browser.client.cookies["csrftoken"].value}


def test_undo_leaves_what_a_colleague_decided_since(edition, time_to_undo):
    mine, theirs = waiting(edition, 2)
    mato = arrive("mato").open(QUEUE)
    mato.press("Decide as chosen", **choose((mine, "approve"), (theirs, "approve")))
    move(theirs, "reject", by=join("edith", "Moderators"), reason="Names a child")

    mato.press("Undo")
    assert "1 comment is as it was." in mato.text
    assert "1 stays: somebody decided since." in mato.text
    assert states([mine, theirs]) == ["held", "rejected"]


def test_a_sheet_is_undone_by_who_sent_it_and_once(edition, time_to_undo):
    [one] = waiting(edition, 1)
    mato, edith = arrive("mato").open(QUEUE), sit_down("edith")
    mato.press("Decide as chosen", **choose((one, "approve")))
    sheet = {"sheet": Sheet.objects.get().pk}
    edith.client.post("/admin/blog/comment/undo/", csrf(edith) | sheet)
    assert "There is nothing to undo." in edith.open(QUEUE).text
    assert states([one]) == ["approved"]
    mato.press("Undo")
    mato.client.post("/admin/blog/comment/undo/", csrf(mato) | sheet)
    assert Decision.objects.filter(name="undo").count() == 1


def test_what_was_public_goes_at_once_and_undo_brings_it_back(edition, time_to_undo):
    comment = said(edition, "They did.")
    mato = arrive("mato").open(f"/admin/blog/comment/{comment.pk}/change/")
    mato.press("Mark as spam")
    assert "They did." not in page(edition)
    mato.press("Undo")
    assert "They did." in page(edition)


def test_undo_puts_the_reason_back_and_the_moment_from_which_it_holds(edition, time_to_undo):
    comment = said(edition, "They did.", state="held")
    mato = arrive("mato").open(f"/admin/blog/comment/{comment.pk}/change/")
    mato.press("Reject", ground="insult")
    with later(60):
        mato.press("Approve").press("Undo")
        comment.refresh_from_db()
        assert (comment.state, comment.ground) == ("rejected", "insult")
        mato.open(f"/admin/blog/comment/{comment.pk}/change/").press("Approve")
        assert "They did." not in page(edition)
    with later(70):
        mato.press("Reject", ground="threat").press("Undo")
        assert states([comment]) == ["approved"]
        assert "They did." not in page(edition)  # the approval can still be undone
    with later(60 + 30 + GRACE.seconds + 1):
        assert "They did." in page(edition)


# --- sheets ----------------------------------------------------------------------------------


def sit_down(username):
    join(username, "Moderators")
    return arrive(username).open(QUEUE)


def test_moderators_get_sheets_that_share_nothing(edition):
    waiting(edition, SIZE * 2 + 3)
    mato, edith, maren = (sit_down(name) for name in ("mato", "edith", "maren"))
    sheets = [set(keys(browser)) for browser in (mato, edith, maren)]
    assert [len(sheet) for sheet in sheets] == [SIZE, SIZE, 3]
    assert len(set.union(*sheets)) == SIZE * 2 + 3
    assert "50 are on colleagues’ sheets." in maren.text
    assert set(keys(mato.open(QUEUE))) == sheets[0]

    fourth = sit_down("milan")
    assert keys(fourth) == []
    assert "All that wait are on colleagues’ sheets." in fourth.text
    assert len(keys(fourth.follow("Show them all the same"))) == SIZE
    with later(CLAIM.seconds + 60):
        assert len(keys(arrive("milan").open(QUEUE))) == SIZE


def test_who_leaves_something_goes_on_behind_it(edition):
    comments = waiting(edition, SIZE + 2)
    mato = arrive("mato").open(QUEUE)
    mato.press("Decide as chosen", **choose((comments[3], "mark_spam")))
    assert keys(mato) == [comment.key for comment in comments[SIZE:]]
    mato.follow("Back to the first")
    assert keys(mato)[:4] == [comments[n].key for n in (0, 1, 2, 4)]


def test_hold_puts_a_comment_behind_the_others_and_is_recorded(edition):
    first, second = waiting(edition, 2)
    mato = arrive("mato").open(QUEUE)
    sent = choose((first, "hold")) | {f"reason-{first.key}": "Ask the author"}
    mato.press("Decide as chosen", **sent)
    assert keys(mato.open(QUEUE)) == [second.key, first.key]
    decision = Decision.objects.about(first).get()
    assert (decision.name, decision.from_state, decision.reason) == (
        "hold",
        "held",
        "Ask the author",
    )

    late = choose((first, "approve"), **{f"revision-{first.key}": first.revision})
    answer = mato.client.post(QUEUE, csrf(mato) | late, follow=True)
    assert "Mato was faster" in answer.content.decode()
    assert states([first]) == ["held"]


def test_what_was_corrected_meanwhile_is_read_again(edition):
    [one] = waiting(edition, 1)
    mato = arrive("mato").open(QUEUE)
    Comment.objects.filter(pk=one.pk).update(text="Something else", revision=2)
    mato.press("Decide as chosen", **choose((one, "approve")))
    assert "The text was changed after you opened it." in mato.text
    assert states([one]) == ["held"]


def test_the_queue_is_narrowed_to_a_post_a_reason_an_age(edition):
    other = publish_post(slug="brine", title="Brine & reeds")
    here, there = waiting(edition, 1)[0], waiting(other, 1)[0]
    old = said(
        edition,
        "old",
        state="held",
        waiting_since=timezone.now() - timedelta(days=2),
        reasons=["link"],
        language="ar",
    )
    mato = arrive("mato").open(QUEUE)
    assert keys(mato) == [old.key, here.key, there.key]
    assert "It holds a link." in mato.text
    assert keys(mato.open(f"{QUEUE}?post={other.item_id}")) == [there.key]
    mato.press("Decide as chosen", **choose((there, "mark_spam")))
    assert states([here, there]) == ["held", "spam"]
    assert keys(mato.open(f"{QUEUE}?reason=link")) == [old.key]
    assert keys(mato.open(f"{QUEUE}?age=day")) == [old.key]
    assert keys(mato.open(f"{QUEUE}?language=ar")) == [old.key]
    assert "Arabic" in mato.text
    assert keys(mato.follow("Show all that wait")) == [old.key, here.key]
    nonsense = ["post=x", "age=1", "after=x", 'reason="', "after=2026-01-01 1"]
    nonsense += ["language=%00", "reason=%00", "after=0001-01-01T00:00:00%2B23:59 1"]
    for query in nonsense:
        assert mato.client.get(f"{QUEUE}?{query}").status_code == 400
    desk = sit("mato")
    assert desk.post(QUEUE, {"move-a\0": "approve"}).status_code == 400
    reject = {f"move-{old.key}": "reject", f"reason-{old.key}": "No\0."}
    assert desk.post(QUEUE, reject).status_code == 302
    assert Decision.objects.about(old).get().reason == "No."


def test_look_alikes_are_one_row_and_one_decision_each_recorded(edition):
    flood = waiting(edition, 6, alike="flood")
    Comment.objects.filter(alike="flood").update(text="Buy salt")
    for comment, source in zip(flood, "aabbcc", strict=True):
        Comment.objects.filter(pk=comment.pk).update(source=source)
    Comment.objects.filter(pk=flood[-1].pk).update(text="Buy salt!!")
    single = said(edition, "no flood", state="held")
    mato = arrive("mato").open(QUEUE)
    assert keys(mato) == [flood[0].key, single.key]
    assert "6 alike, 3 sources: decide them all" in mato.text
    assert "Buy salt!!" in mato.text
    late = said(edition, "Buy salt", state="held", alike="flood")

    mato.press("Decide as chosen", **choose((flood[0], "approve")))
    assert states(flood) == ["approved"] * 5 + ["held"]
    assert states([late]) == ["held"]
    assert Decision.objects.filter(name="approve", by_name="Mato").count() == 5
    mato.open(QUEUE)
    mato.press("Decide as chosen", **choose((flood[-1], "mark_spam")))
    assert states([flood[-1], late]) == ["spam", "spam"]


def test_without_the_tick_only_the_one_on_top_is_decided(edition):
    flood = waiting(edition, 3, alike="flood")
    mato = arrive("mato")
    sent = choose((flood[0], "mark_spam"))
    mato.open(QUEUE).client.post(QUEUE, csrf(mato) | sent)
    assert states(flood) == ["spam", "held", "held"]


def test_a_flood_hides_nobody(edition):
    waiting(edition, SIZE * 2, alike="flood")
    quiet = said(edition, "They did.", state="held")
    assert keys(arrive("mato").open(QUEUE))[1] == quiet.key


# --- at once ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_eight_moderators_decide_everything_once(edition):
    """Eight people empty one queue; half of them send what they left alone a second time."""
    comments = [said(edition, f"no {n}", state="held") for n in range(60)]
    crew = [join(f"m{n}", "Moderators") for n in range(8)]

    def work(number, user):
        browser = Browser()
        browser.client.force_login(user)
        decided = 0
        for _round in range(40):
            here = keys(browser.open(QUEUE))
            if not here:
                if not Comment.objects.held().exists():
                    return decided
                continue
            name = ["approve", "mark_spam"][number % 2]
            chosen = {f"move-{key}": name for key in here[: 5 + number]}
            browser.press("Decide as chosen", **chosen)
            decided += sum(
                int(word)
                for word, verb in zip(browser.text.split(), browser.text.split()[1:], strict=False)
                if word.isdecimal() and verb.startswith(("approved", "marked"))
            )
        return decided

    came_to = race(*(lambda n=n, user=user: work(n, user) for n, user in enumerate(crew)))

    assert all(isinstance(result, int) for result in came_to), came_to
    assert not Comment.objects.held().exists()
    made = list(Decision.objects.filter(from_state="held").values_list("object_id", flat=True))
    assert sorted(made) == sorted(comment.pk for comment in comments)
    assert sum(came_to) == len(comments)


@pytest.mark.django_db(transaction=True)
def test_eight_sheets_taken_at_once_share_nothing(edition):
    waiting(edition, 200)
    crew = [join(f"m{n}", "Moderators") for n in range(8)]
    came_to = race(*(lambda user=user: take_sheet(Asked(), user)[0] for user in crew))
    taken = [comment.pk for sheet in came_to for comment in sheet]
    assert len(taken) == len(set(taken)) > SIZE
