"""Pages of appeals, for readers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from appeals.models import AppealEdition, TranslationEdition
from editorial.resolving import resolve


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the live edition of an appeal."""
    edition = resolve(AppealEdition.objects.light(), slug=slug)
    return render(request, "appeals/detail.html", {"edition": edition})


def text(request: HttpRequest, slug: str, lang: str) -> HttpResponse:
    """Show an appeal in one language."""
    appeal = resolve(AppealEdition.objects.light(), slug=slug)
    edition = resolve(TranslationEdition.objects.light(), appeal_id=appeal.item_id, language=lang)
    return render(request, "appeals/text.html", {"appeal": appeal, "edition": edition})
