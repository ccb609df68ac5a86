"""The pages on which an original is corrected, and its passages split and merged."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals.correcting import correct_original
from appeals.keys import led_to
from appeals.merging import merge_passages
from appeals.models import Appeal, Passage, Rendering
from editorial.states import CannotNow


class Asked(forms.Form):
    """What a form at a passage sends."""

    do = forms.ChoiceField(choices=[(v, v) for v in ("save", "merge")])
    revision = forms.IntegerField(min_value=0)
    seen = forms.CharField(required=False)
    text = forms.CharField(required=False, strip=False)


@dataclass
class Line:
    """A passage of the original, and the translations in which it waits to be checked."""

    passage: Passage
    former: list[str] = field(default_factory=list)
    stale: list[Rendering] = field(default_factory=list)
    refusal: str = ""
    typed: str | None = None

    @property
    def shown(self) -> str:
        return self.passage.text if self.typed is None else self.typed


@require_http_methods(["GET", "HEAD", "POST"])
def passages(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an original passage by passage, and do what a form on that page asks."""
    if not request.user.has_perm("appeals.view_appeal"):
        raise PermissionDenied
    appeal = get_object_or_404(Appeal, pk=pk)
    if request.method != "POST":
        return show(request, appeal)
    asked = Asked(request.POST)
    key = request.POST.get("passage", "")
    passage = led_to(appeal, key)
    if not asked.is_valid():
        raise BadRequest
    try:
        if passage.key != key:
            raise CannotNow(_("§ %(key)s was merged into this passage.") % {"key": key})
        said = done(request.user, appeal, passage, asked.cleaned_data)
    except CannotNow as refused:
        typed = asked.cleaned_data["text"] if asked.cleaned_data["do"] == "save" else None
        there = led_to(appeal, passage.key)  # it may have gone at this moment
        return show(request, appeal, (there, str(refused), typed))
    messages.success(request, said % {"passage": passage})
    return HttpResponseRedirect(f"{address(appeal)}#{passage.key}")


def done(by: Any, appeal: Appeal, passage: Passage, asked: dict[str, Any]) -> str:
    """Do what was asked and return how to say so."""
    if asked["do"] == "merge":
        merge_passages(appeal, passage, by=by, revision=asked["revision"])
        return _("%(passage)s: merged with the one that followed it.")
    if correct_original(appeal, passage, asked["text"], by=by, seen=asked["seen"]):
        return _("%(passage)s: corrected. Its translators are asked whether the meaning changed.")
    return _("%(passage)s: nothing had changed, so nothing was saved.")


def show(
    request: HttpRequest,
    appeal: Appeal,
    refusal: tuple[Passage, str, str | None] | None = None,
) -> TemplateResponse:
    """Return the page; after a refusal with the reason and the input at its passage."""
    appeal.refresh_from_db()
    found = list(lines(appeal))
    for line in found:
        if refusal and line.passage.pk == refusal[0].pk:
            _passage, line.refusal, line.typed = refusal
    context = page(request, appeal, _("The original: %(appeal)s")) | {"lines": found}
    template = "admin/appeals/appeal/passages.html"
    return TemplateResponse(request, template, context, status=409 if refusal else 200)


def page(request: HttpRequest, appeal: Appeal, title: str) -> dict[str, Any]:
    """Return what every page about an original shows."""
    may = (request.user.has_perm(f"appeals.change_{part}") for part in ("passage", "rendering"))
    may_correct, may_translate = may
    return site.each_context(request) | {
        "title": title % {"appeal": appeal},
        "is_nav_sidebar_enabled": False,
        "original": appeal,
        "may_correct": may_correct,
        "may_regroup": may_correct and may_translate,
    }


def lines(appeal: Appeal) -> Iterable[Line]:
    """Yield an original's passages. The number of queries does not grow with them."""
    stale, former = defaultdict(list), defaultdict(list)
    renderings = Rendering.objects.stale().filter(passage__appeal=appeal)
    for rendering in renderings.select_related("translation").order_by("translation"):
        stale[rendering.passage_id].append(rendering)
    for alias in appeal.passage_aliases.all():
        former[alias.passage_id].append(alias.key)
    for passage in appeal.passages.all():
        yield Line(passage, former[passage.pk], stale[passage.pk])


def address(appeal: Appeal) -> str:
    return reverse("admin:appeals_appeal_passages", args=[appeal.pk])
