"""From a place where a name stands to where it is mended at the desk."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.urls import NoReverseMatch, reverse

from editorial.models import Edition
from editorial.sweeping import is_derived


def desk_url(row: Any, depth: int = 3) -> str:
    """Return the desk's page on which a row is changed, or what it belongs to; or nothing."""
    try:
        if hasattr(row, "desk_path"):
            return row.desk_path()
        opts = row._meta
        if type(row) in admin.site._registry:
            return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        pass
    for whole in wholes(row) if depth else ():
        if whole is not None and (url := desk_url(whole, depth - 1)):
            return url
    return ""


def wholes(row: Any) -> Any:
    """Yield what a row is a part of: its item, what it goes with, today's row of an old one."""
    if hasattr(row, "instance_type"):  # of django-simple-history
        yield row.instance_type._base_manager.filter(pk=row.id).first()
        return
    if hasattr(row, "content_type_id") and hasattr(row, "item"):
        yield row.item
    for field in row._meta.concrete_fields:
        if field.many_to_one and field.remote_field.on_delete is models.CASCADE:
            yield getattr(row, field.name)


def may_look(user: Any, model: Any) -> bool:
    """Tell whether a person's role includes looking at rows of a kind: of editions, at the item."""
    if is_derived(model):
        model = model._meta.get_field("edition").related_model
    if issubclass(model, Edition):
        model = model._meta.get_field("item").related_model
    if hasattr(model, "instance_type"):
        model = model.instance_type
    opts = model._meta
    return user.has_perm(f"{opts.app_label}.view_{opts.model_name}")


def is_sealed(model: Any) -> bool:
    """Tell whether nothing but a redaction changes rows of a kind."""
    return hasattr(model, "sealed_redactable") or is_derived(model)
