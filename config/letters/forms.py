"""The form that asks for letters."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.comments.commenting import token_for, token_hour
from config.letters.models import Rhythm

PATH = "/letters/"


class LettersForm(forms.Form):
    """An address and how often; and a token of the page, which is the same for all readers."""

    address = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    rhythm = forms.ChoiceField(label=gettext_lazy("How often"), choices=Rhythm)
    topic = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        help_text=gettext_lazy("It is there to catch machines that fill in everything."),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    data: Any

    def __init__(self, data: Any = None) -> None:
        initial = {"token": token_for(PATH), "rhythm": Rhythm.WEEKLY}
        super().__init__(data, initial=initial, auto_id="letters-%s")

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        trap = Field("topic", wrapper_class="trap")
        helper.layout = Layout("address", "rhythm", trap, "token")
        return helper

    def clean_address(self) -> str:
        """Return the address as it is kept: servers' names have no case, and people's hardly."""
        return self.cleaned_data["address"].casefold()

    def clean_token(self) -> str:
        if token_hour(PATH, self.cleaned_data["token"]) is None:
            self.add_error(
                None, _("This page had been open for more than a day. Please send it once more.")
            )
            self.data = self.data | {"token": token_for(PATH)}
        return self.cleaned_data["token"]
