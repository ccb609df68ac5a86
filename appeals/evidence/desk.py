"""The desk's pages of a document: its release, its pages and what lies on them, its original."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from appeals.evidence import releasing
from appeals.evidence.boxing import digest_of, laid_on, lay
from appeals.evidence.forms import LaidFormSet, as_percent, choices_for
from appeals.evidence.serving import TYPES, first_of
from appeals.evidence.shelf import narrowed
from appeals.evidence.taking import drawn_page
from appeals.models import AppealEdition, AppealEditionPage, PageImage, SourceDocument
from appeals.models.sources import hides_a_name
from editorial.states import CannotNow, MayNot

Wrap = Callable[[Any], Any]


def evidence_urls(wrap: Wrap) -> list[URLPattern]:
    """Return the addresses of documents at the desk, for an admin site that wraps its views."""
    base = "appeals/sourcedocument/<int:pk>/"
    page = f"{base}pages/<int:number>/"
    return [
        path(f"{base}pages/", wrap(document), name="appeals_document"),
        path(f"{base}original/", wrap(original), name="appeals_document_original"),
        path(page, wrap(sheet), name="appeals_document_page"),
        path(f"{page}public/", wrap(public_picture), name="appeals_document_public"),
        path(f"{page}public/<int:width>/", wrap(public_picture), name="appeals_document_narrow"),
        path(f"{page}uncovered/", wrap(uncovered_picture), name="appeals_document_uncovered"),
    ]


def found(request: HttpRequest, pk: int) -> SourceDocument:
    """Return a document, for those who may see all that it shows.

    Raises:
        PermissionDenied: this person may not.
    """
    if not request.user.has_perm("appeals.open_original"):
        raise PermissionDenied
    return get_object_or_404(SourceDocument.objects.select_related("appeal"), pk=pk)


def found_page(request: HttpRequest, pk: int, number: int) -> PageImage:
    return get_object_or_404(PageImage, document=found(request, pk), number=number)


def render(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    context = site.each_context(request) | context
    return TemplateResponse(request, f"admin/appeals/document/{template}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a document's pages as readers would get them, and decide whether they do."""
    shown = found(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            done = decide(request, shown)
        except (MayNot, CannotNow) as why:
            refusal = str(why)
            shown = found(request, pk)
        else:
            messages.success(request, done)
            return HttpResponseRedirect(reverse("admin:appeals_document", args=[pk]))
    context = {
        "title": shown.title,
        "document": shown,
        "images": list(shown.images.all()),
        "hides_a_name": hides_a_name(shown.appeal.signatories.all()),
        "public_now": public_now(shown).count(),
        "may_work": request.user.has_perm("appeals.change_sourcedocument"),
        "may_take": request.user.has_perm("editorial.add_redaction"),
        "refusal": refusal,
    }
    response = render(request, "document", context)
    response.status_code = 409 if refusal else 200
    return response


def public_now(shown: SourceDocument) -> Any:
    """Return the pictures of the appeal that readers get at this moment."""
    live = AppealEdition.objects.live().filter(item_id=shown.appeal_id)
    return AppealEditionPage.objects.filter(edition__in=live)


def decide(request: HttpRequest, shown: SourceDocument) -> str:
    """Do what a button says; return what was done."""
    seen, by = request.POST.get("seen", ""), request.user
    match request.POST.get("do"):
        case "release":
            releasing.release(shown, seen=seen, by=by)
            return _("Released. Readers see the pages once the appeal is approved and published.")
        case "confirm":
            releasing.confirm_covered(shown, seen=seen, by=by)
            return _("Confirmed: no hidden name can be read on these pages.")
        case "take_back":
            releasing.take_back(shown, by=by)
            return _("Taken back: no edition to come shows these pages.")
        case "take_from_readers":
            ground = request.POST.get("ground", "").strip()
            if not ground:
                raise CannotNow(_("Please write why, in words that may be kept."))
            releasing.take_from_readers(shown, by=by, ground=ground)
            return _("Readers get no picture of this appeal any more.")
    raise BadRequest


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show one page as it is in the original, and what lies on it, in fields and as a drawing."""
    image = found_page(request, pk, number)
    rows, seen = laid_on(image), digest_of(image)
    options: Any = {"form_kwargs": {"choices": choices_for(image)}}
    formset: Any = LaidFormSet(request.POST or None, initial=list(map(as_percent, rows)), **options)
    refusal = ""
    if request.method == "POST" and request.POST.get("seen") != seen:
        yours = LaidFormSet(request.POST, **options)
        both = dict.fromkeys([*rows, *yours.all_laid()]) if yours.is_valid() else rows
        formset = LaidFormSet(initial=list(map(as_percent, both)), **options)
        refusal = _(
            "Somebody changed this page after you opened it: here are their boxes with yours."
        )
    elif request.method == "POST" and formset.is_valid():
        try:
            lay(image, formset.all_laid(), seen=seen, by=request.user)
        except (MayNot, CannotNow) as why:
            refusal = str(why)
        else:
            messages.success(request, _("Saved. Below is the page as readers would get it."))
            return HttpResponseRedirect(reverse("admin:appeals_document_page", args=[pk, number]))
    pages = image.document.images
    context = {
        "title": f"{image.document}: {image}",
        "document": image.document,
        "image": image,
        "formset": formset,
        "seen": seen,
        "previous": pages.filter(number__lt=number).last(),
        "next": pages.filter(number__gt=number).first(),
        "may_work": request.user.has_perm("appeals.change_sourcedocument"),
        "refusal": refusal,
    }
    response = render(request, "page", context)
    response.status_code = 409 if refusal else 200
    return response


@require_safe
def public_picture(request: HttpRequest, pk: int, number: int, width: int = 0) -> HttpResponseBase:
    """Send a page's picture as readers would get it, or in a smaller width."""
    file = found_page(request, pk, number).content()["file"]
    return first_of([narrowed(file, width), file] if width else [file], request)


@require_safe
def uncovered_picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Send a page's picture without its black boxes: it is drawn for this and kept nowhere."""
    try:
        page = drawn_page(found_page(request, pk, number), [], smaller=False)
    except CannotNow:
        raise Http404 from None
    return HttpResponse(page.data, content_type=TYPES[page.suffix])


@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the original as a file to keep: no browser opens it here, whatever it holds."""
    shown = found(request, pk)
    try:
        file = shown.original.open("rb")
    except (FileNotFoundError, ValueError):
        raise Http404 from None
    response = FileResponse(
        file,
        as_attachment=True,
        filename=shown.original_name or "original",
        content_type="application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
