"""The one address at which readers get a page's picture, as it is or in a smaller width."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from appeals.evidence import limits
from appeals.evidence.pixels import widths
from appeals.evidence.shelf import open_page
from appeals.models import AppealEdition, AppealEditionPage

TYPES = {"png": "image/png", "webp": "image/webp"}


def picture(request: HttpRequest, name: str, suffix: str) -> HttpResponseBase:
    """Send a picture while a live edition shows it; to everybody else there is none.

    Its bytes never change, but whether it is public may: caches keep it and ask each time, which
    costs no more than a 304.
    """
    digest, dash, width = name.partition("-")
    if suffix not in TYPES or (dash and width not in map(str, widths(limits.SIDE, suffix))):
        raise Http404
    page = f"{digest}.{suffix}"
    shown = AppealEditionPage.objects.filter(file=page, edition__in=AppealEdition.objects.live())
    if not shown.exists():
        raise Http404
    response = first_of(dict.fromkeys([f"{name}.{suffix}", page]), request)
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def first_of(files: Iterable[str], request: HttpRequest) -> HttpResponseBase:
    """Send the first of these that is kept: a page stands in for a width not made yet.

    Raises:
        Http404: none is kept.
    """
    for file in files:
        stem, _dot, suffix = file.partition(".")
        etag = f'"{stem}"'
        response = get_conditional_response(request, etag=etag)
        if response is None:
            try:
                with open_page(file) as kept:
                    response = HttpResponse(kept.read(), content_type=TYPES[suffix])
            except FileNotFoundError:
                continue
        response.headers["ETag"] = etag
        return response
    raise Http404
