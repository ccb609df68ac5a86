"""What many working copies show: a party's name, a label. Who changes it worked on all of them."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q, QuerySet

from editorial.models import Contribution, WorkingCopy, name_of
from editorial.states import State
from editorial.workflow import round_of


def showing(shared: models.Model) -> Iterator[QuerySet[Any]]:
    """Yield the working copies, a queryset for each kind, whose content a shared row is part of."""
    for model in apps.get_models():
        if issubclass(model, WorkingCopy):
            paths = [path for path, kind in leads(model) if isinstance(shared, kind)]
            if paths:
                where = Q(*((path, shared) for path in paths), _connector=Q.OR)
                yield model._base_manager.filter(pk__in=model._base_manager.filter(where))


def leads(model: type[WorkingCopy]) -> Iterator[tuple[str, Any]]:
    """Yield the path to each model that a kind's content reads."""
    for relation, joined in model.parts.items():
        part: Any = model._meta.get_field(relation).related_model
        yield relation, part
        for name in joined:
            yield f"{relation}__{name}", part._meta.get_field(name).related_model


def worked_on_all(shared: models.Model, *, by: Any) -> None:
    """Record that somebody changed what all these show: they approve none of them.

    No state changes, or one new spelling would take a whole archive back to draft. An approval
    that was given for the older content lapses by its digest; what is in review is to be looked
    at again.
    """
    for items in showing(shared):
        kind = ContentType.objects.get_for_model(items.model)
        rounds = items.annotate(round=round_of(items.model)).values_list("pk", "round")
        Contribution.objects.bulk_create(
            [
                Contribution(
                    content_type=kind, object_id=pk, round=number, user=by, user_name=name_of(by)
                )
                for pk, number in rounds
            ],
            batch_size=500,
            ignore_conflicts=True,
        )
        items.filter(state=State.IN_REVIEW).update(revision=F("revision") + 1)
