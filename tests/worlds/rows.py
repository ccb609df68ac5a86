"""A world's rows, kept so that it need not be made again by the long way."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

#: Every row of each model, in an order that needs none: references are checked at the end.
Rows = list[tuple[Any, list[Any]]]
#: What migrations made: it is there in every world.
GIVEN = {ContentType, Permission, Group, Group.permissions.through}
#: SQLite takes so many values in one statement (999 in its oldest versions, 32,766 in ours).
VALUES = 30_000


def remember() -> Rows:
    """Return all rows that a world added."""
    models = [model for model in apps.get_models(include_auto_created=True) if model not in GIVEN]
    found = [(model, list(model._base_manager.all())) for model in models if model._meta.managed]
    return [(model, rows) for model, rows in found if rows]


def restore(rows: Rows) -> None:
    """Put rows back as they were, to the last change date."""
    for model, objects in rows:
        fields = model._meta.local_concrete_fields
        size = VALUES // len(fields)
        for start in range(0, len(objects), size):
            model._base_manager._insert(
                objects[start : start + size], fields=fields, using="default", raw=True
            )
