"""The desk: the admin site where editors, translators, reviewers and moderators work."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.context_processors import PermWrapper
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class DeskSite(admin.AdminSite):
    site_header = site_title = _("Broadside desk")
    index_title = _("Waiting for you")

    def get_urls(self) -> list[Any]:
        """Add the pages that belong to no single model's admin."""
        # What they import reads models, which load after this.
        from appeals.evidence.desk import evidence_urls
        from appeals.review_views import review_urls
        from editorial.preview_views import preview_urls

        ours = [
            *evidence_urls(self.admin_view),
            *review_urls(self.admin_view),
            *preview_urls(self.admin_view),
        ]
        return [*ours, *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add what public pages must never look at: the user and their messages."""
        return super().each_context(request) | {
            "user": request.user,
            "perms": PermWrapper(request.user),
            "messages": get_messages(request),
        }
