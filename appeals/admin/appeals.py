"""Appeals at the desk: the document as it was issued."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.admin.documents import DocumentInline
from appeals.admin.hiding import HidingMixin
from appeals.admin.signatories import MANY, SignatoryInline
from appeals.admin.tables import TablesMixin
from appeals.evidence.shelf import all_or_nothing
from appeals.models import (
    Addressee,
    Appeal,
    AppealEdition,
    AppealSource,
    Issuer,
    Passage,
)
from editorial.admin import OrderedStack, OrderedTable, SourceStack, WorkflowAdmin
from editorial.admin.editions import EditionAdmin
from editorial.admin.rows import is_added


class IssuerInline(OrderedTable):
    model = Issuer
    fields = ("position", "organisation")
    autocomplete_fields = ("organisation",)


class AddresseeInline(OrderedTable):
    model = Addressee
    fields = ("position", "text", "original")


class PassageForm(forms.ModelForm):
    class Meta:
        widgets = {"text": forms.Textarea(attrs={"rows": 5, "dir": "auto"})}

    def has_changed(self) -> bool:
        """Keep a row that was added and left as it came: a paragraph nobody transcribed."""
        return is_added(self) or super().has_changed()


class PassageInline(OrderedStack):
    """The key is made once and never typed: translations hold on to it."""

    model = Passage
    form = PassageForm
    fieldsets: ClassVar[Any] = ((None, {"fields": (("position", "kind"), "text")}),)


class SourceInline(SourceStack):
    model = AppealSource


@admin.register(Appeal)
class AppealAdmin(HidingMixin, TablesMixin, WorkflowAdmin):
    panels = (
        "admin/appeals/appeal/_translations_panel.html",
        "admin/appeals/appeal/_names_panel.html",
        "admin/appeals/_names_panel_asked.html",
    )
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("title", "kind", "summary", "basis")}),
        (
            gettext_lazy("The original"),
            {"fields": ("original_title", ("original_language", "issued_on"), "place")},
        ),
        (gettext_lazy("Signatures"), {"fields": ("signed",)}),
        (gettext_lazy("Address and plan"), {"fields": ("slug", "planned_for")}),
    )
    inlines = (
        IssuerInline,
        AddresseeInline,
        PassageInline,
        SignatoryInline,
        SourceInline,
        DocumentInline,
    )
    search_fields: ClassVar[Any] = ("title", "original_title", "summary", "issued_by__name")
    list_filter: ClassVar[Any] = (*WorkflowAdmin.list_filter, "kind", "original_language")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("passages", "signed") if obj else ("signed",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Lead to the page on which the original is corrected passage by passage."""
        if obj is None:
            return self.fieldsets
        first, (name, options), *rest = self.fieldsets
        return [first, (name, options | {"fields": ("passages", *options["fields"])}), *rest]

    @admin.display(description=gettext_lazy("passages"))
    def passages(self, obj: Any) -> str:
        return format_html(
            '<a class="button" href="../passages/">{}</a>',
            _("Correct the original; split and merge passages"),
        )

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Keep no file of a form that is not saved."""
        if request.method != "POST":
            return super().changeform_view(request, *args, **options)
        with all_or_nothing():
            return super().changeform_view(request, *args, **options)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Leave the signatories of a petition to their ledger: no form holds thousands.

        A form that comes back has what it was sent with, however many there are by now.
        """
        if request.method == "POST":
            fits = "signatories-TOTAL_FORMS" in request.POST
        else:
            fits = obj is None or obj.signatories.count() <= MANY
        if fits:
            return self.inlines
        return [inline for inline in self.inlines if inline is not SignatoryInline]

    def note_places(self, item: Any) -> list[tuple[str, str]]:
        """Add the passages: notes belong to them more often than to a field."""
        passages = [(passage.key, _("passage %s") % passage.key) for passage in item.passages.all()]
        return super().note_places(item) + passages


@admin.register(AppealEdition)
class AppealEditionAdmin(EditionAdmin):
    pass
