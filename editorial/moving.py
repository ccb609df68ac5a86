"""The one door for a change of state."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.models import Decision, Movable, name_of
from editorial.signals import decided
from editorial.states import CannotNow, MayNot, Move, NeedsReason


@transaction.atomic
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
    step = item.moves[name]
    if not by.has_perm(item.permission(step.permission)):
        raise MayNot(_("Your role does not include: %(move)s.") % {"move": step.label})
    if step.needs_reason and not reason.strip():
        raise NeedsReason(_("Please give a reason; the person it concerns will read it."))
    came_from = lock(item, step, revision, seen, at)
    for guard in step.guards:
        guard(item, by)
    decision = record(item, name, by=by, reason=reason, from_state=came_from, at=at)
    if step.effect:
        step.effect(item, by, decision)
    return decision


def lock(
    item: Movable, step: Move, revision: int | None, seen: str = "", at: datetime | None = None
) -> str:
    """Set the target state by compare-and-set, so that two clicks cannot both win.

    Returns the state the item came from and refreshes it. Whoever is second waits for the row,
    on SQLite since the transaction began (IMMEDIATE), and then finds nothing to update.
    """
    whole = item.whole()
    type(whole)._base_manager.select_for_update().filter(pk=whole.pk).values("pk").first()
    sources = step.sources & {seen} if seen else step.sources
    rows = type(item)._base_manager.filter(pk=item.pk, state__in=sources)
    if revision is not None:
        rows = rows.filter(revision=revision)
    came_from = rows.values_list("state", flat=True).first() or item.state
    if not rows.update(state=step.target, waiting_since=at or timezone.now()):
        raise CannotNow(why_not(item, step, revision))
    item.refresh_from_db()
    return came_from


def why_not(item: Movable, step: Move, revision: int | None) -> str:
    """Say, kindly, what stands in the way of a move: most often a colleague who was faster."""
    current = type(item)._base_manager.filter(pk=item.pk).first()
    if current is None:
        return _("This no longer exists.")
    last = Decision.objects.about(item).last()
    if current.state in step.sources and revision is not None:
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
    state = getattr(item, "state", "")
    decision = Decision.objects.create(
        item=item,
        name=name,
        from_state=state if from_state is None else from_state,
        to_state=state,
        reason=reason.strip(),
        by=by if by and by.pk else None,
        by_name=name_of(by),
        at=at or timezone.now(),
    )
    decided.send(type(item), item=item, decision=decision)
    return decision


def bump(item: Movable) -> None:
    """Raise the revision: what others have open is stale from here on."""
    type(item)._base_manager.filter(pk=item.pk).update(revision=F("revision") + 1)
    item.refresh_from_db(fields=["revision"])
