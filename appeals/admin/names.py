"""The name memory: canonical spellings, their variants, and what is not the same."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from appeals.models import CanonicalName, NameDistinction, NameVariant
from appeals.naming.linking import link_everywhere
from editorial.admin import DeskAdmin, OrderedTable
from editorial.languages import listed
from editorial.sharing import worked_on_all


class VariantInline(OrderedTable):
    model = NameVariant
    fields = ("text", "language", "script", "printed_in")
    autocomplete_fields = ("printed_in",)


class DistinctionInline(OrderedTable):
    model = NameDistinction
    fields = ("other",)


@admin.register(CanonicalName)
class CanonicalNameAdmin(DeskAdmin):
    list_display = ("text", "spellings", "note")
    search_fields = ("text", "variants__text", "distinctions__other")
    fields = ("text", "note")
    inlines = (VariantInline, DistinctionInline)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("variants")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Four eyes hold here too: readers are told how the site spells a name."""
        for variant in form.instance.variants.all() if change else ():
            worked_on_all(variant, by=request.user)
        super().save_related(request, form, formsets, change)
        link_everywhere(form.instance.variants.all(), by=request.user)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        for variant in obj.variants.all():
            worked_on_all(variant, by=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for name in queryset:
            self.delete_model(request, name)

    @admin.display(description=_("spellings"), empty_value="–")
    def spellings(self, obj: Any) -> str:
        return listed(variant.text for variant in obj.variants.all())
