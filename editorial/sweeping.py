"""Every place in the database where a name stands: whatever has text is searched by itself."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from editorial.canonical import leaves
from editorial.fields import DigestField
from editorial.matching import Needle
from editorial.models import Edition

TEXT = (models.CharField, models.TextField, models.JSONField, models.FileField)
#: Tables without a name in them, and why.
NO_NAMES = {
    "sessions.session": "signed and packed; a redaction drops the messages that wait in them",
    "contenttypes.contenttype": "the program's own words",
    "auth.permission": "the program's own words",
}
#: Columns without a name in them, by what they are called, and why.
NO_NAMES_IN = {
    "password": "a hash",
    "salts": "random",
    "redactions": "hashes",
    "digest": "a hash; a redaction makes those anew that would confirm a guess",
    "sha256": "a hash of a file",
    "language": "a code",
    "script": "a code",
}
ADDRESSES = (models.SlugField, models.URLField, models.FileField)
NAMED_LIKE_ADDRESSES = {
    *("slug", "path", "file", "url", "archived_url", "evidence_url", "original_name", "was"),
}


def swept_models() -> list[Any]:
    """Return every model with text in it, those of installed packages too."""
    return [
        model
        for model in apps.get_models()
        if not model._meta.proxy and model._meta.managed and text_fields(model)
    ]


def text_fields(model: Any) -> list[Any]:
    """Return the columns of a model in which a name may stand."""
    if model._meta.label_lower in NO_NAMES or is_made_anew(model):
        return []
    left_out = {*NO_NAMES_IN, *getattr(model, "forgotten_when_redacted", ())}
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, TEXT)
        and field.name not in left_out
        and not is_digest(field)
        and not field.choices
        and not isinstance(field, DigestField)
    ]


def is_digest(field: Any) -> bool:
    """Tell whether a column holds the SHA-256 of something."""
    return field.max_length == 64 and field.name.endswith(("digest", "sha256"))


def is_address(field: Any) -> bool:
    """Tell whether a column holds a part of an address, where names stand in Latin letters."""
    return isinstance(field, ADDRESSES) or field.name in NAMED_LIKE_ADDRESSES


def as_text(value: Any) -> str:
    """Return a column's value as one text."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


@dataclass(frozen=True)
class Hit:
    """A row that holds the name, and the columns it holds it in."""

    model: Any
    pk: Any
    fields: tuple[str, ...]


def sweep(needle: Needle) -> Iterator[Hit]:
    """Yield every row of every table that holds the name, table by table."""
    for model in swept_models():
        yield from sweep_model(model, needle)


def sweep_model(model: Any, needle: Needle) -> Iterator[Hit]:
    """Yield the rows of one table that hold the name."""
    fields = text_fields(model)
    # An edition's JSON holds addresses too.
    either = [is_address(field) or field.name == "content" for field in fields]
    rows = model._base_manager.order_by("pk").values_list("pk", *[f.attname for f in fields])
    for pk, *values in rows.iterator(chunk_size=500):
        found = tuple(
            field.name
            for field, value, address in zip(fields, values, either, strict=True)
            if value and needle.is_in(as_text(value), address=address)
            if field.name != "content" or any(found_in_content(value, needle))
        )
        if found:
            yield Hit(model, pk, found)


def found_in_content(content: str, needle: Needle) -> Iterator[tuple[str, str]]:
    """Yield (JSON Pointer, text) of every leaf of an edition that holds the name."""
    for pointer, value in leaves(json.loads(content)):
        address = pointer.rpartition("/")[2] in NAMED_LIKE_ADDRESSES
        if isinstance(value, str) and needle.is_in(value, address=address):
            yield pointer, value


def is_account(model: Any) -> bool:
    """Tell whether rows are the accounts of the staff, which nothing but their admin changes."""
    return issubclass(model, get_user_model())


def is_made_anew(model: Any) -> bool:
    """Tell whether rows are an index, which is made anew whenever an edition is rewritten."""
    return getattr(model, "made_from_editions", False)


def is_derived(model: Any) -> bool:
    """Tell whether rows are made from editions, for lists."""
    return any(
        field.many_to_one and field.name == "edition" and issubclass(field.related_model, Edition)
        for field in model._meta.concrete_fields
    )
