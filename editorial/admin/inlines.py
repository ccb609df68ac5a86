"""Rows in an order: an empty position means "at the end"."""

from itertools import count
from typing import Any

from django.contrib import admin
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.forms.utils import ErrorDict

from editorial.admin.rows import asks_for_rows, is_spare
from editorial.admin.typed import TypedMixin

#: Who types an address without its scheme means the safe one.
ADDRESSES: Any = {models.URLField: {"assume_scheme": "https"}}


class OrderedFormSet(BaseInlineFormSet):
    """Gives rows without a position the next numbers that nobody typed, where they stand."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if position := form.fields.get("position"):
            position.required = False
            if form.instance.pk is None:
                form.initial["position"] = None
                position.initial = None

    def full_clean(self) -> None:
        """Find no fault with rows that were sent to get more of them."""
        if not asks_for_rows(self.data):
            return super().full_clean()
        self._errors: list[Any] = []
        self._non_form_errors = self.error_class()
        form: Any
        for form in self.forms:
            form._errors = ErrorDict()

    def is_valid(self) -> bool:
        return not asks_for_rows(self.data) and super().is_valid()

    @property
    def spare_forms(self) -> list[Any]:
        """The rows that are not kept if they stay as they came."""
        return [form for form in self.forms if is_spare(form)]

    def save(self, commit: bool = True) -> Any:
        forms = [form for form in self.forms if "position" in form.fields and form.is_valid()]
        typed = {form.cleaned_data.get("position") for form in forms}
        last = 0
        for form in forms:
            position = form.cleaned_data.get("position")
            if position is None and form.has_changed():
                position = next(number for number in count(last + 1) if number not in typed)
                form.instance.position = position
            last = max(last, position or 0)
        return super().save(commit)


class OrderedTable(TypedMixin, admin.TabularInline):
    """Rows of a few short fields."""

    template = "admin/editorial/tabular.html"
    formset = OrderedFormSet
    formfield_overrides = ADDRESSES
    extra = 0


class OrderedStack(TypedMixin, admin.StackedInline):
    """Rows of many or long fields."""

    template = "admin/editorial/stacked.html"
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
