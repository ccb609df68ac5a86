"""The masthead at the desk: one form, with the workflow of everything that is public."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest

from config.masthead.models import Masthead, MastheadEdition, NavigationEntry
from editorial.admin import OrderedTable, WorkflowAdmin
from editorial.admin.editions import EditionAdmin


class NavigationInline(OrderedTable):
    model = NavigationEntry
    fields = ("position", "page", "label", "section", "language", "text")
    autocomplete_fields = ("page", "label")


@admin.register(Masthead)
class MastheadAdmin(WorkflowAdmin):
    fieldsets: ClassVar[Any] = ((None, {"fields": ("name", "tagline", "planned_for")}),)
    inlines = (NavigationInline,)
    list_display = ("name", *WorkflowAdmin.list_display[1:])
    search_fields: ClassVar[Any] = ("name",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one row at most."""
        return super().has_add_permission(request) and not Masthead.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with the name that the site has now."""
        return {"name": settings.SITE_NAME[:80]}


@admin.register(MastheadEdition)
class MastheadEditionAdmin(EditionAdmin):
    pass
