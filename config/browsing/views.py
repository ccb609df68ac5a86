"""Pages that lead to everything: by place, by language, by the date of a document."""

from typing import Any

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
from editorial.numbered import Paged
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
    found = rows.order_by("-published_at", "key").values_list("pk", flat=True)
    context = turned(request, list(found))
    context["listed"] = shelves.listed(context.pop("rows"))
    return render(request, "browsing/place.html", context | {"place": newest.place})


def languages(request: HttpRequest) -> HttpResponse:
    """List the languages in which something can be read."""
    context = {"tongues": tongues(), "section": "browse"}
    return render(request, "browsing/languages.html", context)


def language(request: HttpRequest, lang: str) -> HttpResponse:
    """List what can be read in a language, the newest first."""
    context = turned(request, written_in(lang))
    context["listed"] = shelves.texts(context.pop("rows"))
    about = {"language": lang, "name": capfirst(language_name(lang)), "own_name": own_name(lang)}
    return render(request, "browsing/language.html", context | about)


def timeline(request: HttpRequest) -> HttpResponse:
    """List the appeals by the date on the document."""
    context = {"timeline": Timeline(request), "section": "appeals"}
    return render(request, "browsing/timeline.html", context)


def turned(request: HttpRequest, rows: list[int]) -> dict[str, Any]:
    """Return one page of rows of the index, and where the others are.

    Raises:
        Http404: there are none, or not so many pages.
    """
    if not rows:
        raise Http404
    page = Paged(request, len(rows), shelves.SIZE)
    return {
        "rows": shelves.rows_of(rows[page.start : page.end]),
        "number": page.number,
        "pages": page.pages,
        "before": page.before,
        "after": page.after,
        "section": "browse",
    }
