"""Answers for addresses that once were, and for what is gone."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from editorial.addresses import canonical
from editorial.models import Path
from editorial.resolving import Gone, Moved


class AddressMiddleware:
    """Turn ``Moved`` into 301 and ``Gone`` into 410, and try old paths before a 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and not request.path.startswith("/admin/"):
            return old_path(request) or response
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> Any:
        return answer(request, exception)


def old_path(request: HttpRequest) -> HttpResponse | None:
    """Return the answer for a path that is kept for an item, if it is and was ever public.

    A site that moved in from elsewhere may have had languages in front of its paths, too.
    """
    path = canonical(request.path)
    if "\0" in path:  # PostgreSQL takes it for a broken query, and no path has one
        return None
    found = {kept.path: kept for kept in Path.objects.filter(path__in={path, request.path})}
    kept = found.get(request.path) or found.get(path)
    model: Any = kept.content_type.model_class() if kept else None
    if kept is None or model is None:
        return None
    editions = model.edition_model.objects.filter(item_id=kept.object_id)
    if is_secret(editions, kept.path):
        return None
    live = editions.live().first()
    if live is not None and canonical(live.get_absolute_url()) != kept.path:
        return HttpResponsePermanentRedirect(live.get_absolute_url())
    last = editions.was_live().order_by("-live_from").first()
    return gone(request, last) if live is None and last is not None else None


def is_secret(editions: Any, path: str) -> bool:
    """Tell whether a path is kept only for what is scheduled, or never came to be.

    One that is no edition's own was kept for the item when it moved in from elsewhere.
    """
    of_all = {canonical(edition.get_absolute_url()) for edition in editions.light()}
    of_public = {canonical(edition.get_absolute_url()) for edition in editions.was_live().light()}
    return path in of_all - of_public


def answer(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """Return the response that an exception of ``editorial.resolving`` asks for."""
    if isinstance(exception, Moved):
        return HttpResponsePermanentRedirect(exception.url)
    if isinstance(exception, Gone):
        return gone(request, exception.edition)
    return None


def gone(request: HttpRequest, edition: Any) -> HttpResponse:
    """Return 410 with the public note."""
    return render(request, "410.html", {"edition": edition}, status=410)
