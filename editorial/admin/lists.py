"""Lists answer: what waits, since when, for whom?"""

from collections import defaultdict
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.admin.acts import ACTS
from editorial.admin.standing import standing_of
from editorial.languages import joined, listed
from editorial.models import Contribution
from editorial.moving import move
from editorial.numbers import whole
from editorial.states import CannotNow, MayNot, State
from editorial.waiting import awaiting_publication

#: A revision that no item has: what was not in the list, nobody saw.
UNSEEN = -1


class WorkingCopyList(ChangeList):
    """Looks up for a whole page what its columns say: two queries, however many rows."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        attach(self.result_list)


def attach(items: list[Any]) -> None:
    """Give each item its editions and the people who worked on it since the last of them."""
    if not items:
        return
    model = type(items[0])
    pks = [item.pk for item in items]
    editions: dict[int, list[Any]] = defaultdict(list)
    now = timezone.now()
    columns = ("item_id", "number", "kind", "live_from", "live_until", "sealed_at")
    for edition in model.edition_model._base_manager.filter(item__in=pks).only(*columns):
        edition.standing = standing_of(edition, now)
        editions[edition.item_id].append(edition)
    people: dict[tuple[int, int], list[str]] = defaultdict(list)
    kind = ContentType.objects.get_for_model(model)
    rows = Contribution.objects.filter(content_type=kind, object_id__in=pks).order_by("at")
    for pk, number, name in rows.values_list("object_id", "round", "user_name"):
        people[pk, number].append(name)
    for item in items:
        item.known_editions = editions[item.pk]
        number = max((edition.number for edition in editions[item.pk]), default=0)
        item.contributor_names = people[item.pk, number + 1]


def chip(state: str, label: Any) -> str:
    """Return a state as a word with a sign before it: never a colour alone."""
    return format_html('<span class="chip chip-{}">{}</span>', state, label)


def waits_for(item: Any) -> str:
    """Return for whom an item waits, in words."""
    names = joined(item.contributor_names)
    if item.state == State.IN_REVIEW:
        return _("a reviewer, not %(names)s") % {"names": names} if names else _("a reviewer")
    if item.state == State.APPROVED:
        sealed = [e.sealed_at for e in item.known_editions if e.standing != "cancelled"]
        return "–" if any(at >= item.waiting_since for at in sealed) else _("an editor")
    return names or _("anybody")


def edition_in(item: Any, standing: str) -> Any:
    return next((e for e in item.known_editions if e.standing == standing), None)


class WaitingFilter(admin.SimpleListFilter):
    """By what an item waits for, as far as its state alone does not say."""

    title = gettext_lazy("waiting")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("publication", _("to be published")),
            ("planned", _("planned, not yet published")),
            ("scheduled", _("scheduled")),
            ("live", _("public now")),
            ("never", _("never published")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        editions = queryset.model.edition_model.objects
        match self.value():
            case "publication":
                return awaiting_publication(queryset)
            case "planned":
                return queryset.filter(planned_for__gt=timezone.now())
            case "scheduled":
                return queryset.filter(pk__in=editions.scheduled().values("item"))
            case "live":
                return queryset.filter(pk__in=editions.live().values("item"))
            case "never":
                return queryset.exclude(pk__in=editions.was_live().values("item"))
        return queryset


def scheduled_from(live: Any, ahead: Any) -> str:
    """Return what is public now and what will be."""
    when = date_format(timezone.localtime(ahead.live_from), "SHORT_DATETIME_FORMAT")
    now = chip("live", _("edition %d") % live.number) if live else ""
    return format_html("{} {}", now, chip("scheduled", when))


class WaitingListAdmin(admin.ModelAdmin):
    """The list of working copies: its columns, its filters, and moves on many at once."""

    list_display: Any = (
        "title",
        "state_chip",
        "since",
        "waits_for",
        "contributors",
        "live_edition",
        "planned",
    )
    list_filter: ClassVar[Any] = ("state", WaitingFilter)
    search_fields: ClassVar[Any] = ("title",)
    actions: Any = ("submit_selected", "approve_selected")
    ordering = ("-waiting_since",)

    def get_changelist(self, request: HttpRequest, **options: Any) -> Any:
        return WorkingCopyList

    def get_queryset(self, request: HttpRequest) -> Any:
        return self.model.named(super().get_queryset(request))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer the moves this person's role includes; nothing is deleted by the dozen."""
        actions = super().get_actions(request)
        for name, verb in (("submit_selected", "change"), ("approve_selected", "review")):
            if name in actions and not request.user.has_perm(self.model.permission(verb)):
                del actions[name]
        actions.pop("delete_selected", None)
        return actions

    @admin.action(description=gettext_lazy("Submit for review"))
    def submit_selected(self, request: HttpRequest, queryset: Any) -> None:
        self.move_each(request, queryset, "submit")

    @admin.action(description=gettext_lazy("Approve (does not publish)"))
    def approve_selected(self, request: HttpRequest, queryset: Any) -> None:
        self.move_each(request, queryset, "approve")

    def move_each(self, request: HttpRequest, queryset: Any, name: str) -> None:
        """Make one move on each item by itself, and say of each refusal whose it was and why.

        What a colleague has moved meanwhile may have left the list's filter: it is looked up by
        its number, so that it is named and not passed over.
        """
        if request.POST.get("select_across") != "1":
            chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
            queryset = self.get_queryset(request).filter(pk__in=chosen)
        done = 0
        for item in queryset:
            seen = whole(request.POST.get(f"seen-{item.pk}", ""))
            try:
                move(item, name, by=request.user, revision=UNSEEN if seen is None else seen)
            except (MayNot, CannotNow) as refusal:
                text = _("“%(title)s”: %(why)s") % {"title": item, "why": refusal}
                self.message_user(request, text, messages.WARNING)
            else:
                done += 1
        if done:
            text = _("%(done)d: %(what)s.") % {"done": done, "what": ACTS[name].done}
            self.message_user(request, text, messages.SUCCESS)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_chip(self, obj: Any) -> str:
        """Show the state, and send the revision along: a move is for what was seen."""
        return format_html(
            '{}<input type="hidden" name="seen-{}" value="{}">',
            chip(obj.state, obj.get_state_display()),
            obj.pk,
            obj.revision,
        )

    @admin.display(description=gettext_lazy("waiting since"), ordering="waiting_since")
    def since(self, obj: Any) -> Any:
        return obj.waiting_since

    @admin.display(description=gettext_lazy("waits for"))
    def waits_for(self, obj: Any) -> str:
        return waits_for(obj)

    @admin.display(description=gettext_lazy("worked on it"), empty_value="–")
    def contributors(self, obj: Any) -> str:
        return listed(obj.contributor_names)

    @admin.display(description=gettext_lazy("public now"), empty_value="–")
    def live_edition(self, obj: Any) -> Any:
        live, ahead = (edition_in(obj, standing) for standing in ("live", "scheduled"))
        if ahead:
            return scheduled_from(live, ahead)
        return chip("live", _("edition %d") % live.number) if live else None

    @admin.display(description=gettext_lazy("planned"), ordering="planned_for", empty_value="–")
    def planned(self, obj: Any) -> Any:
        return obj.planned_for
