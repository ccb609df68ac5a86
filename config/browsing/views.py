"""Pages that lead to everything: by place, by language, by the date of a document."""

from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config.browsing import shelves
from config.browsing.languages import own_name, tongues, written_in
from config.browsing.timeline import Timeline
from config.search.models import Indexed
from editorial.languages import language_name
from editorial.paging import page
from editorial.registers import Register, entries


def browse(request: HttpRequest) -> HttpResponse:
    """Say which ways there are."""
    return render(request, "browsing/browse.html")


def places(request: HttpRequest) -> HttpResponse:
    """List the places that live appeals and posts are from, by the alphabet."""
    live = Indexed.objects.live().exclude(place_slug="").order_by()
    counted = live.values_list("place_slug", "place").annotate(Count("pk"), Max("live_from"))
    register = Register(entries(counted), request)
    return render(
        request,
        "register.html",
        {"register": register, "title": _("Places"), "to": "place", "section": "browse"},
    )


def place(request: HttpRequest, slug: str) -> HttpResponse:
    """List what is from a place, the newest first."""
    rows = Indexed.objects.live().filter(place_slug=slug)
    newest = rows.order_by("-live_from", "place").first()
    if newest is None:
        raise Http404
    found, older = page(rows, request, shelves.SIZE, by="key")
    context = {"place": newest.place, "listed": shelves.listed(found), "older": older}
    return render(request, "browsing/place.html", context | {"section": "browse"})


def languages(request: HttpRequest) -> HttpResponse:
    """List the languages in which something can be read."""
    context = {"tongues": tongues(), "section": "browse"}
    return render(request, "browsing/languages.html", context)


def language(request: HttpRequest, lang: str) -> HttpResponse:
    """List what can be read in a language, the newest first."""
    found, older = page(written_in(lang), request, shelves.SIZE, by="key")
    if not found:
        raise Http404
    context = {"listed": shelves.texts(found), "older": older, "section": "browse"}
    about = {"language": lang, "name": capfirst(language_name(lang)), "own_name": own_name(lang)}
    return render(request, "browsing/language.html", context | about)


def timeline(request: HttpRequest) -> HttpResponse:
    """List the appeals by the date on the document."""
    context = {"timeline": Timeline(request), "section": "appeals"}
    return render(request, "browsing/timeline.html", context)
