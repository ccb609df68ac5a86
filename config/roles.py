"""The newsroom's roles: groups, and what each may do.

Four eyes is not a matter of roles: an Editor may approve too, but never their own work.
"""

from typing import Any

from django.apps import apps as installed
from django.utils.translation import pgettext_lazy

LOOK = "view"
WORK = "add change view"
ALL = "add change delete view"

_PARTS = {  # what hangs on a working copy and is edited with it
    "appeals": ["addressee", "appealsource", "issuer", "passage", "signatory", "sourcedocument"],
    "blog": ["byline", "postappeal", "postsource"],
}
_SHARED = {
    "appeals.organisation": WORK,
    "appeals.person": WORK,
    "appeals.canonicalname": WORK,
    "appeals.namevariant": ALL,
    "appeals.namedistinction": ALL,
    "appeals.glossaryterm": ALL,
    "editorial.note": WORK,
}
_READING = {
    "appeals.appeal": LOOK,
    "appeals.translation": LOOK,
    "appeals.rendering": LOOK,
    "appeals.organisation": LOOK,
    "appeals.person": LOOK,
    "appeals.canonicalname": LOOK,
    "appeals.glossaryterm": LOOK,
    "blog.post": LOOK,
    "blog.label": LOOK,
    "config.page": LOOK,
    "config.masthead": LOOK,
    "config.navigationentry": LOOK,
    "editorial.decision": LOOK,
    "editorial.note": WORK,
} | {f"{app}.{part}": LOOK for app, parts in _PARTS.items() for part in parts}

ROLES: dict[str, dict[str, str]] = {
    "Writers": _READING
    | {"blog.post": WORK, "blog.label": "add view", "appeals.person": "add view"}
    | {"appeals.namevariant": "add"}
    | {f"blog.{part}": ALL for part in _PARTS["blog"]},
    "Translators": _READING
    | _SHARED
    | {"appeals.appeal": WORK, "appeals.translation": WORK, "appeals.rendering": WORK}
    | {f"appeals.{part}": ALL for part in _PARTS["appeals"]}
    | {"appeals.sourcedocument": f"{ALL} open_original"},
    "Reviewers": _READING
    | {
        "appeals.sourcedocument": "view open_original",
        "appeals.namevariant": "add",
        "blog.post": "view review",
        "config.page": "view review",
        "config.masthead": "view review",
        "appeals.appeal": "view review",
        "appeals.translation": "view review",
    },
    "Editors": _READING
    | _SHARED
    | {
        "blog.post": "add change delete view review publish",
        "blog.label": ALL,
        "appeals.appeal": "add change delete view review publish",
        "appeals.translation": "add change delete view review publish",
        "appeals.rendering": WORK,
        "blog.comment": LOOK,
        "blog.commentpolicy": WORK,
        "config.page": "add change delete view review publish",
        "config.masthead": "add change view review publish",
        "config.navigationentry": ALL,
        "editorial.previewlink": WORK,
        "editorial.redaction": "add view",
        "editorial.approval": LOOK,
        "editorial.path": LOOK,
    }
    | {f"{app}.{part}": ALL for app, parts in _PARTS.items() for part in parts}
    | {"appeals.sourcedocument": f"{ALL} open_original"},
    "Moderators": {
        "blog.comment": "view change moderate",
        "blog.commentpolicy": WORK,
        "blog.rule": WORK,
        "editorial.decision": LOOK,
    },
}

#: What is stored is the English name; what is shown is said in the reader's language.
NAMES = {
    "Writers": pgettext_lazy("role", "Writers"),
    "Translators": pgettext_lazy("role", "Translators"),
    "Reviewers": pgettext_lazy("role", "Reviewers"),
    "Editors": pgettext_lazy("role", "Editors"),
    "Moderators": pgettext_lazy("role", "Moderators"),
}

# A name is hidden by whoever is there when somebody is in danger. Showing one takes two people.
for _grants in ROLES.values():
    _grants["appeals.signatory"] = f"{_grants.get('appeals.signatory', '')} hide"


def said(group: Any) -> str:
    """Return what a group is called: a role in the reader's language, another as it was named."""
    return str(NAMES.get(group.name, group.name))


def make_roles(apps: Any = installed) -> None:
    """Make the groups that are missing, with their permissions; leave the others as they are.

    A group that exists was perhaps adjusted by the newsroom, so it is not touched.
    """
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for role, grants in ROLES.items():
        group, made = Group.objects.get_or_create(name=role)
        if not made:
            continue
        for model, verbs in grants.items():
            app_label, model_name = model.split(".")
            codenames = [verb if "_" in verb else f"{verb}_{model_name}" for verb in verbs.split()]
            found = Permission.objects.filter(
                content_type__app_label=app_label, codename__in=codenames
            )
            if found.count() != len(codenames):
                raise LookupError(f"{role}: unknown permission among {codenames}")
            group.permissions.add(*found)
