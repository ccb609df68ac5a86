"""What was decided, approved, kept and redacted: to look at. It is written by what people do."""

from typing import Any, ClassVar

from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from editorial.admin.base import ReadOnlyAdmin
from editorial.admin.standing import in_words
from editorial.models import Approval, Decision, Movable, Path, Redaction


class AboutItemAdmin(ReadOnlyAdmin):
    """Records about items: each leads to its item, those of one page in a query per model."""

    list_select_related = ("content_type",)
    list_display_links = None

    def get_queryset(self, request: HttpRequest) -> Any:
        """Show what concerns items that this person may look at, and no other."""
        seen = [
            model
            for model in apps.get_models()
            if issubclass(model, Movable) and request.user.has_perm(model.permission("view"))
        ]
        kinds = ContentType.objects.get_for_models(*seen).values()
        named = [model.named(model._base_manager.all()) for model in seen]
        records = super().get_queryset(request).filter(content_type__in=list(kinds))
        return records.prefetch_related(GenericPrefetch("item", named))

    @admin.display(description=_("item"), empty_value="–")
    def about(self, obj: Any) -> Any:
        """Return the item's name, with a link where it has a page."""
        if obj.item is None:
            return None
        if not hasattr(obj.item, "desk_path"):
            return str(obj.item)
        return format_html('<a href="{}">{}</a>', obj.item.desk_path(), obj.item)


@admin.register(Decision)
class DecisionAdmin(AboutItemAdmin):
    list_display = ("at", "decided", "about", "by_name", "reason")
    list_filter = ("name", "content_type")
    search_fields = ("by_name", "reason")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    fields: ClassVar[Any] = (
        *("at", "decided", "about", "by_name", "from_state", "to_state", "reason"),
    )

    @admin.display(description=_("decision"), ordering="name")
    def decided(self, obj: Any) -> str:
        return str(in_words(obj.name, obj.content_type.model_class()))


@admin.register(Approval)
class ApprovalAdmin(AboutItemAdmin):
    list_display = ("at", "about", "approver_name", "is_second_reader", "revision")
    list_filter = ("is_second_reader", "content_type")
    search_fields = ("approver_name",)
    date_hierarchy = "at"
    ordering = ("-pk",)


@admin.register(Path)
class PathAdmin(AboutItemAdmin):
    list_display = ("path", "about", "at")
    search_fields = ("path",)
    ordering = ("path",)


@admin.register(Redaction)
class RedactionAdmin(ReadOnlyAdmin):
    list_display = ("at", "by_name", "ground", "places")
    search_fields = ("ground", "by_name")
    date_hierarchy = "at"
    fields: ClassVar[Any] = ("at", "by_name", "ground", "places")
