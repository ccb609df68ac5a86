"""A language as people say it at the desk: by its name, or by its code."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from editorial.languages import known_languages, language_code, language_name


class LanguageInput(forms.TextInput):
    """A box that offers the languages there are, and takes any other code too."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        """Return the box, and after it the languages and the name of the one in it."""
        at = {**self.attrs, **(attrs or {})}
        listed = f"{at.get('id', name)}-list"
        box = super().render(name, value, {**at, "list": listed, "autocomplete": "off"}, renderer)
        said = language_name(str(value)) if value else ""
        context = {
            "list": listed,
            "languages": known_languages(),
            "said": said if said != value else "",
        }
        return box + render_to_string("admin/editorial/_languages.html", context)


class LanguageField(forms.CharField):
    """Takes “German” for “de”."""

    widget = LanguageInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"help_text": _("Its name or its code: German, or de.")} | options)

    def to_python(self, value: Any) -> str:
        return language_code(super().to_python(value) or "")
