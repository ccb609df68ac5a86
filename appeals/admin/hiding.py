"""Hiding a name at once: one button, for anybody who may look at the appeal."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals.hiding import PERMISSION, hide, named
from editorial.states import CannotNow

#: A longer list stands on a page of its own.
FEW = 30


class HidingMixin:
    """The page of the names in an appeal, for its admin."""

    def get_urls(self) -> list[Any]:
        admin: Any = self
        view = admin.admin_site.admin_view(
            require_http_methods(["GET", "HEAD", "POST"])(self.names)
        )
        ours = path("<path:object_id>/names/", view, name="appeals_appeal_names")
        return [ours, *super().get_urls()]  # type: ignore[misc]

    def names(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """List the names that stand in an appeal; hide the one whose button was pressed.

        No name is in an address, in a message or in what is posted.
        """
        admin: Any = self
        appeal = admin.seen(request, object_id)
        if appeal is None:
            raise Http404
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        if request.method == "POST":
            return self.hide(request, appeal)
        context = admin.admin_site.each_context(request) | {
            "title": _("Names in “%(appeal)s”") % {"appeal": appeal},
            "item": appeal,
            "named": named(appeal),
            "opts": admin.opts,
        }
        page = TemplateResponse(request, "admin/appeals/appeal/names.html", context)
        page.headers["Cache-Control"] = "no-store"
        return page

    def hide(self, request: HttpRequest, appeal: Any) -> HttpResponse:
        """Hide a name and return to the appeal."""
        admin: Any = self
        try:
            hide(appeal, request.POST.get("at", ""), by=request.user)
        except CannotNow as refusal:
            admin.message_user(request, str(refusal), messages.WARNING)
        else:
            said = _(
                "The name is hidden: here and in everything readers see of this appeal. It may"
                " still stand in passages, translations and posts: search for it."
            )
            admin.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(admin.address(appeal) + "#names")
