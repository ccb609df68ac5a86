"""The name memory: canonical spellings, their variants, and what is not the same."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from appeals.models import CanonicalName, NameDistinction, NameVariant
from editorial.admin import DeskAdmin


class VariantInline(admin.TabularInline):
    model = NameVariant
    fields = ("text", "language", "script", "printed_in")
    autocomplete_fields = ("printed_in",)
    extra = 0


class DistinctionInline(admin.TabularInline):
    model = NameDistinction
    fields = ("other",)
    extra = 0


@admin.register(CanonicalName)
class CanonicalNameAdmin(DeskAdmin):
    list_display = ("text", "spellings", "note")
    search_fields = ("text", "variants__text", "distinctions__other")
    fields = ("text", "note")
    inlines = (VariantInline, DistinctionInline)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("variants")

    @admin.display(description=_("spellings"), empty_value="–")
    def spellings(self, obj: Any) -> str:
        return ", ".join(variant.text for variant in obj.variants.all())
