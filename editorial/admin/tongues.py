"""A language as people say it at the desk: by its name, or by its code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial.languages import known_languages, language_code, language_name


class LanguageInput(forms.TextInput):
    """A box that offers the languages there are, and takes any other code too."""

    template_name = "admin/editorial/language_input.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        box = context["widget"]["attrs"]
        box |= {"list": f"{box.get('id', name)}-list", "autocomplete": "off"}
        said = language_name(str(value)) if value else ""
        return context | {"languages": known_languages(), "said": said if said != value else ""}


class LanguageField(forms.CharField):
    """Takes “German” for “de”."""

    widget = LanguageInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"help_text": _("Its name or its code: German, or de.")} | options)

    def to_python(self, value: Any) -> str:
        return language_code(super().to_python(value) or "")
