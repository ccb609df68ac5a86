"""Signatories in the form of their appeal."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.exposing import exposures
from appeals.models import Signatory
from editorial.admin import OrderedStack
from editorial.admin.rows import is_added
from editorial.numbers import whole

#: What must not stand beside a name that is not public.
HIDDEN_WITH_A_NAME = (
    *("name", "printed_as", "person"),
    *("evidence_url", "evidence_document", "evidence_page"),
)


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
            for name in HIDDEN_WITH_A_NAME:
                if cleaned.get(name):
                    self.add_error(
                        name, _("A name that is not public must not be stored. Leave this empty.")
                    )
        document, page = cleaned.get("evidence_document"), cleaned.get("evidence_page")
        if page and not document:
            cleaned["evidence_page"] = None  # of a document that is gone
            if "evidence_page" in self.changed_data:
                self.add_error("evidence_page", _("Say in which document."))
        elif page and document and page > max(document.pages, document.images.count()):
            self.add_error("evidence_page", _("The document has no such page."))
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
                    ("evidence_document", "evidence_page"),
                    "exposed",
                ),
                "description": gettext_lazy(
                    "A name is stored only when it is public. Otherwise leave it empty: what is "
                    "not stored cannot leak."
                ),
            },
        ),
    )

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Offer the documents of this appeal, which are asked for once for all rows."""
        field = super().formfield_for_foreignkey(db_field, request, **options)
        if db_field.name == "evidence_document" and field is not None:
            match: Any = request.resolver_match
            number = whole(str(match.kwargs.get("object_id", ""))) or 0
            field.queryset = field.queryset.filter(appeal=number)
            field.choices = [("", "–"), *((row.pk, str(row)) for row in field.queryset)]
        return field

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
