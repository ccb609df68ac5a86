"""The page on which a translation is reviewed, and what its forms ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals.accepting import PASSAGE_MOVES
from appeals.checks.dismissing import (
    Checked,
    check_translation,
    dismiss,
    may_dismiss,
    tally_findings,
)
from appeals.checks.document import PLACES, place_name
from appeals.checks.registry import unread
from appeals.keys import hold_passage, led_to
from appeals.models import Passage, Translation
from appeals.naming.answering import may_answer
from appeals.naming.reviewing import ask_about_names
from appeals.reviewing import decide, next_open, rows, save_text, tally
from appeals.wording.reviewing import offer_similar
from editorial.models import Note
from editorial.noting import add_note, resolve_note
from editorial.numbers import whole
from editorial.states import CannotNow

Wrap = Callable[[Any], Any]


def review_urls(wrap: Wrap) -> list[URLPattern]:
    """Return the addresses of the review pages, for an admin site that wraps its views."""
    address = "appeals/translation/<int:pk>/review/"
    return [path(address, wrap(review), name="appeals_translation_review")]


#: After these a passage is done with for now.
FINISHING = {"save", *PASSAGE_MOVES}


class Asked(forms.Form):
    """What a form on the page sends; each of them sends a part."""

    do = forms.ChoiceField(choices=[(v, v) for v in ("save", "note", "dismiss", *PASSAGE_MOVES)])
    revision = forms.IntegerField(required=False, min_value=0)
    original = forms.CharField(required=False)
    rendering = forms.CharField(required=False)
    finding = forms.CharField(required=False)
    weight = forms.ChoiceField(choices=Note.Weight.choices, required=False)
    text = forms.CharField(required=False, strip=False)


@dataclass
class Refusal:
    """What could not be done, and what had been typed."""

    key: str
    do: str
    message: str
    text: str
    finding: str = ""
    #: Whether no form on the page holds what had been typed.
    is_stray: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a translation beside its original, and do what a form on that page asks."""
    if not request.user.has_perm("appeals.view_translation"):
        raise PermissionDenied
    translation = get_object_or_404(Translation.objects.select_related("appeal"), pk=pk)
    if request.method != "POST":
        return show(request, translation)
    key = request.POST.get("passage", "")
    if key in PLACES:
        return beside(request, translation, key)
    passage = led_to(translation.appeal, key)
    if "resolve" in request.POST:
        return settle(request, translation, passage)
    if passage.key != key:
        return merged_away(request, translation, passage, key)
    return act(request, translation, passage)


def show(
    request: HttpRequest, translation: Translation, refusal: Refusal | None = None
) -> TemplateResponse:
    """Return the page; after a refusal with the reason and the input at its passage."""
    found = rows(translation, request.user)
    checked = check_translation(translation, [(row.passage, row.rendering.text) for row in found])
    for row in found:
        row.checked = checked[row.passage.key]
    if refusal and refusal.do == "dismiss":
        there = {finding.fingerprint for finding in checked.get(refusal.key, Checked()).open}
        refusal.is_stray = refusal.finding not in there
    ask_about_names(translation, found)
    offer_similar(translation, found, request.GET)
    context = site.each_context(request) | {
        "title": _("Review: %(translation)s") % {"translation": translation},
        "is_nav_sidebar_enabled": False,
        "translation": translation,
        "original": translation.appeal,
        "rows": found,
        "tally": tally(found),
        "findings": tally_findings(checked),
        "unread": unread(translation.language),
        "around": [
            {"place": place, "name": name, "text": getattr(translation, place[1:]), "checked": at}
            for place, name in PLACES.items()
            if (at := checked.get(place)) and (at.open or at.dismissed)
        ],
        "names_asked": [row for row in found if row.questions],
        "may_answer": may_answer(request.user),
        "may_dismiss": may_dismiss(request.user),
        "refusal": refusal,
        "weights": Note.Weight,
        "may_edit": request.user.has_perm("appeals.change_rendering"),
        "may_review": request.user.has_perm("appeals.review_translation"),
        "may_see_scans": request.user.has_perm("appeals.open_original"),
        "may_note": request.user.has_perm("editorial.add_note"),
        "may_resolve": request.user.has_perm("editorial.change_note"),
    }
    page = "admin/appeals/translation/review.html"
    return TemplateResponse(request, page, context, status=409 if refusal else 200)


def beside(request: HttpRequest, translation: Translation, place: str) -> HttpResponse:
    """Dismiss what a check says of the title or the like."""
    asked = Asked(request.POST)
    if not asked.is_valid() or asked.cleaned_data["do"] != "dismiss":
        raise BadRequest
    text, finding = asked.cleaned_data["text"], asked.cleaned_data["finding"]
    seen = {name: asked.cleaned_data[name] for name in ("original", "rendering")}
    try:
        dismiss(translation, place, finding, by=request.user, reason=text, **seen)
    except CannotNow as refused:
        return show(request, translation, Refusal(place, "dismiss", str(refused), text, finding))
    said = _("%(passage)s: dismissed, with your reason.") % {"passage": place_name(place)}
    messages.success(request, said)
    address = reverse("admin:appeals_translation_review", args=[translation.pk])
    return HttpResponseRedirect(f"{address}#{place}")


def merged_away(
    request: HttpRequest, translation: Translation, passage: Passage, key: str
) -> HttpResponse:
    """Refuse what was asked of a passage that went into another, and keep what was typed."""
    why = _("§ %(key)s was merged into this passage after you opened it.") % {"key": key}
    do, text = request.POST.get("do", ""), request.POST.get("text", "")
    return show(request, translation, Refusal(passage.key, do, why, text))


def act(request: HttpRequest, translation: Translation, passage: Passage) -> HttpResponse:
    """Save, accept, send back, note or dismiss, and return to the passage."""
    asked = Asked(request.POST)
    if not asked.is_valid():
        raise BadRequest
    do, text, finding = (asked.cleaned_data[name] for name in ("do", "text", "finding"))
    try:
        said = done(request.user, translation, passage, asked.cleaned_data)
    except CannotNow as refused:
        there = led_to(translation.appeal, passage.key)  # it may have gone at this moment
        return show(request, translation, Refusal(there.key, do, str(refused), text, finding))
    messages.success(request, said % {"passage": passage})
    if do not in FINISHING:
        return back(translation, passage)
    return onward(translation, passage, to_translate=do == "save")


def done(by: Any, translation: Translation, passage: Passage, asked: dict[str, Any]) -> str:
    """Do what was asked and return how to say so."""
    do, text, revision = asked["do"], asked["text"], asked["revision"] or 0
    if do == "note":
        with transaction.atomic():
            hold_passage(passage)
            add_note(translation, text, by=by, place=passage.key, weight=asked["weight"])
        return _("%(passage)s: your note is kept.")
    if do == "save":
        if save_text(translation, passage, text, by=by, revision=revision):
            return _("%(passage)s: saved, to be reviewed.")
        return _("%(passage)s: nothing had changed, so nothing was saved.")
    if do == "dismiss":
        seen = {name: asked[name] for name in ("original", "rendering")}
        dismiss(translation, passage.key, asked["finding"], by=by, reason=text, **seen)
        return _("%(passage)s: dismissed, with your reason.")
    decide(
        translation,
        passage,
        do,
        by=by,
        revision=revision,
        original=asked["original"],
        reason=text,
    )
    return {
        "accept": _("%(passage)s: accepted."),
        "confirm": _("%(passage)s: confirmed, the meaning is unchanged."),
        "send_back": _("%(passage)s: sent back."),
        "vouch": _("%(passage)s: meaning unchanged. Somebody else confirms it."),
        "translate_again": _("%(passage)s: to be translated again; its text is kept."),
    }[do]


def settle(request: HttpRequest, translation: Translation, passage: Passage) -> HttpResponse:
    """Resolve a note at a passage, and return there."""
    notes = Note.objects.about(translation).filter(place=passage.key)
    number = whole(request.POST["resolve"])
    if number is None:
        raise BadRequest
    resolve_note(get_object_or_404(notes, pk=number), by=request.user)
    return back(translation, passage)


def onward(
    translation: Translation, passage: Passage, *, to_translate: bool
) -> HttpResponseRedirect:
    """Go on to the passage that waits next, or to the end where none does."""
    following = next_open(translation, passage, to_translate=to_translate)
    address = reverse("admin:appeals_translation_review", args=[translation.pk])
    return HttpResponseRedirect(f"{address}#{following.key if following else 'onward'}")


def back(translation: Translation, passage: Passage) -> HttpResponseRedirect:
    """Return to the passage worked on."""
    address = reverse("admin:appeals_translation_review", args=[translation.pk])
    return HttpResponseRedirect(f"{address}#{passage.key}")
