"""Posts at the desk."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from blog.models import Byline, Post, PostAppeal, PostEdition, PostSource
from editorial.admin import OrderedTable, SourceStack
from editorial.admin.editions import EditionAdmin
from editorial.admin.prose import ProseAdmin


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
class PostAdmin(ProseAdmin):
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
    autocomplete_fields = (*ProseAdmin.autocomplete_fields, "labels")
    search_fields: ClassVar[Any] = (*ProseAdmin.search_fields, "bylines__person__name")

    class Media:
        css = {"all": ["desk/names.css"]}


@admin.register(PostEdition)
class PostEditionAdmin(EditionAdmin):
    pass
