"""The desk's pages of the exchange: files out, files in with a look before, and paper."""

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import site
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from appeals.exchange.arriving import Arrival, Standing, Taken, Text, compare, take, text_of
from appeals.exchange.packing import FORMATS, file_name, pack, replaced
from appeals.exchange.parcel import Unreadable
from appeals.exchange.parsing import MAX_BYTES
from appeals.exchange.reading import read
from appeals.models import Rendering, Translation
from editorial.comparing import differences
from editorial.states import CannotNow

Wrap = Callable[[Any], Any]
#: What was looked at travels with the form that confirms it, signed: nothing is kept here.
SALT = "appeals.exchange"
A_DAY = 60 * 60 * 24
OFFERED = [
    ("xliff-1.2", "XLIFF 1.2", gettext_lazy("what nearly every tool reads")),
    ("xliff-2.1", "XLIFF 2.1", gettext_lazy("the newer standard")),
    ("tmx", "TMX 1.4", gettext_lazy("a memory: only what is rendered already")),
]


def exchange_urls(wrap: Wrap) -> list[URLPattern]:
    """Return the addresses of the exchange, for an admin site that wraps its views."""
    base = "appeals/translation/<int:pk>/"
    return [
        path(f"{base}exchange/", wrap(exchange), name="appeals_translation_exchange"),
        path(f"{base}exchange/<str:form>/", wrap(download), name="appeals_translation_download"),
        path(f"{base}sheet/", wrap(sheet), name="appeals_translation_sheet"),
    ]


def found(request: HttpRequest, pk: int) -> Translation:
    """Return a translation, for those who may see it.

    Raises:
        PermissionDenied: this person may not.
    """
    if not request.user.has_perm("appeals.view_translation"):
        raise PermissionDenied
    return get_object_or_404(Translation.objects.select_related("appeal"), pk=pk)


def show(
    request: HttpRequest, translation: Translation, page: str, status: int = 200, **more: Any
) -> TemplateResponse:
    """Return one of the pages."""
    context = site.each_context(request) | {
        "translation": translation,
        "original": translation.appeal,
        "may_import": request.user.has_perm("appeals.change_rendering"),
    }
    template = f"admin/appeals/translation/{page}.html"
    return TemplateResponse(request, template, context | more, status=status)


@require_safe
def download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Answer with the translation as a file."""
    translation = found(request, pk)
    if form not in FORMATS:
        raise Http404
    write, kind, _suffix = FORMATS[form]
    try:
        data = write(pack(translation.appeal, translation.language, translation))
    except CannotNow as why:
        messages.error(request, str(why))
        return redirect("admin:appeals_translation_exchange", translation.pk)
    name = file_name(translation.appeal, translation.language, form)
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": disposition})


@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer files, show what one that came back would change, and take in what is confirmed."""
    translation = found(request, pk)
    try:
        if request.method == "POST" and not request.user.has_perm("appeals.change_rendering"):
            raise PermissionDenied
        if "parcel" in request.POST:
            return confirm(request, translation)
        if request.method == "POST":
            return preview(request, translation)
    except CannotNow as why:
        return offer(request, translation, str(why))
    return offer(request, translation)


def offer(request: HttpRequest, translation: Translation, refusal: str = "") -> HttpResponse:
    """Show what there is to download, and the form to send a file back."""
    return show(
        request,
        translation,
        "exchange",
        status=400 if refusal else 200,
        title=_("Exchange: %(translation)s") % {"translation": translation},
        formats=OFFERED,
        refusal=refusal,
        replaced=replaced(translation.appeal, translation),
    )


def preview(request: HttpRequest, translation: Translation) -> HttpResponse:
    """Show, passage by passage, what a file would change. Nothing is written."""
    file = request.FILES.get("file")
    if file is None:
        raise Unreadable(_("Choose a file first."))
    parcel = read(file.read(MAX_BYTES + 1), translation.language)
    arrivals = compare(translation, parcel)
    texts = [astuple(text_of(arrival)) for arrival in arrivals if arrival.can_be_taken]
    packed = signing.dumps([translation.pk, texts], salt=SALT, compress=True)
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if limit and len(packed) + 100_000 > limit:
        raise Unreadable(_("This is too much for one go at the desk: use import_translation."))
    return show(
        request,
        translation,
        "arrivals",
        title=_("What has come back: %(translation)s") % {"translation": translation},
        arrivals=[(arrival, pieces(arrival)) for arrival in arrivals],
        tally=[(s, sum(a.standing == s for a in arrivals)) for s in Standing],
        left_out=translation.appeal.passages.count() - sum(bool(a.passage) for a in arrivals),
        parcel=packed if texts else "",
    )


def pieces(arrival: Arrival) -> Any:
    """Return what differs from the rendering that is here, word by word."""
    return differences(arrival.before, arrival.text) if arrival.can_be_taken else []


def confirm(request: HttpRequest, translation: Translation) -> HttpResponse:
    """Take in the passages that were chosen, as they were shown."""
    try:
        about, packed = signing.loads(request.POST["parcel"], salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        about, packed = None, []
    if about != translation.pk:
        raise Unreadable(_("This preview is older than a day, or broken: send the file again."))
    chosen = {*request.POST.getlist("take")}
    texts = [text for text in (Text(*fields) for fields in packed) if text.key in chosen]
    tell(request, take(translation, texts, by=request.user))
    return redirect("admin:appeals_translation_review", translation.pk)


def tell(request: HttpRequest, taken: Taken) -> None:
    """Say what was taken in, and what was not after all."""
    count = len(taken.keys)
    said = ngettext(
        "%(count)d passage taken in, to be reviewed.",
        "%(count)d passages taken in, to be reviewed.",
        count,
    )
    messages.add_message(
        request, messages.SUCCESS if count else messages.INFO, said % {"count": count}
    )
    for key, reason in taken.refused.items():
        refused = _("§ %(key)s: refused: %(reason)s.")
        messages.warning(request, refused % {"key": key, "reason": reason.label})


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the passages numbered, both texts beside each other, for paper."""
    translation = found(request, pk)
    renderings = {r.passage_id: r for r in translation.renderings.select_related("passage")}
    rows = [
        (passage, renderings.get(passage.pk) or Rendering(passage=passage))
        for passage in translation.appeal.passages.all()
    ]
    title = _("Sheet: %(translation)s") % {"translation": translation}
    today = timezone.localdate()
    return show(request, translation, "sheet", title=title, rows=rows, today=today)
