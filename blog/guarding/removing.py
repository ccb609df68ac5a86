"""Taking out of a comment what would expose somebody: one action, and every reader sees it."""

from collections import Counter
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from blog.guarding.exposing import Finding, findings, without
from blog.guarding.reasons import exposed
from blog.models import Comment
from editorial.languages import for_keeps, listed
from editorial.models import Decision
from editorial.moving import record
from editorial.states import CannotNow, MayNot

#: The decision's name in the record.
REMOVED = "remove_exposed"


def exposed_in(comment: Comment) -> list[Finding]:
    """Return what in a comment's name and text may expose somebody."""
    return [*findings(comment.name), *findings(comment.text)]


def spared(comment: Comment) -> Comment:
    """Return a comment as it would be without that; nothing is written."""
    comment.name = without(comment.name, findings(comment.name))
    comment.text = without(comment.text, findings(comment.text))
    return comment


@transaction.atomic
def remove_exposed(comment: Comment, *, by: Any) -> Decision:
    """Put a mark in place of all that was found in a comment; what it said is not kept.

    Args:
        comment: as this person saw it.

    Raises:
        MayNot: this person does not moderate.
        CannotNow: there is nothing to remove, or the comment has changed meanwhile.
    """
    if not by.has_perm("blog.moderate_comment"):
        raise MayNot(_("Your role does not include moderating comments."))
    in_name, in_text = findings(comment.name), findings(comment.text)
    if not in_name and not in_text:
        raise CannotNow(_("There is nothing in it to remove."))
    as_seen = Comment.objects.filter(
        pk=comment.pk, text=comment.text, name=comment.name, state=comment.state
    )
    changed = as_seen.update(
        name=without(comment.name, in_name)[: Comment._meta.get_field("name").max_length],
        text=without(comment.text, in_text),
        reasons=[code for code in comment.reasons if code not in exposed(comment.reasons)],
        revision=F("revision") + 1,
        **dict.fromkeys(Comment.forgotten_when_redacted),
    )
    if not changed:
        raise CannotNow(_("This comment has changed meanwhile. Look at it again."))
    comment.bands.all().delete()  # by which what it said would still be found
    comment.refresh_from_db()
    with for_keeps():
        counts = Counter(finding.label for finding in [*in_name, *in_text])
        said = listed(f"{label} × {count}" for label, count in counts.items())
    return record(comment, REMOVED, by=by, reason=said)
