"""Posts at the desk."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from blog.models import Byline, Post, PostAppeal, PostEdition, PostSource
from editorial.admin import OrderedTable, SourceStack, WorkflowAdmin
from editorial.admin.editions import EditionAdmin
from editorial.admin.versions import VersionsMixin
from editorial.languages import direction
from editorial.sanitising import sanitise


class BylineInline(OrderedTable):
    model = Byline
    fields = ("position", "person")
    autocomplete_fields = ("person",)


class SourceInline(SourceStack):
    model = PostSource


class PresentedInline(OrderedTable):
    model = PostAppeal
    fields = ("position", "appeal")
    autocomplete_fields = ("appeal",)


@admin.register(Post)
class PostAdmin(VersionsMixin, WorkflowAdmin):
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("title", "body", "summary")}),
        (_("When and where"), {"fields": ("dateline", "language", "labels", "planned_for")}),
        (
            _("Address and comments"),
            {"fields": ("slug", "translation_of", "comments_status", "comments_days")},
        ),
    )
    inlines = (BylineInline, PresentedInline, SourceInline)
    panels = ("admin/appeals/_names_panel_asked.html",)
    autocomplete_fields = ("labels", "translation_of")
    search_fields: ClassVar[Any] = ("title", "summary", "body", "bylines__person__name")
    list_filter: ClassVar[Any] = (*WorkflowAdmin.list_filter, "language")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the text as text to those who read and do not write."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        return [
            (heading, options | {"fields": ["reading" if f == "body" else f for f in fields]})
            for heading, options in self.fieldsets
            for fields in [options["fields"]]
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "reading")

    @admin.display(description=_("text"))
    def reading(self, post: Post) -> str:
        return format_html(
            '<div lang="{}" dir="{}" class="reading">{}</div>',
            post.language,
            direction(post.language),
            mark_safe(sanitise(post.body)),
        )

    class Media:
        css = {"all": ["desk/editor.css", "desk/names.css"]}


@admin.register(PostEdition)
class PostEditionAdmin(EditionAdmin):
    pass
