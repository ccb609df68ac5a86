"""The names in an appeal beside its form: what may be hidden, and what gives away who is."""

from typing import Any

from django import template

from appeals.admin.hiding import FEW
from appeals.exposing import exposures
from appeals.hiding import PERMISSION, named
from appeals.leaving import PERMISSION as LEAVE
from appeals.leaving import places_left
from appeals.naming.answering import asked_about, may_answer

register = template.Library()


@register.inclusion_tag("admin/appeals/appeal/_names.html", takes_context=True)
def names_in(context: Any, appeal: Any) -> dict[str, Any]:
    """List the names that stand in an appeal, with what this person may do about them."""
    may_hide = context["request"].user.has_perm(PERMISSION)
    found = named(appeal) if may_hide else []
    return {
        "csrf_token": context.get("csrf_token"),
        "item": appeal,
        "named": found[:FEW],
        "more": max(len(found) - FEW, 0),
        "may_hide": may_hide,
        "warnings": warnings_about(appeal),
        "left": places_left(appeal) if appeal.pk else [],
        "is_left": appeal.names_left == appeal.revision,
        "may_leave": context["request"].user.has_perm(LEAVE),
    }


@register.inclusion_tag("admin/appeals/_exposed.html")
def exposed_in(appeal: Any) -> dict[str, Any]:
    """Warn a reviewer of what gives away a signatory whose name is withheld."""
    return {"item": appeal, "warnings": warnings_about(appeal)}


@register.simple_tag(takes_context=True)
def names_asked_in(context: Any, item: Any) -> dict[str, Any]:
    """Return the questions about the names of a text, and whether this person may answer."""
    return {
        "questions": asked_about(item) if item.pk else [],
        "may_answer": may_answer(context["request"].user),
    }


def warnings_about(appeal: Any) -> list[dict[str, Any]]:
    """Return the warnings with the number of the signature each is about."""
    signatories = [row.content() for row in appeal.part("signatories")]
    return [
        {"number": exposure.index + 1, "sentence": exposure.sentence}
        for exposure in exposures(signatories)
    ]
