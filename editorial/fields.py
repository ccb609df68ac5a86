"""Fields that keep what follows from another field, and slugs."""

import unicodedata
from typing import Any

from anyascii import anyascii
from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from editorial.canonical import sha256

LANGUAGE_TAG = RegexValidator(
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
    gettext_lazy("A language code such as en, ru, ar or kk-Cyrl (BCP 47)."),
)


def fold(text: str) -> str:
    """Return the form in which two spellings of one word are equal: Суд and суд, é and é."""
    return unicodedata.normalize("NFKC", " ".join(text.split())).casefold()


def slug_of(text: str, max_length: int = 80) -> str:
    """Return a slug in Latin letters for a title in any script, cut at a word."""
    slug = slugify(anyascii(text))
    return slug if len(slug) <= max_length else slug[:max_length].rsplit("-", 1)[0]


class DerivedField(models.CharField):
    """A text that follows from another field and is written whenever the row is."""

    def __init__(self, *args: Any, of: str = "", **options: Any) -> None:
        self.of = of
        super().__init__(**{"max_length": 300, "editable": False, "blank": True} | options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"of": self.of}

    def derive(self, text: str) -> str:
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = self.derive(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, value)
        return value


class DigestField(DerivedField):
    """The SHA-256 of another field's text."""

    def derive(self, text: str) -> str:
        return sha256(text)


class FoldedField(DerivedField):
    """Another field's text, folded: unique on it means unique whatever the case.

    Folding makes words of some signs (ﷺ), more than PostgreSQL has room for: they are cut.
    """

    def derive(self, text: str) -> str:
        return fold(text)[: self.max_length]


class SlugField(models.SlugField):
    """A slug made from another field when it is left empty. It never gets a counting suffix:

    a suffix would tell the public that something it cannot see has the plain name.
    """

    def __init__(self, *args: Any, of: str = "title", **options: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 120, "blank": True} | options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return (
            name,
            path,
            args,
            options | {"of": self.of, "blank": self.blank, "max_length": self.max_length},
        )

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = getattr(model_instance, self.attname) or slug_of(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, value)
        return value
