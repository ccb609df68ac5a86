"""Hiding a name at once: one button, for everybody on the staff."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appeals.hiding import PERMISSION, hide, named, pick_public
from appeals.leaving import leave_names
from appeals.models import Appeal, AppealEdition
from appeals.sweep import show_where
from editorial.numbers import whole
from editorial.states import CannotNow, MayNot

#: A longer list stands on a page of its own.
FEW = 30


class HidingMixin:
    """The pages of the names in appeals, for the appeals' admin.

    Who may not look at appeals under way is shown what readers see, and hides that.
    """

    def get_urls(self) -> list[Any]:
        admin: Any = self
        wrap = admin.admin_site.admin_view
        page = require_http_methods(["GET", "HEAD", "POST"])(self.names)
        return [
            path("names/", wrap(require_safe(self.all_names)), name="appeals_names"),
            path("<int:object_id>/names/", wrap(page), name="appeals_appeal_names"),
            path(
                "<int:object_id>/names-left/",
                wrap(require_POST(self.names_left)),
                name="appeals_appeal_names_left",
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def all_names(self, request: HttpRequest) -> HttpResponse:
        """List the public appeals: from here somebody who moderates hides a name too."""
        demand(request)
        public = AppealEdition.objects.live().light().defer("content").newest_first()
        return self.page(request, "all_names.html", _("Hide a name"), editions=public)

    def names(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """List the names that stand in an appeal; hide the one whose button was pressed.

        No name is in an address, in a message or in what is posted.
        """
        demand(request)
        admin: Any = self
        appeal = Appeal._base_manager.filter(pk=object_id).first()
        if appeal is None:
            raise Http404
        live = AppealEdition.objects.live().filter(item=appeal).first()
        may_look = admin.has_view_or_change_permission(request, appeal)
        if not may_look and live is None:
            raise Http404
        title = _("Names in “%(appeal)s”") % {"appeal": appeal if may_look else live}
        if request.method == "POST":
            return self.hide(request, appeal, may_look, title)
        found = [one for one in named(appeal) if may_look or one.is_public]
        return self.page(request, "names.html", title, item=appeal, named=found, may_look=may_look)

    def names_left(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Let names stand that the appeal gives no more, for the reason given."""
        admin: Any = self
        appeal = admin.seen(request, str(object_id))
        if appeal is None:
            raise Http404
        revision, reason = whole(request.POST.get("revision", "")), request.POST.get("reason", "")
        if revision is None:
            raise BadRequest
        try:
            leave_names(appeal, by=request.user, reason=reason, revision=revision)
        except (MayNot, CannotNow) as refusal:
            admin.message_user(request, str(refusal), messages.WARNING)
        else:
            admin.message_user(request, _("Your reason is kept."), messages.SUCCESS)
        return HttpResponseRedirect(admin.address(appeal) + "#names")

    def page(self, request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
        admin: Any = self
        context |= admin.admin_site.each_context(request) | {"title": title, "opts": admin.opts}
        page = TemplateResponse(request, f"admin/appeals/appeal/{name}", context)
        page.headers["Cache-Control"] = "no-store"
        return page

    @method_decorator(sensitive_variables())
    def hide(self, request: HttpRequest, appeal: Any, may_look: bool, title: str) -> HttpResponse:
        """Hide a name, and show where it still stands: only this answer knows the name by now."""
        admin: Any = self
        home = reverse("admin:appeals_appeal_names", args=[appeal.pk])
        if may_look:
            home = admin.address(appeal)
        try:
            if not may_look:
                pick_public(appeal, request.POST.get("at", ""))
            names = hide(appeal, request.POST.get("at", ""), by=request.user)
        except CannotNow as refusal:
            admin.message_user(request, str(refusal), messages.WARNING)
            return HttpResponseRedirect(f"{home}#names")
        if not names:
            said = _(
                "The name is hidden: here and in everything readers see of this appeal. It may"
                " still stand in passages, translations and posts: search for it."
            )
            admin.message_user(request, said, messages.SUCCESS)
            return HttpResponseRedirect(f"{home}#names")
        said = _(
            "The name is hidden: here and in everything readers see of this appeal. Where it still"
            " stands is said below: nothing else knows the name by now."
        )
        admin.message_user(request, said, messages.SUCCESS)
        return show_where(request, sorted(names), f"{home}#names", title)


def demand(request: HttpRequest) -> None:
    """Raise ``PermissionDenied`` unless this person's role includes hiding names."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
