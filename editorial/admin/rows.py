"""More rows without scripts: the form comes back with what was typed, and nothing is saved."""

from typing import Any

from django.forms.utils import ErrorDict
from django.http import QueryDict

#: The button that asks for them; its value is the prefix of their formset.
ASKED = "_rows"
MORE = 5


def asks_for_rows(data: Any) -> bool:
    """Tell whether a form was sent for more rows, and not to be saved."""
    return bool(data) and ASKED in data


def with_more_rows(data: QueryDict, formset: Any) -> QueryDict:
    """Return a formset's data with more rows at its end, each as a new one comes."""
    prefix = formset.prefix
    total = formset.total_form_count()
    wanted = min(total + MORE, formset.absolute_max)
    longer = data.copy()
    longer[f"{prefix}-TOTAL_FORMS"] = str(wanted)
    new = formset.empty_form
    for number in range(total, wanted):
        start = f"{prefix}-{number}-"
        longer[f"{start}spare"] = "1"
        for name in new.fields:
            if (value := new[name].value()) is not None and value is not False:
                longer[start + name] = str(value)
    return longer


def is_spare(form: Any) -> bool:
    """Tell whether a row was added without a script, and so by five: empty ones are not kept."""
    return bool(form.data) and f"{form.prefix}-spare" in form.data


def is_added(form: Any) -> bool:
    """Tell whether somebody added this one row, with a script: it is kept even if it is empty."""
    return form.instance.pk is None and not is_spare(form)


class AskingForm:
    """A form that is neither looked through nor saved when it was sent for more rows."""

    data: Any

    def full_clean(self) -> None:
        if asks_for_rows(self.data):
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
        else:
            super().full_clean()  # type: ignore[misc]

    def is_valid(self) -> bool:
        return not asks_for_rows(self.data) and super().is_valid()  # type: ignore[misc]
