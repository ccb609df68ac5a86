"""Posts at the desk."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from blog.models import Byline, Post, PostAppeal, PostEdition, PostSource
from editorial.admin import OrderedTable, SourceStack, WorkflowAdmin
from editorial.admin.editions import EditionAdmin
from editorial.admin.versions import VersionsMixin


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
            {"fields": ("slug", "translation_of", "comments_status")},
        ),
    )
    inlines = (BylineInline, PresentedInline, SourceInline)
    autocomplete_fields = ("labels", "translation_of")
    search_fields: ClassVar[Any] = ("title", "summary", "body", "bylines__person__name")
    list_filter: ClassVar[Any] = (*WorkflowAdmin.list_filter, "language")

    class Media:
        css = {"all": ["desk/editor.css"]}


@admin.register(PostEdition)
class PostEditionAdmin(EditionAdmin):
    pass
