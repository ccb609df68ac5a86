"""Pages of the site itself."""

from operator import attrgetter
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from appeals.models import AppealEdition
from appeals.models.editions import AppealEditionPerson
from appeals.views import listed as listed_appeals
from blog.models import PostEdition, PostEditionPerson
from blog.views import listed as listed_posts
from config import corrections as corrected
from config.context import tongues
from config.front import fronts
from editorial.languages import spoken
from editorial.numbered import turn
from editorial.paging import pages
from editorial.registers import Register, named


def home(request: HttpRequest) -> HttpResponse:
    """Show the newest posts and appeals, first those in the reader's language."""
    return render(request, "home.html", fronts(spoken()))


def people(request: HttpRequest) -> HttpResponse:
    """List who wrote a live post or signed a live appeal by name, by the alphabet."""
    wrote = PostEditionPerson.objects.filter(edition__in=PostEdition.objects.live())
    signed = AppealEditionPerson.objects.filter(edition__in=AppealEdition.objects.live())
    register = Register(named(wrote, signed), request)
    context = {"register": register, "title": _("People"), "to": "person"}
    return render(request, "register.html", context)


def person(request: HttpRequest, slug: str) -> HttpResponse:
    """List what a person wrote and signed, as far as it is public."""
    wrote = PostEditionPerson.objects.filter(slug=slug)
    signed = AppealEditionPerson.objects.filter(slug=slug)
    author = newest_name(wrote.filter(edition__in=PostEdition.objects.live()))
    signatory = newest_name(signed.filter(edition__in=AppealEdition.objects.live()))
    if author is None and signatory is None:
        raise Http404
    named = max(filter(None, (author, signatory)), key=attrgetter("edition__live_from"))
    lists = {
        "wrote": listed_posts().filter(pk__in=wrote.values("edition")),
        "signed": listed_appeals().filter(pk__in=signed.values("edition")),
    }
    context = {"person": named, "is_author": bool(author), "parts": pages(lists, request)}
    return render(request, "person.html", context)


def newest_name(rows: Any) -> Any:
    """Return the name and the slug of a value as live editions give them last, and since when."""
    given = rows.values_list("edition__live_from", "name", "slug", named=True)
    return given.order_by("-edition__live_from", "edition__slug", "name").first()


def corrections(request: HttpRequest) -> HttpResponse:
    """List a year's corrections, the newest first."""
    years = corrected.years()
    asked = request.GET.get("year", "")
    by_name = {str(year): year for year in years}
    if asked and asked not in by_name:
        raise Http404
    if asked:
        turn(request)
    year = by_name.get(asked, max(years, default=0))
    context = {
        "corrections": corrected.of(year) if years else [],
        "year": year,
        "years": years,
        "section": "corrections",
    }
    return render(request, "corrections.html", context)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say why a request was not taken: most often more was sent at once than we take."""
    too_large = isinstance(exception, RequestDataTooBig)
    context = {"too_large": too_large, "limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}
    return render(request, "400.html", context, status=413 if too_large else 400)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing. Nothing of the address is on the page: all such pages are one."""
    return render(request, "404.html", {"TONGUES": tongues("/")}, status=404)


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer "ok" when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
