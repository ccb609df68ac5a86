"""Parts of addresses: one spelling each, so that nothing answers at two."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from editorial.models.working import KEY_ALPHABET


class Year:
    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return str(value)


class Month:
    regex = "0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return f"{int(value):02}"


class Number:
    """A count that starts at one, without leading zeros."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class LanguageTag(StringConverter):
    regex = "[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"


class Key(StringConverter):
    """The key of an item: random, and never long enough to be mistaken for a word."""

    regex = f"[{KEY_ALPHABET}]{{8}}"


class Digest(StringConverter):
    """The digest of an edition."""

    regex = "[0-9a-f]{64}"


class CitationForm(StringConverter):
    """The ending of a file for reference managers."""

    regex = "bib|ris|json"


register_converter(CitationForm, "citation")
register_converter(Key, "key")
register_converter(Digest, "digest")
register_converter(Year, "year")
register_converter(Month, "month")
register_converter(Number, "number")
register_converter(LanguageTag, "language")
