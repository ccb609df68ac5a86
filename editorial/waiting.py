"""What waits among the working copies of one model, and for whom. Asks little, whatever waits."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.desk import Heading, Waiting
from editorial.languages import joined
from editorial.models import Approval, Contribution, Decision
from editorial.states import State
from editorial.workflow import round_of

TO_REVIEW = Heading(10, gettext_lazy("To review"))
SENT_BACK = Heading(20, gettext_lazy("Sent back to you"))
DRAFTS = Heading(40, gettext_lazy("Your drafts"))
CHANGED = Heading(
    50,
    gettext_lazy("Approved, but no longer what was approved"),
    gettext_lazy("Something changed behind the approval: it has to be reviewed again."),
)
APPROVED = Heading(60, gettext_lazy("Approved, to be published"))
SCHEDULED = Heading(
    70, gettext_lazy("Scheduled next"), gettext_lazy("Appears by itself; nobody has to do a thing.")
)
SOMEBODY_ELSE = Heading(
    80,
    gettext_lazy("Waits for somebody else"),
    gettext_lazy("You worked on it, so a colleague reviews it."),
)


def is_sealed_since(model: Any) -> Any:
    """Return the condition that an approved item was sealed, a cancelled schedule apart."""
    editions = model.edition_model._base_manager.exclude(live_until=F("live_from"))
    since = editions.filter(item=OuterRef("pk"), sealed_at__gte=OuterRef("waiting_since"))
    return Q(Exists(since), state=State.APPROVED)


def awaiting_publication(items: QuerySet[Any]) -> QuerySet[Any]:
    """Return what is approved and not sealed since."""
    return items.filter(state=State.APPROVED).exclude(is_sealed_since(items.model))


def with_share_of(items: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Annotate ``is_theirs`` (worked on since the last edition) and ``is_moved`` (by them last)."""
    model = items.model
    about = {
        "content_type": ContentType.objects.get_for_model(model),
        "object_id": OuterRef("pk"),
    }
    return items.annotate(
        round=round_of(model),
        is_theirs=Exists(Contribution.objects.filter(**about, round=OuterRef("round"), user=user)),
        is_moved=Exists(
            Decision.objects.filter(**about, by=user, at__gte=OuterRef("waiting_since"))
        ),
    )


def working_copies(model: Any, user: Any) -> Iterator[Waiting]:
    """Yield what waits for a person among the working copies of one model."""
    works, reviews, publishes = (
        user.has_perm(model.permission(verb)) for verb in ("change", "review", "publish")
    )
    if not (works or reviews or publishes):
        return
    items = with_share_of(model._base_manager.all(), user)
    under_way = ~Q(state=State.APPROVED) & (
        Q(is_theirs=True) | Q(is_moved=True) | Q(state=State.IN_REVIEW)
    )
    rows = list(model.named(items.filter(under_way)).order_by("waiting_since", "pk"))
    people = names_of(model, rows)
    reasons = reasons_of(model, rows)
    for item in rows:
        heading = heading_of(item, works, reviews)
        if heading is None:
            continue
        names = people[item.pk]
        why = reasons.get(item.pk, "") if item.state == State.CHANGES_REQUESTED else ""
        yield waiting(item, heading, whom=names, why=why)
    if publishes:
        yield from to_publish(model)
        yield from scheduled(model)


def heading_of(item: Any, works: bool, reviews: bool) -> Heading | None:
    """Return under which heading an item waits for this person, if it does."""
    if item.state == State.IN_REVIEW:
        if item.is_theirs:
            return SOMEBODY_ELSE
        return TO_REVIEW if reviews else None
    if not works:
        return None
    return SENT_BACK if item.state == State.CHANGES_REQUESTED else DRAFTS


def waiting(item: Any, heading: Heading, **more: Any) -> Waiting:
    return Waiting(
        heading,
        what=str(item),
        kind=str(item._meta.verbose_name),
        url=item.desk_path(),
        since=item.waiting_since,
        planned=item.planned_for,
        **more,
    )


def names_of(model: Any, items: list[Any]) -> dict[int, str]:
    """Return who worked on each item since its last edition."""
    names: dict[int, list[str]] = defaultdict(list)
    rounds = {item.pk: item.round for item in items}
    rows = records(Contribution, model, rounds).order_by("at")
    for pk, number, name in rows.values_list("object_id", "round", "user_name"):
        if rounds[pk] == number:
            names[pk].append(name)
    return defaultdict(str, {pk: joined(found) for pk, found in names.items()})


def reasons_of(model: Any, items: list[Any]) -> dict[int, str]:
    """Return what was last written on sending each item back, and who wrote it."""
    sent_back = [item.pk for item in items if item.state == State.CHANGES_REQUESTED]
    rows = records(Decision, model, sent_back).filter(name="request_changes").order_by("at", "pk")
    return {
        pk: _("%(who)s: %(reason)s") % {"who": who, "reason": reason}
        for pk, who, reason in rows.values_list("object_id", "by_name", "reason")
    }


def records(record: Any, model: Any, pks: Any) -> Any:
    kind = ContentType.objects.get_for_model(model)
    return record.objects.filter(content_type=kind, object_id__in=list(pks))


def to_publish(model: Any) -> Iterator[Waiting]:
    """Yield what is approved and not published, and what is no longer what was approved."""
    waiting_for_it = awaiting_publication(model._base_manager.order_by("waiting_since", "pk"))
    items = list(model.named(model.with_parts(waiting_for_it)))
    rows = records(Approval, model, [item.pk for item in items]).order_by("pk")
    approvals = {approval.object_id: approval for approval in rows}
    for item in items:
        approval = approvals.get(item.pk)
        holds = approval is not None and approval.digest == item.content_digest()
        yield waiting(
            item,
            APPROVED if holds else CHANGED,
            whom=_("approved by %(who)s") % {"who": approval.approver_name} if approval else "",
        )


def scheduled(model: Any) -> Iterator[Waiting]:
    """Yield what will appear, the next first."""
    editions = model.edition_model.objects.scheduled().order_by("live_from")
    for edition in editions.only("item_id", "title", "live_from", "published_by_name")[:50]:
        yield Waiting(
            SCHEDULED,
            what=edition.title,
            kind=str(model._meta.verbose_name),
            url=model(pk=edition.item_id).desk_path(),
            since=None,
            planned=edition.live_from,
            whom=edition.published_by_name,
            order=edition.live_from,
        )
