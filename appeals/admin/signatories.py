"""Signatories in the form of their appeal."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.exposing import exposures
from appeals.models import Signatory
from editorial.admin import OrderedStack
from editorial.admin.rows import is_added


class SignatoryForm(forms.ModelForm):
    """Says beside the field what the database would refuse: a name that is not public."""

    class Meta:
        labels: ClassVar[Any] = {"name_status": gettext_lazy("Name is")}
        help_texts: ClassVar[Any] = {
            "role": gettext_lazy("In the number that is meant: “three” takes “vice presidents”.")
        }

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        status = cleaned.get("name_status")
        if status == Signatory.NameStatus.PUBLIC:
            if not cleaned.get("name"):
                self.add_error("name", _("A public name must be given."))
        elif status:
            for name in ("name", "printed_as", "person", "evidence_url"):
                if cleaned.get(name):
                    self.add_error(
                        name, _("A name that is not public must not be stored. Leave this empty.")
                    )
        return cleaned

    def has_changed(self) -> bool:
        """Keep a row that was added and left as it came: somebody whose name is pending."""
        return is_added(self) or super().has_changed()

    def _get_validation_exclusions(self) -> set[str]:
        # The two constraints on names speak beside their fields, above, and not a second time.
        return super()._get_validation_exclusions() | {"name_status"}  # type: ignore[misc]


#: A form with more rows than this helps nobody: they are in the ledger.
MANY = 50


class SignatoryInline(OrderedStack):
    model = Signatory
    form = SignatoryForm
    classes = ("signatories",)
    autocomplete_fields = ("organisation", "person")
    readonly_fields: ClassVar[Any] = ("exposed",)
    fieldsets: ClassVar[Any] = (
        (
            None,
            {
                "fields": (
                    ("position", "kind", "count"),
                    ("name_status", "name"),
                    ("printed_as", "person"),
                    ("role", "role_original"),
                    ("group", "group_original"),
                    ("organisation", "withdrew_on"),
                    ("verification", "evidence_url"),
                    "exposed",
                ),
                "description": gettext_lazy(
                    "A name is stored only when it is public. Otherwise leave it empty: what is "
                    "not stored cannot leak."
                ),
            },
        ),
    )

    @admin.display(description=gettext_lazy("gives the name away"))
    def exposed(self, obj: Any) -> str:
        """Warn of what says who this is although the name is withheld. Asked once for all rows."""
        if obj.pk is None:
            return "–"
        if not hasattr(self, "_exposed"):
            rows = list(obj.appeal.part("signatories"))
            found = exposures([row.content() for row in rows])
            self._exposed = [(rows[one.index].pk, one.sentence) for one in found]
        return " ".join(sentence for pk, sentence in self._exposed if pk == obj.pk) or "–"
