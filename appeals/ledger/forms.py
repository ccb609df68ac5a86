"""What the pages of the ledger ask for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.ledger import ordering
from appeals.ledger.tables import BYTES, ENCODINGS
from appeals.models import Appeal

#: What stands in a box for a place.
PLACE = forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"})


class Arranging(forms.Form):
    """Moving rows to a place, or putting some in another order among themselves."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    chosen = forms.TypedMultipleChoiceField(coerce=int, required=False)
    to = forms.IntegerField(
        label=gettext_lazy("to place"), min_value=1, required=False, widget=PLACE
    )
    order = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, appeal: Appeal) -> None:
        super().__init__(data, auto_id="arrange_%s")
        self.rows = ordering.order_of(appeal)
        chosen: Any = self.fields["chosen"]
        chosen.choices = [(pk, pk) for pk in self.rows]
        chosen.error_messages["invalid_choice"] = _("A row that was chosen is no longer there.")

    def clean_order(self) -> list[int]:
        """Return the rows of a page as they were dragged; those that are gone stay gone."""
        try:
            found = [int(pk) for pk in self.cleaned_data["order"].split(",") if pk]
        except ValueError:
            raise ValidationError(_("This is no order of rows.")) from None
        return found

    def demand_rows(self) -> None:
        """Say that a row must be chosen before something is done with it."""
        if not self.cleaned_data.get("chosen") and "chosen" not in self.errors:
            self.add_error("chosen", _("Choose at least one row."))

    def demand_place(self) -> None:
        """Say that a place must be given."""
        if self.cleaned_data.get("to") is None and "to" not in self.errors:
            self.add_error("to", _("Give the number of a place."))


class Bringing(forms.Form):
    """A file to look at before anything of it is stored."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or .xlsx. It is read in memory and kept nowhere."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        allow_empty_file=True,
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding of a CSV"),
        choices=[("", gettext_lazy("find it out")), *ENCODINGS.items()],
        required=False,
    )
    in_file_order = forms.BooleanField(
        label=gettext_lazy("Put the rows of the file first, in its order"), required=False
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > BYTES:
            reason = _("This file is larger than %(size)d MB.")
            raise ValidationError(reason % {"size": BYTES // 1_000_000})
        return file
