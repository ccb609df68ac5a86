"""The desk: the admin site where editors, translators, reviewers and moderators work."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.context_processors import PermWrapper
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from editorial.desk import piles_for


class DeskSite(admin.AdminSite):
    site_header = site_title = _("Broadside desk")
    index_title = _("Waiting for you")
    enable_nav_sidebar = False

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the form to sign in with; what it imports reads models, which load after this."""
        from config.signing_in import SignInForm

        self.login_form = SignInForm
        return super().login(request, extra_context)

    def get_urls(self) -> list[Any]:
        """Add the pages that belong to no single model's admin."""
        # What they import reads models, which load after this.
        from appeals.evidence.desk import evidence_urls
        from appeals.exchange.desk import exchange_urls
        from appeals.naming.desk import naming_urls
        from appeals.passage_urls import passage_urls
        from appeals.review_views import review_urls
        from appeals.sweep import sweep_urls
        from config.beginning import beginning_urls
        from editorial.preview_views import preview_urls

        ours = [
            path("calendar/", self.admin_view(self.calendar), name="calendar"),
            *evidence_urls(self.admin_view),
            *exchange_urls(self.admin_view),
            *naming_urls(self.admin_view),
            *passage_urls(self.admin_view),
            *review_urls(self.admin_view),
            *preview_urls(self.admin_view),
            *sweep_urls(self.admin_view),
            *beginning_urls(self.admin_view),
        ]
        return [*ours, *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """Show what waits for this person, and then the ways to everything."""
        from config.beginning import beginnings, first_steps  # they read models

        piles = piles_for(request.user)
        waiting = {
            "piles": piles,
            "first_steps": first_steps(request.user),
            "beginnings": [] if piles else list(beginnings(request.user)),
            "is_nav_sidebar_enabled": False,
        }
        return super().index(request, waiting | (extra_context or {}))

    def calendar(self, request: HttpRequest) -> HttpResponse:
        """Show what is planned, scheduled and published in a month."""
        from editorial.calendar import month_of

        month = month_of(request.user, request.GET.get("month", ""))
        context = self.each_context(request) | {"title": _("Calendar"), "month": month}
        return TemplateResponse(request, "admin/calendar.html", context)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add what public pages must never look at: the user and their messages."""
        return super().each_context(request) | {
            "user": request.user,
            "perms": PermWrapper(request.user),
            "messages": get_messages(request),
        }
