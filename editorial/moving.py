"""The one door for a change of state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.models import Decision, Movable, name_of
from editorial.signals import decided
from editorial.states import CannotNow, MayNot, Move, NeedsReason


@dataclass(frozen=True, eq=False)
class Wish:
    """An item that somebody wants to move, and what they were looking at.

    ``revision`` is the revision they saw, ``seen`` the state: another one refuses the move.
    """

    item: Movable
    reason: str = ""
    revision: int | None = None
    seen: str = ""


@dataclass
class Moved:
    """What became of wishes: the decisions made, and the refusals."""

    decisions: list[Decision] = field(default_factory=list)
    refused: list[tuple[Wish, CannotNow]] = field(default_factory=list)


def move(
    item: Movable,
    name: str,
    *,
    by: Any,
    reason: str = "",
    revision: int | None = None,
    seen: str = "",
    at: datetime | None = None,
) -> Decision:
    """Make a move, or raise and leave everything as it was.

    Args:
        revision: the revision this person was looking at; a later one refuses the move.
        seen: the state this person was looking at; another one refuses the move.
        at: when it was made, for a history that is told after the event; now, if not given.

    Raises:
        MayNot: this person may not make it.
        CannotNow: it cannot be made from here, or somebody was faster.
    """
    moved = move_each([Wish(item, reason, revision, seen)], name, by=by, at=at)
    for _wish, refusal in moved.refused:
        raise refusal
    return moved.decisions[0]


@transaction.atomic
def move_each(wishes: Sequence[Wish], name: str, *, by: Any, at: datetime | None = None) -> Moved:
    """Make one move with every item of one kind that can make it; the others are refused.

    However many they are, it asks the database the same number of questions, apart from those of
    guards and effects. What a guard refuses is refused for all.

    Raises:
        MayNot: this person may not make it.
        CannotNow: a guard refused.
    """
    moved = Moved()
    if not wishes:
        return moved
    step = wishes[0].item.moves[name]
    if not by.has_perm(wishes[0].item.permission(step.permission)):
        raise MayNot(_("Your role does not include: %(move)s.") % {"move": step.label})
    explained = [wish for wish in wishes if not step.needs_reason or wish.reason.strip()]
    if len(explained) < len(wishes):
        why = NeedsReason(_("Please give a reason; the person it concerns will read it."))
        moved.refused += [(wish, why) for wish in wishes if not wish.reason.strip()]
    came_from = lock_each(explained, step, at)
    able = [wish for wish in explained if wish.item.pk in came_from]
    unable = [wish for wish in explained if wish.item.pk not in came_from]
    moved.refused += zip(unable, why_not(unable, step), strict=True)
    for wish in able:
        for guard in step.guards:
            guard(wish.item, by)
    # The moment is the one at which the rows were locked: so decisions about an item have the order
    # in which they were made, however long somebody waited.
    moved.decisions = record_each(
        decision_about(item, name, by, wish.reason, came_from[item.pk], item.waiting_since)
        for wish in able
        for item in [wish.item]
    )
    if step.effect:
        for wish, decision in zip(able, moved.decisions, strict=True):
            step.effect(wish.item, by, decision)
    return moved


def lock(
    item: Movable, step: Move, revision: int | None, seen: str = "", at: datetime | None = None
) -> str:
    """Set one item's target state, for a change that is no moderator's or editor's move.

    Returns the state it came from, and refreshes it.

    Raises:
        CannotNow: it cannot be set from here, or somebody was faster.
    """
    wish = Wish(item, "", revision, seen)
    came_from = lock_each([wish], step, at)
    for refusal in why_not([] if came_from else [wish], step):
        raise refusal
    return came_from[item.pk]


def lock_each(wishes: Sequence[Wish], step: Move, at: datetime | None) -> dict[int, str]:
    """Set the target state where it can be set, so that two clicks cannot both win.

    Returns the states that the moved items came from, and refreshes those. Whoever is second
    waits for the rows, on SQLite since the transaction began (IMMEDIATE), and then finds them
    moved. Rows are locked in the order of their numbers: two that want the same ones wait in turn.
    """
    if not wishes:
        return {}
    model = type(wishes[0].item)
    wholes = {whole.pk: type(whole) for whole in (wish.item.whole() for wish in wishes)}
    [kind] = set(wholes.values())
    list(kind._base_manager.select_for_update().filter(pk__in=wholes).order_by("pk").values("pk"))
    pks = [wish.item.pk for wish in wishes]
    rows = model._base_manager.filter(pk__in=pks).values_list("pk", "state", "revision")
    there = {pk: (state, revision) for pk, state, revision in rows}
    came_from = {
        wish.item.pk: there[wish.item.pk][0]
        for wish in wishes
        if wish.item.pk in there and is_as_seen(wish, step, *there[wish.item.pk])
    }
    if came_from:
        moment = at or timezone.now()
        values = {"state": step.target, "waiting_since": moment, **step.sets(moment)}
        moving = model._base_manager.filter(pk__in=came_from, state__in=step.sources)
        if moving.update(**values) != len(came_from):
            raise CannotNow(_("Somebody changed this at the same moment. Please look again."))
        refresh([wish.item for wish in wishes if wish.item.pk in came_from])
    return came_from


def is_as_seen(wish: Wish, step: Move, state: str, revision: int) -> bool:
    """Tell whether an item still stands where a move can be made that this person meant."""
    return state in step.sources and wish.seen in ("", state) and wish.revision in (None, revision)


def refresh(items: list[Any]) -> None:
    """Read items anew: one as Django does it, several in one query."""
    if len(items) == 1:
        return items[0].refresh_from_db()
    fresh = type(items[0])._base_manager.in_bulk([item.pk for item in items])
    for item in items:
        for column in item._meta.concrete_fields:
            setattr(item, column.attname, getattr(fresh[item.pk], column.attname))


def why_not(wishes: Sequence[Wish], step: Move) -> list[CannotNow]:
    """Say, kindly, what stands in the way of moves: most often a colleague who was faster."""
    if not wishes:
        return []
    model = type(wishes[0].item)
    pks = [wish.item.pk for wish in wishes]
    current = model._base_manager.in_bulk(pks)
    kind = ContentType.objects.get_for_model(model)
    decisions = Decision.objects.filter(content_type=kind, object_id__in=pks)
    last = {decision.object_id: decision for decision in decisions}  # in the order they were made
    return [
        CannotNow(obstacle(wish, step, current.get(wish.item.pk), last.get(wish.item.pk)))
        for wish in wishes
    ]


def obstacle(wish: Wish, step: Move, current: Movable | None, last: Decision | None) -> str:
    """Return the sentence about one item as it stands now, and the last decision about it."""
    if current is None:
        return _("This no longer exists.")
    stayed = last and last.from_state == last.to_state and last.at == current.waiting_since
    changed = wish.revision not in (None, current.revision)
    if current.state in step.sources and changed and not stayed:
        return _("The text was changed after you opened it. Look at it again before you decide.")
    if last is None:
        return _("Not possible while this is “%(state)s”.") % {"state": current.state_name()}
    return _(
        "%(who)s was faster (%(when)s): this is now “%(state)s”. Nothing of yours was changed."
    ) % {
        "who": last.by_name or _("Somebody"),
        "when": date_format(timezone.localtime(last.at), "DATETIME_FORMAT"),
        "state": current.state_name(),
    }


def record(
    item: models.Model,
    name: str,
    *,
    by: Any,
    reason: str = "",
    from_state: str | None = None,
    at: datetime | None = None,
) -> Decision:
    """Write a decision and announce it, within the transaction it belongs to."""
    return record_each([decision_about(item, name, by, reason, from_state, at)])[0]


def decision_about(
    item: models.Model,
    name: str,
    by: Any,
    reason: str = "",
    from_state: str | None = None,
    at: datetime | None = None,
) -> Decision:
    """Return a decision that is not written yet."""
    state = getattr(item, "state", "")
    return Decision(
        item=item,
        name=name,
        from_state=state if from_state is None else from_state,
        to_state=state,
        reason=reason.replace("\0", "").strip(),  # which not every database keeps
        by=by if by and by.pk else None,
        by_name=name_of(by),
        at=at or timezone.now(),
    )


def record_each(decisions: Iterable[Decision]) -> list[Decision]:
    """Write decisions at once, and announce each."""
    written = Decision.objects.bulk_create(decisions)
    for decision in written:
        decided.send(type(decision.item), item=decision.item, decision=decision)
    return written


def bump(item: Movable) -> None:
    """Raise the revision: what others have open is stale from here on."""
    type(item)._base_manager.filter(pk=item.pk).update(revision=F("revision") + 1)
    item.refresh_from_db(fields=["revision"])
