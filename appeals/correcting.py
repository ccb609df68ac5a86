"""Correcting an original: what its translations say of it is asked about again."""

from typing import Any

from django.utils.translation import gettext as _

from appeals.dividing import normal
from appeals.keys import hold_passage
from appeals.models import Appeal, Passage
from editorial.editing import Stale, editing
from editorial.states import MayNot


def correct_original(appeal: Appeal, passage: Passage, text: str, *, by: Any, seen: str) -> bool:
    """Save the text of a passage of the original; return whether that changed anything.

    Accepted renderings become stale, and fresh again when the text returns to what it was.

    Args:
        seen: the digest of the text that this person had before them.

    Raises:
        MayNot: this person does not work on originals.
        Stale: the text is another by now.
        CannotNow: the passage went into another one.
    """
    if not by.has_perm("appeals.change_passage"):
        raise MayNot(_("Your role does not include correcting originals."))
    text = normal(text)
    with editing(appeal, by=by):
        row = hold_passage(passage)
        if row.text == text:
            return False
        if row.digest != seen:
            raise Stale(_("Somebody saved this passage after you opened it."))
        row.text = text
        row.save(update_fields=["text", "digest"])
    return True
