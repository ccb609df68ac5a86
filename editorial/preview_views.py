"""The addresses of previews: those of the desk, and the one for people outside."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from csp.constants import NONE
from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from editorial.models import PreviewLink
from editorial.previewing import DAYS, linked, make_link, preview, previewed, revoke

Wrap = Callable[[Any], Any]


def preview_urls(wrap: Wrap) -> list[URLPattern]:
    """Return the desk's addresses of previews, for an admin site that wraps its views."""
    item = "<slug:app>/<slug:model>/<int:pk>/preview/"
    return [
        path(item, wrap(desk), name="preview"),
        path(f"{item}link/", wrap(make), name="make_preview_link"),
        path("preview-links/<int:pk>/revoke/", wrap(close), name="revoke_preview_link"),
    ]


def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show a working copy to whoever holds a link. Nothing here looks at who that is."""
    link = linked(token)
    return page(request, link.item, link.expires_at)


@require_safe
def desk(request: HttpRequest, app: str, model: str, pk: int) -> HttpResponse:
    """Show a working copy to the desk, as readers would get it."""
    return page(request, found(request, app, model, pk))


def page(request: HttpRequest, item: Any, expires: datetime | None = None) -> HttpResponse:
    """Return a preview: kept by no cache and no index, telling no other site its address.

    Its forms send nothing: the content security policy forbids it.
    """
    template, context = preview(item, request.GET)
    context |= {"preview": item, "expires": expires}
    response = render(request, template, context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    response._csp_replace = {"form-action": [NONE]}  # type: ignore[attr-defined]
    return response


def found(request: HttpRequest, app: str, model: str, pk: int) -> Any:
    """Return a working copy that this person may see.

    Raises:
        PermissionDenied: they may not see any of its kind.
    """
    kind = previewed(app, model)
    if not request.user.has_perm(kind.permission("view")):
        raise PermissionDenied
    return get_object_or_404(kind._base_manager, pk=pk)


class Asked(forms.Form):
    """How many days a link is to work."""

    days = forms.TypedChoiceField(
        choices=[(day, day) for day in DAYS], coerce=int, required=False, empty_value=None
    )


@require_POST
def make(request: HttpRequest, app: str, model: str, pk: int) -> HttpResponse:
    """Make a link to a working copy."""
    item = found(request, app, model, pk)
    asked = Asked(request.POST)
    if not asked.is_valid():
        raise BadRequest
    make_link(item, by=request.user, days=asked.cleaned_data["days"] or 7)
    messages.success(request, _("The link is made. Whoever has it can read this until it expires."))
    return back(item)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a link."""
    if not request.user.has_perm("editorial.change_previewlink"):
        raise PermissionDenied
    link = get_object_or_404(PreviewLink, pk=pk)
    revoke(link, by=request.user)
    messages.success(request, _("The link is revoked: it opens nothing any more."))
    return back(link.item)


def back(item: Any) -> HttpResponseRedirect:
    """Return to where the links are listed."""
    try:
        address = item.desk_path()
    except (AttributeError, NoReverseMatch):  # the item is gone, or has no page of its own
        return HttpResponseRedirect(reverse("admin:index"))
    return HttpResponseRedirect(f"{address}#previews")
