"""What a person can do with a working copy: each act is one button, one form, one function.

An act is a move, or sealing, or both in one transaction. Who may, and from where, is decided by
``editorial.moving`` and ``editorial.sealing`` alone; what is listed here only offers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial.admin.base import Moment
from editorial.editing import hold
from editorial.languages import day_and_time
from editorial.models import Edition, WorkingCopy
from editorial.moving import move
from editorial.sealing import cancel_schedule, publish, withdraw
from editorial.states import CannotNow

Data = dict[str, Any]
Do = Callable[[WorkingCopy, Any, int, Data], Any]


@dataclass(frozen=True)
class Act:
    """One thing to do: what its button says, what it asks for, and what does it."""

    name: str
    label: Any
    done: Any
    do: Do
    asks: tuple[str, ...] = ()
    hint: Any = ""
    is_grave: bool = False


def moving(name: str) -> Do:
    """Return the function that makes one move."""

    def do(item: WorkingCopy, by: Any, revision: int, data: Data) -> None:
        move(item, name, by=by, reason=data.get("reason", ""), revision=revision)

    return do


def publishing(item: WorkingCopy, by: Any, revision: int, data: Data) -> None:
    """Publish what is approved, unless it changed after this person looked at it."""
    with transaction.atomic():
        hold(item, revision)
        publish(item, by=by, **data)


def scheduling(item: WorkingCopy, by: Any, revision: int, data: Data) -> None:
    """Publish at a moment to come."""
    if data["at"] <= timezone.now():
        raise CannotNow(gettext("That moment has passed. Choose one that lies ahead."))
    publishing(item, by, revision, data)


def approving_and(do: Do) -> Do:
    """Return the function that approves and goes on, or leaves everything as it was."""

    def both(item: WorkingCopy, by: Any, revision: int, data: Data) -> None:
        with transaction.atomic():
            move(item, "approve", by=by, revision=revision)
            do(item, by, item.revision, data)

    return both


def as_planned(item: WorkingCopy, by: Any, revision: int, data: Data) -> None:
    """Publish at the moment that was planned."""
    if item.planned_for is None:
        raise CannotNow(gettext("There is no planned date any more."))
    scheduling(item, by, revision, data | {"at": item.planned_for})


def withdrawing(item: WorkingCopy, by: Any, revision: int, data: Data) -> None:
    """Take it from the readers, and tell them why."""
    withdraw(item, by=by, note=data.get("note", ""))


def cancelling(item: WorkingCopy, by: Any, revision: int, data: Data) -> None:
    """Cancel what is scheduled."""
    cancel_schedule(item, by=by)


EDITION = ("kind", "note", "until")
ACTS = {
    act.name: act
    for act in (
        Act("submit", _("Submit for review"), _("submitted for review"), moving("submit")),
        Act(
            "approve",
            _("Approve (does not publish)"),
            _("approved, not published"),
            moving("approve"),
        ),
        Act(
            "approve_publish",
            _("Approve and publish now"),
            _("approved and published"),
            approving_and(publishing),
            EDITION,
        ),
        Act(
            "approve_planned",
            _("Approve for %(planned)s"),
            _("approved and scheduled"),
            approving_and(as_planned),
            EDITION,
        ),
        Act(
            "request_changes",
            _("Send back with a reason"),
            _("sent back"),
            moving("request_changes"),
            ("reason",),
        ),
        Act("recall", _("Take back from review"), _("taken back from review"), moving("recall")),
        Act("publish", _("Publish now"), _("published"), publishing, EDITION),
        Act(
            "schedule",
            _("Schedule for…"),
            _("scheduled"),
            scheduling,
            ("at", *EDITION),
            hint=_("Nothing has to run at that moment: it appears by itself."),
        ),
        Act(
            "cancel_schedule",
            _("Cancel the schedule"),
            _("the schedule is cancelled"),
            cancelling,
            hint=_("What is public now stays public."),
            is_grave=True,
        ),
        Act(
            "reopen",
            _("Reopen…"),
            _("reopened as a draft"),
            moving("reopen"),
            ("why",),
            hint=_("The approval lapses. What is public stays public."),
            is_grave=True,
        ),
        Act(
            "withdraw",
            _("Withdraw…"),
            _("withdrawn"),
            withdrawing,
            ("public_note",),
            is_grave=True,
        ),
    )
}


def ahead(label: Any, required: bool) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, required=required, widget=Moment())


class ActForm(forms.Form):
    """What an act asks for; the fields it does not ask for are taken away."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The person it concerns will read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    why = forms.CharField(
        label=_("Why (optional)"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    public_note = forms.CharField(
        label=_("Public note"),
        help_text=_("Readers will read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    at = ahead(_("When"), required=True)
    kind = forms.ChoiceField(
        label=_("What this edition is"),
        choices=[
            (Edition.Kind.UPDATE, Edition.Kind.UPDATE.label),
            (Edition.Kind.CORRECTION, Edition.Kind.CORRECTION.label),
        ],
        widget=forms.RadioSelect,
        initial=Edition.Kind.UPDATE,
    )
    note = forms.CharField(
        label=_("Public note (optional)"),
        help_text=_("What changed, and why: readers will read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    until = ahead(_("Public until (optional)"), required=False)

    #: What these fields are called by what does the act.
    NAMES = {"why": "reason", "public_note": "note"}

    def __init__(
        self, act: Act, item: WorkingCopy, *args: Any, was_public: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.auto_id = f"act-{act.name}-%s"
        asked = {"revision", *act.asks}
        if not (was_public and item.has_page):
            asked -= {"kind", "note"}
        if not item.has_page:
            self.fields["public_note"].label = _("Reason")
            self.fields["public_note"].help_text = _("It stays at the desk: no page shows it.")
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]

    def answers(self) -> Data:
        """Return what was answered, by the names that the act's function knows."""
        return {
            self.NAMES.get(name, name): value
            for name, value in self.cleaned_data.items()
            if name != "revision" and value not in (None, "")
        }


def label_of(act: Act, item: WorkingCopy) -> str:
    """Return what the button says, with the planned moment where it names one."""
    if act.name != "approve_planned" or item.planned_for is None:
        return str(act.label)
    other_year = timezone.localtime(item.planned_for).year != timezone.localtime().year
    return str(act.label) % {"planned": day_and_time(item.planned_for, with_year=other_year)}


def hint_of(act: Act, item: WorkingCopy) -> str:
    """Return what is to be known before the button is pressed."""
    return item.after_withdrawal() if act.name == "withdraw" else str(act.hint)


def was_public(item: Any) -> bool:
    """Tell whether the next edition is not the first that readers see."""
    return item.edition_model.objects.filter(item=item).was_live().exists()
