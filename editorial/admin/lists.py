"""Lists answer: what waits, since when, for whom?"""

from collections import defaultdict
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.admin.standing import standing_of
from editorial.models import Contribution
from editorial.states import State
from editorial.waiting import awaiting_publication


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
    names = ", ".join(item.contributor_names)
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
