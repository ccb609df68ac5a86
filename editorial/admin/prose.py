"""Texts of one piece at the desk: written in the editor, and read as text by who only reads."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from editorial.admin.locking import LockedForm
from editorial.admin.versions import VersionsMixin
from editorial.admin.workflow import WorkflowAdmin
from editorial.languages import direction
from editorial.sanitising import sanitise


class ProseForm(LockedForm):
    """Takes a text that was typed without the editor, which needs a script, for its paragraphs."""

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        return linebreaks(body) if body and "<" not in body else body


class ProseAdmin(VersionsMixin, WorkflowAdmin):
    form = ProseForm
    autocomplete_fields: ClassVar[Any] = ("translation_of",)
    search_fields: ClassVar[Any] = ("title", "summary", "body")
    list_filter: ClassVar[Any] = (*WorkflowAdmin.list_filter, "language")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the text as text to those who read and do not write."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        return [
            (heading, options | {"fields": ["reading" if f == "body" else f for f in fields]})
            for heading, options in self.fieldsets or ()
            for fields in [options["fields"]]
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "reading")

    @admin.display(description=_("text"))
    def reading(self, item: Any) -> str:
        return format_html(
            '<div lang="{}" dir="{}" class="reading">{}</div>',
            item.language,
            direction(item.language),
            mark_safe(sanitise(item.body)),
        )

    class Media:
        css = {"all": ["desk/editor.css"]}
