"""Rows in an order: an empty position means "at the end"."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms.models import BaseInlineFormSet

#: Who types an address without its scheme means the safe one.
ADDRESSES: Any = {models.URLField: {"assume_scheme": "https"}}


class OrderedFormSet(BaseInlineFormSet):
    """Puts rows without a position after the others, in the order in which they stand."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if position := form.fields.get("position"):
            position.required = False
            if form.instance.pk is None:
                form.initial["position"] = None
                position.initial = None

    def save(self, commit: bool = True) -> Any:
        forms = [form for form in self.forms if "position" in form.fields]
        taken = [form.cleaned_data.get("position") or 0 for form in forms if form.is_valid()]
        last = max(taken, default=0)
        for form in forms:
            if form.has_changed() and form.cleaned_data.get("position") is None:
                last += 1
                form.instance.position = last
        return super().save(commit)


class OrderedTable(admin.TabularInline):
    """Rows of a few short fields."""

    formset = OrderedFormSet
    formfield_overrides = ADDRESSES
    extra = 0


class OrderedStack(admin.StackedInline):
    """Rows of many or long fields."""

    formset = OrderedFormSet
    formfield_overrides = ADDRESSES
    extra = 0


class SourceStack(OrderedStack):
    """Sources, wherever they hang."""

    readonly_fields = ("last_check",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    "url",
                    ("publisher", "seen_on"),
                    "archived_url",
                    ("position", "last_check"),
                )
            },
        ),
    )
