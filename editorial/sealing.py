"""Sealing: from an approved working copy to an edition, and an edition's span."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial import canonical
from editorial.models import Approval, Edition, Path, WorkingCopy, name_of
from editorial.moving import record
from editorial.signals import published
from editorial.states import CannotNow, MayNot, State


@transaction.atomic
def publish(
    item: WorkingCopy,
    *,
    by: Any,
    at: datetime | None = None,
    until: datetime | None = None,
    kind: str = "",
    note: str = "",
) -> Edition:
    """Seal the approved content as the item's next edition, live from ``at`` (now) on.

    An ``at`` that lies ahead schedules it; whatever was scheduled before is cancelled.

    Raises:
        MayNot: this person does not publish.
        CannotNow: not approved, changed since, a part sent back since, nothing new, or the
            address is taken.
    """
    demand(item, by)
    take(item, State.APPROVED)
    approval = Approval.objects.about(item).last()
    if approval is None or approval.digest != item.content_digest():
        raise CannotNow(
            _("The content is no longer what was approved. Submit it again, so it is reviewed.")
        )
    now = timezone.now()
    at = max(at, now) if at else now
    if until is not None and until <= at:
        raise CannotNow(_("The end lies before the beginning."))
    item.check_approvable()
    item.check_publishable(at)
    item.check_note(note)
    if not item.is_unpublished():
        raise CannotNow(_("The latest edition already says exactly this."))
    edition = seal(
        item,
        by=by,
        at=at,
        until=until,
        kind=kind,
        note=note,
        second_reader="yes" if approval.is_second_reader else "no",
        approval=approval,
    )
    record(item, "schedule" if at > now else "publish", by=by, reason=note)
    return edition


@transaction.atomic
def withdraw(item: WorkingCopy, *, by: Any, note: str, at: datetime | None = None) -> Edition:
    """End the item's public life from now on; its address, if any, answers 410 with the note.

    An ``at`` in the past is for a history that is told after the event.

    What cannot be public without it is withdrawn with it, and stays so until it is published
    again by itself.

    Raises:
        MayNot: this person does not publish.
        CannotNow: nothing is public, or there is no note for the readers.
    """
    demand(item, by)
    take(item)
    if not note.strip():
        why = _("Please write why: it stays at the desk.")
        if item.has_page:
            why = _("Readers will read why: please write a public note.")
        raise CannotNow(why)
    item.check_note(note)
    at = at or timezone.now()
    live = item.edition_model.objects.filter(item=item).live(at).first()
    if live is None:
        raise CannotNow(_("Nothing of this is public now."))
    for dependent in item.dependents():
        if dependent.edition_model.objects.filter(item=dependent).live(at).exists():
            withdraw(dependent, by=by, note=note, at=at)
    content = {key: live.data[key] for key in ("title", "slug", "language")}
    edition = write(
        item,
        content | {"note": note.strip()},
        by=by,
        at=at,
        until=None,
        kind=Edition.Kind.WITHDRAWAL,
    )
    record(item, "withdraw", by=by, reason=note, at=at)
    return edition


@transaction.atomic
def cancel_schedule(item: WorkingCopy, *, by: Any) -> None:
    """Cancel what is scheduled; what is live now stays live.

    Raises:
        MayNot: this person does not publish.
        CannotNow: nothing is scheduled.
    """
    demand(item, by)
    take(item)
    now = timezone.now()
    editions = item.edition_model.objects.filter(item=item)
    if not editions.scheduled(now).exists():
        raise CannotNow(_("Nothing is scheduled."))
    call_off(editions, now)
    record(item, "cancel_schedule", by=by)


def demand(item: WorkingCopy, by: Any) -> None:
    """Raise ``MayNot`` unless this person publishes items of this kind."""
    if not by.has_perm(item.permission("publish")):
        raise MayNot(_("Your role does not include publishing."))


def take(item: WorkingCopy, state: str | None = None) -> None:
    """Lock the item's row; raise ``CannotNow`` unless it is in the state asked for."""
    rows = type(item)._base_manager.filter(pk=item.pk, **({"state": state} if state else {}))
    if not rows.update(state=F("state")):
        raise CannotNow(_("Only what is approved can be published."))
    item.refresh_from_db()


def seal(
    item: WorkingCopy,
    *,
    by: Any,
    at: datetime,
    second_reader: str,
    until: datetime | None = None,
    kind: str = "",
    note: str = "",
    approval: Approval | None = None,
) -> Edition:
    """Write the working copy's content as its next edition. Callers have checked that it may."""
    content = item.content() | {"note": note.strip(), "second_reader": second_reader}
    return write(item, content, by=by, at=at, until=until, kind=kind, approval=approval)


def write(
    item: WorkingCopy,
    content: dict[str, Any],
    *,
    by: Any,
    at: datetime,
    until: datetime | None,
    kind: str = "",
    approval: Approval | None = None,
) -> Edition:
    """Write one sealed row with its salts, digest and chain, and make room for its span."""
    model = item.edition_model
    editions = model.objects.filter(item=item)
    previous = editions.order_by("-number").first()
    make_room(editions, at)
    first = editions.exclude(live_until=F("live_from")).order_by("number").first()
    edition = compose(
        item, content, canonical.make_salts(content), previous=previous, first=first,
        by=by, at=at, until=until, kind=kind, approval=approval,
    )  # fmt: skip
    edition.save(force_insert=True)
    for relation, rows in model.rows(content).items():
        manager = getattr(edition, relation)
        manager.bulk_create(
            manager.model(edition=edition, position=position, **row)
            for position, row in enumerate(rows)
        )
    if path := item.public_path(edition):
        claim(item, path)
    published.send(model, edition=edition)
    return edition


def compose(
    item: WorkingCopy,
    content: dict[str, Any],
    salts: dict[str, str],
    *,
    previous: Any,
    first: Any,
    by: Any,
    at: datetime,
    until: datetime | None = None,
    kind: str = "",
    approval: Approval | None = None,
) -> Any:
    """Return an edition with its digest, the next in its chain. Writing it is the caller's part.

    Args:
        previous: the edition numbered before it, if any.
        first: the first one that was or will be public.
    """
    model = item.edition_model
    published_at = first.published_at if first else at
    edition = model(
        item=item,
        key=item.key,
        number=previous.number + 1 if previous else 1,
        schema=model.SCHEMA,
        kind=kind or (Edition.Kind.UPDATE if first else Edition.Kind.FIRST),
        content=canonical.canonical(content),
        salts=canonical.canonical(salts),
        previous_digest=previous.digest if previous else "",
        live_from=at,
        live_until=until,
        meant_until=until,
        published_at=published_at,
        published_on=first.published_on if first else timezone.localdate(published_at),
        approved_by=approval.approver if approval else None,
        approved_by_name=approval.approver_name if approval else "",
        published_by=by,
        published_by_name=name_of(by),
        **model.columns(content),
        **item.edition_columns(),
    )
    edition.digest = canonical.digest(edition.envelope(), canonical.leaf_hashes(content, salts, {}))
    return edition


def make_room(editions: Any, at: datetime) -> None:
    """Cancel what is scheduled, and end at ``at`` the span that holds it."""
    call_off(editions, timezone.now())
    editions.spanning(at).update(live_until=at)


def call_off(editions: Any, now: datetime) -> None:
    """Cancel what is scheduled; what was to yield to it ends when it was meant to."""
    scheduled = editions.scheduled(now)
    yielding = list(scheduled.values_list("live_from", flat=True))
    scheduled.update(live_until=F("live_from"))
    editions.was_live(now).filter(live_until__in=yielding).update(live_until=F("meant_until"))


def claim(item: WorkingCopy, path: str) -> None:
    """Keep a path for an item for ever.

    Raises:
        CannotNow: another item has, or once had, this address.
    """
    kept, _made = Path.objects.get_or_create(
        path=path,
        defaults={
            "content_type": ContentType.objects.get_for_model(item),
            "object_id": item.pk,
        },
    )
    if (kept.content_type.model_class(), kept.object_id) != (type(item), item.pk):
        raise CannotNow(
            _("The address %(path)s belongs to something else. Choose another slug.")
            % {"path": path}
        )
