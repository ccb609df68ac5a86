"""The desk's page about names that look alike, and what its forms ask for."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals.models import NameAnswer, Translation, UsesNames
from appeals.naming.answering import answer, asked_about, may_answer
from editorial.states import CannotNow

#: So many answers are shown; the name memory has what follows from them all.
LATEST = 100


def naming_urls(wrap: Callable[[Any], Any]) -> list[URLPattern]:
    """Return the address, for an admin site that wraps its views."""
    return [path("names/", wrap(names_asked), name="names_asked")]


class Asked(forms.Form):
    """What the form of a question sends."""

    known = forms.CharField(max_length=200)
    found = forms.CharField(max_length=200)
    canonical = forms.CharField(max_length=200, required=False)
    answer = forms.ChoiceField(choices=NameAnswer.Answer)
    item = forms.CharField(max_length=16, required=False)
    place = forms.SlugField(max_length=40, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def names_asked(request: HttpRequest) -> HttpResponse:
    """List what is asked among the site's own names, and answer a question from wherever."""
    if not request.user.has_perm("appeals.view_canonicalname"):
        raise PermissionDenied
    if request.method == "POST":
        return answered(request)
    context = site.each_context(request) | {
        "title": _("Names that look alike"),
        "questions": asked_about(None),
        "answers": NameAnswer.objects.all()[:LATEST],
        "may_answer": may_answer(request.user),
    }
    return TemplateResponse(request, "admin/appeals/names_asked.html", context)


def answered(request: HttpRequest) -> HttpResponse:
    """Remember an answer, and return to where it was asked."""
    form = Asked(request.POST)
    if not form.is_valid():
        raise BadRequest
    asked = form.cleaned_data
    item = text_of(request.user, asked["item"])
    try:
        row = answer(
            item,
            asked["known"],
            asked["found"],
            asked["answer"],
            canonical=asked["canonical"],
            by=request.user,
        )
    except CannotNow as refusal:
        messages.warning(request, str(refusal))
    else:
        said = _("“%(one)s” and “%(other)s”: %(answer)s. Nobody is asked again.")
        names = {"one": row.one, "other": row.other, "answer": row.get_answer_display()}
        messages.success(request, said % names)
    return HttpResponseRedirect(page_of(item, asked["place"]))


def text_of(user: Any, key: str) -> Any:
    """Return the working copy with a key that this person may see; None for no key."""
    if not key:
        return None
    kinds: list[Any] = [model for model in apps.get_models() if issubclass(model, UsesNames)]
    for model in kinds:
        item = model._base_manager.filter(key=key).first()
        if item and user.has_perm(item.permission("view")):
            return item
    raise Http404


def page_of(item: Any, place: str) -> str:
    """Return where a text is worked on, or the page of the questions without one."""
    if item is None:
        return reverse("admin:names_asked")
    if isinstance(item, Translation):
        page = reverse("admin:appeals_translation_review", args=[item.pk])
        return f"{page}#{place}" if place else page
    return f"{item.desk_path()}#names-asked"
