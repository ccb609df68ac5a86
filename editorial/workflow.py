"""The moves of a working copy, and the rule that a second person approves."""

from typing import Any

from django.conf import settings
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from editorial.models import Approval, Contribution, Decision, Note, WorkingCopy, name_of
from editorial.states import CannotNow, MayNot, Move, State, table


def round_of(model: type[WorkingCopy]) -> Any:
    """Return, as an expression, the round of work that an item's next edition will seal.

    A withdrawal ends no round: what was written before it is still to be read by somebody else.
    """
    texts = model.edition_model.objects.texts().filter(item=OuterRef("pk")).order_by("-number")
    return Coalesce(Subquery(texts.values("number")[:1]), 0, output_field=IntegerField()) + 1


def current_round(item: WorkingCopy) -> int:
    """Return the round of work that an item is in."""
    rows = type(item)._base_manager.filter(pk=item.pk)
    return rows.values_list(round_of(type(item)), flat=True).get()


def contributions(item: WorkingCopy) -> QuerySet[Contribution]:
    """Return who changed the content since the last edition."""
    return Contribution.objects.about(item).filter(round=current_round(item))


def has_contributed(item: WorkingCopy, user: Any) -> bool:
    """Tell whether this person's work is part of what would be approved."""
    return contributions(item).filter(user=user).exists()


def ready(item: Any, by: Any) -> None:
    """Guard: something to review is there."""
    item.check_ready()


def approvable(item: Any, by: Any) -> None:
    """Guard: no part of it waits for a decision of its own."""
    item.check_approvable()


def unblocked(item: Any, by: Any) -> None:
    """Guard: what a colleague noted as standing in the way is settled first."""
    blockers = Note.objects.about(item).filter(weight=Note.Weight.BLOCKER, resolved_at=None)
    if count := blockers.count():
        raise CannotNow(
            ngettext(
                "%(count)d open note blocks approval. Settle it first, and resolve it.",
                "%(count)d open notes block approval. Settle them first, and resolve them.",
                count,
            )
            % {"count": count}
        )


def four_eyes(item: Any, by: Any) -> None:
    """Guard: nobody approves what they wrote themselves, unless the newsroom is one person."""
    if settings.EDITORIAL_FOUR_EYES and has_contributed(item, by):
        raise MayNot(
            _("You worked on this yourself since its last edition, so somebody else approves it.")
        )


def approve(item: Any, by: Any, decision: Decision) -> None:
    """Effect: seal the approval to the content as it is now."""
    contributors = list(contributions(item).exclude(user=None).values_list("user_id", flat=True))
    Approval.objects.create(
        item=item,
        digest=item.content_digest(),
        revision=item.revision,
        approver=by,
        approver_name=name_of(by),
        contributors="".join(f",{pk}" for pk in contributors) + ",",
        is_second_reader=by.pk not in contributors,
        at=decision.at,
    )


WORKFLOW = table(
    Move(
        "submit",
        gettext_lazy("Submit for review"),
        pgettext_lazy("decision", "submitted"),
        frozenset({State.DRAFT, State.CHANGES_REQUESTED}),
        State.IN_REVIEW,
        "change",
        guards=(ready,),
    ),
    Move(
        "approve",
        gettext_lazy("Approve (does not publish)"),
        pgettext_lazy("decision", "approved"),
        frozenset({State.IN_REVIEW}),
        State.APPROVED,
        "review",
        guards=(four_eyes, ready, approvable, unblocked),
        effect=approve,
    ),
    Move(
        "request_changes",
        gettext_lazy("Send back with a reason"),
        pgettext_lazy("decision", "sent back"),
        frozenset({State.IN_REVIEW}),
        State.CHANGES_REQUESTED,
        "review",
        needs_reason=True,
    ),
    Move(
        "recall",
        gettext_lazy("Take back from review"),
        pgettext_lazy("decision", "taken back"),
        frozenset({State.IN_REVIEW}),
        State.DRAFT,
        "change",
    ),
    Move(
        "reopen",
        gettext_lazy("Reopen as a draft (voids the approval)"),
        pgettext_lazy("decision", "reopened"),
        frozenset({State.APPROVED}),
        State.DRAFT,
        "change",
    ),
)
