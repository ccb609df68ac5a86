"""How a working copy stands, for the panel beside its form: asked once, in a few queries."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from editorial.admin.acts import ACTS, Act, ActForm, hint_of, label_of
from editorial.models import Approval, Contribution, Decision, Note, WorkingCopy
from editorial.states import MayNot, State
from editorial.workflow import contributions, four_eyes

#: Where an edition stands.
STANDINGS = {
    "cancelled": pgettext_lazy("edition", "cancelled"),
    "scheduled": pgettext_lazy("edition", "scheduled"),
    "ended": pgettext_lazy("edition", "no longer public"),
    "withdrawn": pgettext_lazy("edition", "withdrawn"),
    "live": pgettext_lazy("edition", "public"),
}
#: The decisions that are no moves of the workflow.
SEALING = {
    "publish": pgettext_lazy("decision", "published"),
    "schedule": pgettext_lazy("decision", "scheduled"),
    "cancel_schedule": pgettext_lazy("decision", "cancelled the schedule"),
    "withdraw": pgettext_lazy("decision", "withdrew"),
    "hide": pgettext_lazy("decision", "hid a name"),
    "redact": pgettext_lazy("decision", "redacted a name"),
    "import": pgettext_lazy("decision", "imported"),
}


@dataclass
class Offer:
    """An act that this person may try from here, with its form."""

    act: Act
    label: str
    hint: str
    form: ActForm
    error: str = ""

    @property
    def is_open(self) -> bool:
        """Whether its fields are shown at once: it was tried and refused."""
        return self.form.is_bound

    @property
    def confirm(self) -> str:
        """What the button says once the words are there."""
        return self.label.rstrip("…")

    @property
    def needs_words(self) -> bool:
        """Whether it is opened first, and not a button by itself."""
        return bool({"reason", "why", "public_note", "at"} & {*self.act.asks})


@dataclass
class Attempt:
    """An act that was tried and refused: its words are kept, and shown with the refusal."""

    name: str
    error: str
    data: Any

    @property
    def words(self) -> str:
        """What was written, so that it is not lost with the act."""
        return "\n".join(
            self.data[name]
            for name in ("reason", "why", "public_note", "note")
            if name in self.data
        )


@dataclass
class Standing:
    """The facts of one working copy, and what one person can do with it."""

    item: WorkingCopy
    user: Any
    attempt: Attempt | None = None
    refusals: list[str] = field(default_factory=list)

    @cached_property
    def editions(self) -> list[Any]:
        """Every edition, newest first, each with a word for where it stands."""
        rows = self.item.edition_model.objects.filter(item=self.item).light().defer("content")
        editions = list(rows.order_by("-number"))
        now = timezone.now()
        for edition in editions:
            edition.standing = standing_of(edition, now)
            edition.standing_label = STANDINGS[edition.standing]
        return editions

    def _edition(self, standing: str) -> Any:
        return next((e for e in self.editions if e.standing == standing), None)

    @cached_property
    def live(self) -> Any:
        """The edition that readers see now."""
        return self._edition("live")

    @cached_property
    def scheduled(self) -> Any:
        """The edition that they will see."""
        return self._edition("scheduled")

    @cached_property
    def was_public(self) -> bool:
        return any(e.standing in {"live", "ended", "withdrawn"} for e in self.editions)

    @cached_property
    def contributors(self) -> list[Contribution]:
        """Who worked on it since its last edition."""
        return list(contributions(self.item).order_by("at"))

    @cached_property
    def approval(self) -> Approval | None:
        """The yes that holds now."""
        if self.item.state != State.APPROVED:
            return None
        return Approval.objects.about(self.item).last()

    @cached_property
    def is_as_approved(self) -> bool:
        """Whether the content is still what was approved."""
        digest = self.approval.digest if self.approval else ""
        return digest == self.item.content_digest()

    @cached_property
    def has_news(self) -> bool:
        return self.item.is_unpublished()

    @cached_property
    def decisions(self) -> list[Any]:
        """What was decided, newest first."""
        decisions: list[Any] = list(Decision.objects.about(self.item).order_by("-at", "-pk")[:50])
        for decision in decisions:
            decision.label = in_words(decision.name, self.item)
        return decisions

    @property
    def reason(self) -> Any:
        """The decision that sent it back, while it waits for that."""
        if self.item.state != State.CHANGES_REQUESTED:
            return None
        return next((d for d in self.decisions if d.name == "request_changes"), None)

    @cached_property
    def notes(self) -> list[Note]:
        """What colleagues still ask for."""
        return list(Note.objects.about(self.item).unresolved())

    @cached_property
    def offers(self) -> list[Offer]:
        """What this person may try from here, in the order of the work."""
        return [self.offer(ACTS[name]) for name in self.names()]

    @property
    def plain(self) -> list[Offer]:
        return [offer for offer in self.offers if not offer.act.is_grave]

    @property
    def grave(self) -> list[Offer]:
        return [offer for offer in self.offers if offer.act.is_grave]

    @property
    def stray(self) -> Attempt | None:
        """The attempt at an act that is not offered, or not any more."""
        offered = {offer.act.name for offer in self.offers}
        return self.attempt if self.attempt and self.attempt.name not in offered else None

    def names(self) -> Iterator[str]:
        """Yield the names of the acts to offer."""
        moves = {step.name for step in self.item.moves_for(self.user)}
        publishes = self.user.has_perm(self.item.permission("publish"))
        if "approve" in moves:
            moves -= {"approve"}
            if self.may_approve():
                yield "approve"
                if publishes and self.is_planned_ahead:
                    yield "approve_planned"
                if publishes:
                    yield "approve_publish"
        yield from (name for name in ("submit", "request_changes", "recall") if name in moves)
        if publishes:
            yield from self.publishing()
        if "reopen" in moves:
            yield "reopen"
        if publishes and self.live:
            yield "withdraw"

    def publishing(self) -> Iterator[str]:
        if self.item.state == State.APPROVED and self.has_news:
            if self.is_as_approved:
                yield from ("publish", "schedule")
            else:
                self.refusals.append(
                    _("The content is no longer what was approved. Reopen it and submit it again.")
                )
        if self.scheduled:
            yield "cancel_schedule"

    def may_approve(self) -> bool:
        try:
            four_eyes(self.item, self.user)
        except MayNot as refusal:
            self.refusals.append(str(refusal))
            return False
        return True

    @property
    def is_planned_ahead(self) -> bool:
        return self.item.planned_for is not None and self.item.planned_for > timezone.now()

    def offer(self, act: Act) -> Offer:
        tried = self.attempt if self.attempt and self.attempt.name == act.name else None
        initial = {"revision": self.item.revision}
        if act.name == "schedule" and self.is_planned_ahead:
            initial["at"] = self.item.planned_for  # type: ignore[assignment]
        data = tried.data if tried else None
        form = ActForm(act, self.item, data, was_public=self.was_public, initial=initial)
        label, hint = label_of(act, self.item), hint_of(act, self.item)
        return Offer(act, label, hint, form, tried.error if tried else "")


def in_words(name: str, model: Any) -> Any:
    """Return what a decision about an item, or about items of a model, is called."""
    step = getattr(model, "moves", {}).get(name)
    return step.done if step else (SEALING | getattr(model, "deeds", {})).get(name, name)


def standing_of(edition: Any, now: Any) -> str:
    """Return where an edition stands: cancelled, scheduled, ended, withdrawn or live."""
    if edition.is_cancelled:
        return "cancelled"
    if edition.live_from > now:
        return "scheduled"
    if edition.live_until is not None and edition.live_until <= now:
        return "ended"
    return "withdrawn" if edition.is_withdrawal else "live"
