"""Editions at the desk: to look at. They change for nobody."""

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from editorial.admin.base import ReadOnlyAdmin
from editorial.admin.lists import chip
from editorial.admin.standing import STANDINGS, standing_of


class EditionAdmin(ReadOnlyAdmin):
    """Whoever may look at the working copy may look at what was sealed of it."""

    list_display = ("title", "number", "standing", "kind", "live_from", "live_until")
    list_filter = ("kind", "language")
    search_fields = ("title", "slug", "key")
    date_hierarchy = "live_from"
    ordering = ("-live_from",)
    fields = (
        "title",
        "number",
        "standing",
        "kind",
        "note",
        "live_from",
        "live_until",
        "published_at",
        "approved_by_name",
        "published_by_name",
        "digest",
        "previous_digest",
        "sealed_content",
    )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        item = self.model._meta.get_field("item").related_model
        return request.user.has_perm(item.permission("view"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("salts", "redactions")

    @admin.display(description=_("standing"))
    def standing(self, obj: Any) -> str:
        name = standing_of(obj, timezone.now())
        return chip(name, STANDINGS[name])

    @admin.display(description=_("sealed content"))
    def sealed_content(self, obj: Any) -> str:
        return format_html("<pre>{}</pre>", json.dumps(obj.data, ensure_ascii=False, indent=2))
