"""The page on which a passage is split: where its original divides, and each rendering."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals.dividing import MARK, divide, with_mark
from appeals.keys import led_to
from appeals.models import Appeal, Passage, Translation
from appeals.passage_views import address, page
from appeals.splitting import split_passage
from editorial.states import CannotNow


class Asked(forms.Form):
    """The texts with the mark in them, and what the second passage is."""

    kind = forms.ChoiceField(choices=Passage.Kind)
    original = forms.CharField(required=False, strip=False)

    def __init__(self, *args: Any, translations: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        for pk in translations:
            self.fields[f"rendering-{pk}"] = forms.CharField(required=False, strip=False)


@dataclass
class Box:
    """A text to be divided, in the language it is in."""

    name: str
    translation: Translation | None
    language: str
    text: str


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Show a passage with its renderings, and split it where they say."""
    if not request.user.has_perms(["appeals.change_passage", "appeals.change_rendering"]):
        raise PermissionDenied
    appeal = get_object_or_404(Appeal, pk=pk)
    passage = led_to(appeal, key)
    renderings = passage.renderings.exclude(text="").order_by("translation")
    texts = {r.translation_id: r for r in renderings.select_related("translation")}
    asked = Asked(request.POST or None, translations=list(texts))
    refusal = ""
    if request.method == "POST" and asked.is_valid():
        try:
            second = done(request.user, appeal, passage, asked.cleaned_data, list(texts))
        except CannotNow as refused:
            refusal = str(refused)
        else:
            said = _("%(first)s was split; %(second)s begins where you said.")
            messages.success(request, said % {"first": passage, "second": second})
            return HttpResponseRedirect(f"{address(appeal)}#{passage.key}")
    boxes = [Box("original", None, appeal.original_language, passage.text)]
    for pk, rendering in texts.items():
        translation = rendering.translation
        box = Box(f"rendering-{pk}", translation, translation.language, rendering.text)
        boxes.append(box)
    for box in boxes:
        box.text = request.POST.get(box.name, with_mark(box.text))
    context = page(request, appeal, _("Split a passage: %(appeal)s")) | {
        "passage": passage,
        "boxes": [box for box in boxes if box.text],
        "kinds": Passage.Kind.choices,
        "kind": request.POST.get("kind", passage.kind),
        "mark": MARK,
        "refusal": refusal,
    }
    template = "admin/appeals/appeal/split.html"
    status = 409 if refusal else 400 if asked.is_bound else 200
    return TemplateResponse(request, template, context, status=status)


def done(
    by: Any, appeal: Appeal, passage: Passage, asked: dict[str, Any], translations: list[int]
) -> Passage:
    """Split the passage as asked; a rendering without a mark stays whole with the first."""
    halves = parted(asked["original"])
    if halves is None and passage.text:
        raise CannotNow(_("Put a line %(mark)s into the original.") % {"mark": MARK})
    divided = {pk: parted(asked[f"rendering-{pk}"]) for pk in translations}
    rendered = {
        pk: parts or (asked[f"rendering-{pk}"].strip(), "") for pk, parts in divided.items()
    }
    return split_passage(appeal, passage, halves or ("", ""), rendered, by=by, kind=asked["kind"])


def parted(text: str) -> tuple[str, str] | None:
    """Divide a text as ``divide`` does.

    Raises:
        CannotNow: there are several marks.
    """
    try:
        return divide(text)
    except ValueError:
        raise CannotNow(
            _("A passage is split in two: one line %(mark)s in each text.") % {"mark": MARK}
        ) from None
