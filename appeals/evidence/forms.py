"""The number fields of what lies on a page; the script only fills them in."""

from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.evidence.boxing import BLACK, Laid
from appeals.models import PageImage

#: More than anybody draws on one page.
MOST = 200


def percent(label: Any) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


class LaidForm(forms.Form):
    """One rectangle, in hundredths of the page's width and height."""

    what = forms.ChoiceField(label=gettext_lazy("What"), initial=BLACK)
    x = percent(gettext_lazy("Left, %"))
    y = percent(gettext_lazy("Top, %"))
    w = percent(gettext_lazy("Width, %"))
    h = percent(gettext_lazy("Height, %"))

    def __init__(self, *args: Any, choices: Any = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["what"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Cut off what lies beyond the page; refuse a box of no size."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for start, size in (("x", "w"), ("y", "h")):
            if start in said and size in said:
                said[size] = min(said[size], 100 - said[start])
                if said[size] < 0.05:
                    self.add_error(size, _("This box covers nothing."))
        return said

    def laid(self) -> Laid:
        said = self.cleaned_data
        return Laid(said["what"], *(round(said[name] / 100, 6) for name in ("x", "y", "w", "h")))


class BaseLaidFormSet(BaseFormSet):
    deletion_widget = forms.CheckboxInput

    def all_laid(self) -> list[Laid]:
        """Return the rectangles that were filled in and are to stay, the black ones first."""
        forms = [form for form in self.forms if form.has_changed() or form.initial]
        rows = [form.laid() for form in forms if form not in self.deleted_forms]
        return sorted(rows, key=lambda row: row.what != BLACK)


LaidFormSet: Any = forms.formset_factory(
    LaidForm,
    formset=BaseLaidFormSet,
    extra=3,
    can_delete=True,
    max_num=MOST,
    absolute_max=MOST,
    validate_max=True,
)


def choices_for(image: PageImage) -> list[tuple[str, str]]:
    """Return what a rectangle on this page can be."""
    appeal = image.document.appeal
    passages = [
        (f"passage:{passage.pk}", f"§ {passage.key} {Truncator(passage.text).words(6)}".strip())
        for passage in appeal.passages.all()
    ]
    signatories = [
        (f"signatory:{signatory.pk}", _("signature: %s") % signatory)
        for signatory in appeal.signatories.all()
    ]
    return [(BLACK, _("Black out")), *passages, *signatories]


def as_percent(row: Laid) -> dict[str, Any]:
    """Return a rectangle as the form's fields show it."""
    numbers = {name: round(getattr(row, name) * 100, 4) for name in ("x", "y", "w", "h")}
    return {"what": row.what} | numbers
