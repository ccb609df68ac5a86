"""The whole table of moves: every state, every role, what is allowed and what is refused."""

from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import transaction

from appeals.models import Appeal, Rendering, Translation
from blog.models import Comment, Post
from config.masthead.models import Masthead
from config.pages.models import Page
from config.roles import ROLES
from editorial.models import Approval, Contribution, Decision, Movable, Notice
from editorial.moving import move
from editorial.sealing import cancel_schedule, publish, withdraw
from editorial.states import CannotNow, MayNot, NeedsReason, State
from tests.cast import approve, join, translate, write_appeal, write_post

pytestmark = pytest.mark.django_db

NOBODY = ""
EVERY_ROLE = [*ROLES, NOBODY]
AUTHORS = {
    Post: "Writers Editors",
    Appeal: "Translators Editors",
    Translation: "Translators Editors",
    Page: "Editors",
    Masthead: "Editors",
}
READERS = "Reviewers Editors"


class Promise(NamedTuple):
    """What the newsroom was promised of one move, said once more and in other words."""

    sources: str
    target: str
    roles: str


def working(model: Any) -> dict[str, Promise]:
    return {
        "submit": Promise("draft changes_requested", "in_review", AUTHORS[model]),
        "approve": Promise("in_review", "approved", READERS),
        "request_changes": Promise("in_review", "changes_requested", READERS),
        "recall": Promise("in_review", "draft", AUTHORS[model]),
        "reopen": Promise("approved", "draft", AUTHORS[model]),
    }


PROMISES: dict[Any, dict[str, Promise]] = {
    **{model: working(model) for model in AUTHORS},
    Rendering: {
        "accept": Promise("draft changes_requested", "approved", READERS),
        "confirm": Promise("approved", "approved", READERS),
        "send_back": Promise("draft approved", "changes_requested", READERS),
        "vouch": Promise("approved", "approved", "Translators Editors"),
        "translate_again": Promise("approved", "draft", "Translators Editors"),
    },
    Comment: {
        "approve": Promise("held rejected spam", "approved", "Moderators"),
        "reject": Promise("held approved spam", "rejected", "Moderators"),
        "mark_spam": Promise("held approved rejected", "spam", "Moderators"),
        "hold": Promise("approved held rejected spam", "held", "Moderators"),
    },
}
NEED_A_REASON = {"request_changes", "send_back", "reject"}

EVERY_MOVE = [(model, name) for model, moves in PROMISES.items() for name in moves]
EVERY_CASE = [
    (model, name, state)
    for model, name in EVERY_MOVE
    for state in [choice for choice, _label in model._meta.get_field("state").choices]
]


def make(model: Any) -> Any:
    """Return something complete of this kind, which nobody in particular wrote."""
    if model is Post:
        return write_post()
    if model is Page:
        return Page.objects.create(title="About", slug="about", body="<p>Who we are.</p>")
    if model is Masthead:
        return Masthead.objects.create(name="The Lake")
    if model is Comment:
        return Comment.objects.create(post=write_post(), text="I was there.")
    appeal = write_appeal(passages=1)
    if model is Appeal:
        return appeal
    translation = translate(appeal)
    return translation if model is Translation else translation.renderings.get()


def put(item: Any, state: str) -> Any:
    """Put an item into a state by the back door; a translation's passages are accepted.

    The original of a rendering by itself has changed since, and it is said to mean the same: some
    moves are about that.
    """
    type(item)._base_manager.filter(pk=item.pk).update(state=state)
    if isinstance(item, Rendering):
        known = {"accepted_digest": "0" * 64, "vouched_digest": item.passage.digest}
        Rendering.objects.filter(pk=item.pk).update(**known)
    if isinstance(item, Translation):
        for rendering in item.renderings.select_related("passage"):
            rendering.state, rendering.accepted_digest = State.APPROVED, rendering.passage.digest
            rendering.save()
    item.refresh_from_db()
    return item


def play(role: str) -> User:
    """Return somebody who has this role and no other."""
    user = User.objects.create_user(f"a-{role.lower()}", is_staff=True)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def traces(item: Any) -> list[Any]:
    """Return everything that a move writes."""
    records = [Decision, Approval, Contribution, Notice]
    if history := getattr(item, "history", None):
        records.append(history.model)
    return [
        type(item)._base_manager.values().get(pk=item.pk),
        *(model._base_manager.count() for model in records),
    ]


def named(value: Any) -> str:
    return getattr(value, "__name__", value) or "nobody"


@pytest.mark.parametrize("model", PROMISES, ids=named)
def test_the_moves_are_those_promised(model):
    assert {
        name: Promise(" ".join(sorted(move.sources)), move.target, "")
        for name, move in model.moves.items()
    } == {
        name: Promise(" ".join(sorted(promise.sources.split())), promise.target, "")
        for name, promise in PROMISES[model].items()
    }
    needed = {name for name, move in model.moves.items() if move.needs_reason}
    assert needed == NEED_A_REASON & set(PROMISES[model])


@pytest.mark.parametrize(("model", "name", "state"), EVERY_CASE, ids=named)
def test_every_move_from_every_state_by_every_role(model, name, state):
    item = put(make(model), state)
    before = traces(item)
    for role in EVERY_ROLE:
        mark = transaction.savepoint()
        try_move(item, name, role)
        transaction.savepoint_rollback(mark)
        item.refresh_from_db()
        assert traces(item) == before


def try_move(item: Any, name: str, role: str) -> None:
    """Make a move, or be refused it, as was promised."""
    promise, came_from, before = PROMISES[type(item)][name], item.state, traces(item)
    user = play(role)
    is_allowed = role in promise.roles.split()
    is_possible = came_from in promise.sources.split()
    assert (name in [m.name for m in item.moves_for(user)]) is (is_allowed and is_possible), role
    if not is_allowed or not is_possible:
        with pytest.raises((MayNot, CannotNow)) as refusal:
            move(item, name, by=user, reason="It says so.")
        assert refusal.type is (CannotNow if is_allowed else MayNot), role
        assert traces(item) == before, role
        return
    decision = move(item, name, by=user, reason="It says so.")
    item.refresh_from_db()
    assert item.state == promise.target
    assert (decision.name, decision.from_state, decision.to_state) == (name, came_from, item.state)
    assert (decision.by, decision.reason, decision.item) == (user, "It says so.", item)
    assert Decision.objects.about(item).get() == decision
    assert Approval.objects.count() == (name == "approve" and not isinstance(item, Comment))


@pytest.mark.parametrize(("model", "name"), EVERY_MOVE, ids=named)
def test_a_move_that_must_be_explained_is_refused_without_a_word(model, name):
    promise = PROMISES[model][name]
    item = put(make(model), promise.sources.split()[0])
    user = play(promise.roles.split()[0])
    before = traces(item)

    if name not in NEED_A_REASON:
        move(item, name, by=user)
        return
    for silence in ("", " \n\t"):
        with pytest.raises(NeedsReason):
            move(item, name, by=user, reason=silence)
    assert traces(item) == before


@pytest.mark.parametrize(("model", "name"), EVERY_MOVE, ids=named)
def test_what_is_deleted_cannot_be_moved(model, name):
    promise = PROMISES[model][name]
    item = put(make(model), promise.sources.split()[0])
    if isinstance(item, Translation):
        item.renderings.all().delete()
    type(item)._base_manager.filter(pk=item.pk).delete()

    with pytest.raises(CannotNow, match="no longer exists"):
        move(item, name, by=play(promise.roles.split()[0]), reason="It says so.")
    assert not Decision.objects.exists()


@pytest.mark.parametrize("model", AUTHORS, ids=named)
def test_whoever_contributed_since_the_last_edition_approves_nothing(model):
    edda = join("edda")
    if model is Post:
        item = write_post(by=edda)
    else:
        appeal = write_appeal(by=edda)
        item = appeal if model is Appeal else translate(appeal, by=edda)
    put(item, State.IN_REVIEW)
    before = traces(item)

    with pytest.raises(MayNot, match="somebody else approves"):
        move(item, "approve", by=edda)
    assert traces(item) == before
    move(item, "approve", by=join("rosa"))


def test_nobody_accepts_the_rendering_they_wrote():
    edda = join("edda")
    rendering = translate(write_appeal(passages=1), by=edda).renderings.get()
    before = traces(rendering)

    with pytest.raises(MayNot):
        move(rendering, "accept", by=edda)
    assert traces(rendering) == before


@pytest.mark.parametrize("model", AUTHORS, ids=named)
@pytest.mark.parametrize("name", ["submit", "approve"])
def test_nothing_to_read_is_nothing_to_review(model, name):
    if model is Post:
        item = write_post(body="")
    else:
        appeal = write_appeal(passages=0)
        item = appeal if model is Appeal else translate(appeal)
    put(item, State.DRAFT if name == "submit" else State.IN_REVIEW)
    before = traces(item)

    with pytest.raises(CannotNow, match="nothing to review"):
        move(item, name, by=join("edda"))
    assert traces(item) == before


SEALING = {
    "publish": lambda item, by: publish(item, by=by),
    "withdraw": lambda item, by: withdraw(item, by=by, note="A mistake."),
    "cancel": lambda item, by: cancel_schedule(item, by=by),
}


@pytest.mark.parametrize("state", [state.value for state in State])
@pytest.mark.parametrize("act", SEALING)
@pytest.mark.parametrize("model", AUTHORS, ids=named)
def test_only_editors_publish_and_only_what_is_approved(model, act, state):
    item = make(model)
    if model is Translation:
        publish(approve(item.appeal), by=join("edda"))
    approve(item)
    put(item, state)
    editions = item.edition_model.objects.filter(item=item)
    before = traces(item)
    for role in EVERY_ROLE:
        mark = transaction.savepoint()
        if role == "Editors" and act == "publish" and state == State.APPROVED:
            assert SEALING[act](item, play(role)) in editions.live()
        else:
            with pytest.raises((MayNot, CannotNow)) as refusal:
                SEALING[act](item, play(role))
            assert refusal.type is (CannotNow if role == "Editors" else MayNot), role
            assert editions.count() == 0
        transaction.savepoint_rollback(mark)
        item.refresh_from_db()
        assert traces(item) == before, role


def test_the_table_speaks_of_every_thing_that_moves():
    movable = {model for model in apps.get_models() if issubclass(model, Movable)}
    assert movable == set(PROMISES)
