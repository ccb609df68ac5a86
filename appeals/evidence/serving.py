"""The one address at which readers get a page's picture."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from appeals.evidence.shelf import open_page
from appeals.models import AppealEdition, AppealEditionPage

TYPES = {"png": "image/png", "webp": "image/webp"}


@require_safe
def picture(request: HttpRequest, name: str, suffix: str) -> HttpResponse:
    """Send a picture while a live edition shows it; to everybody else there is none.

    Its bytes never change, but whether it is public may: caches keep it and ask each time, which
    costs no more than a 304.
    """
    file = f"{name}.{suffix}"
    shown = AppealEditionPage.objects.filter(file=file, edition__in=AppealEdition.objects.live())
    if suffix not in TYPES or not shown.exists():
        raise Http404
    etag = f'"{name}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            with open_page(file) as kept:
                response = HttpResponse(kept.read(), content_type=TYPES[suffix])
        except FileNotFoundError:
            raise Http404 from None
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
