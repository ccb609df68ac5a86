"""Documents in the form of their appeal; their pages have a place of their own."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from appeals.evidence.rendering import NotTaken
from appeals.evidence.taking import pages_of_upload, take_in
from appeals.models import SourceDocument
from editorial.admin import OrderedStack
from editorial.admin.standing import SEALING

SEALING.update(
    {
        "release_document": pgettext_lazy("decision", "released the pages of"),
        "take_document_back": pgettext_lazy("decision", "took back the pages of"),
        "confirm_covered": pgettext_lazy("decision", "found every hidden name covered in"),
    }
)


class DocumentForm(forms.ModelForm):
    """Draws a file's pages before anything is stored; one that cannot be drawn is refused."""

    upload: UploadedFile | None = None

    class Meta:
        widgets = {"original": forms.FileInput}

    def clean_original(self) -> Any:
        """Read what somebody brings, and say beside the field why it is not taken."""
        brought = self.cleaned_data["original"]
        if not isinstance(brought, UploadedFile):
            return brought
        try:
            self.drawn = pages_of_upload(brought)
        except NotTaken as refusal:
            raise ValidationError(str(refusal)) from None
        self.upload = brought
        return self.instance.original

    def save(self, commit: bool = True) -> SourceDocument:
        document: SourceDocument = super().save(commit)
        if commit and self.upload is not None:
            take_in(document, self.upload, self.drawn)
        return document


class DocumentInline(OrderedStack):
    model = SourceDocument
    form = DocumentForm
    readonly_fields = ("standing",)
    fieldsets: ClassVar[Any] = (
        (
            None,
            {
                "fields": (("position", "title"), "original", "standing"),
                "description": gettext_lazy(
                    "The original stays private. Its pages are drawn anew, without anything that "
                    "the file says about who made it, and are public once they are released here "
                    "and the appeal is approved."
                ),
            },
        ),
    )

    @admin.display(description=gettext_lazy("pages"))
    def standing(self, document: SourceDocument) -> str:
        """Say how many pages there are and whether readers get them, and lead there."""
        if document.pk is None:
            return _("The pages appear here once this is saved.")
        count = len(document.images.all())
        if not count:
            return _("There are no pages: bring the file.")
        said = ngettext("%(n)d page", "%(n)d pages", count) % {"n": count}
        if not document.is_released:
            said += ", " + _("not released")
        elif document.may_be_shown(document.appeal.signatories.all()):
            said += ", " + _("released")
        else:
            said += ", " + _("released, but nobody has found the hidden names covered")
        address = reverse("admin:appeals_document", args=[document.pk])
        return format_html(
            '{}<br><a href="{}">{}</a>', said, address, _("Pages, black boxes and release")
        )
