"""Translations at the desk; their passages have a page of their own."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from appeals.models import Translation, TranslationEdition
from editorial.admin import WorkflowAdmin
from editorial.admin.editions import EditionAdmin
from editorial.admin.locking import LockedForm


class TranslationForm(LockedForm):
    """Says beside the field that a translator who is not named is not stored either."""

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("translator_status") != Translation.Credit.PUBLIC and cleaned.get(
            "translator"
        ):
            self.add_error("translator", _("A translator who is not named must not be stored."))
        return cleaned


@admin.register(Translation)
class TranslationAdmin(WorkflowAdmin):
    form = TranslationForm
    list_display: Any = ("name", "language", *WorkflowAdmin.list_display[1:])
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("appeal", ("language", "is_principal"), "title")}),
        (
            _("What readers are told"),
            {"fields": ("label", "method", "translator_status", "translator")},
        ),
        (_("Plan"), {"fields": ("planned_for",)}),
    )
    autocomplete_fields = ("appeal",)
    search_fields: ClassVar[Any] = ("title", "appeal__title", "renderings__text")
    list_filter: ClassVar[Any] = (*WorkflowAdmin.list_filter, "language", "method")

    @admin.display(description=_("translation"), ordering="title")
    def name(self, obj: Any) -> str:
        return str(obj)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        """Go on to the passages: that is where a translation is written."""
        if "_save" not in request.POST:
            return super().response_add(request, obj, *args)
        self.message_user(request, _("The translation is begun."), messages.SUCCESS)
        return HttpResponseRedirect(self.address(obj, "review"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep a translation with its appeal: its passages are that appeal's."""
        return ("appeal", "passages") if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.fieldsets
        (first, options), *rest = self.fieldsets
        return [(first, options | {"fields": ("passages", *options["fields"])}), *rest]

    @admin.display(description=_("passages"))
    def passages(self, obj: Any) -> str:
        return format_html(
            '<a class="button" href="{}">{}</a>',
            reverse("admin:appeals_translation_review", args=[obj.pk]),
            _("Translate and review the passages"),
        )


@admin.register(TranslationEdition)
class TranslationEditionAdmin(EditionAdmin):
    pass
