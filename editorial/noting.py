"""Notes between colleagues: written at a place of an item, and resolved there."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.models import Note, name_of
from editorial.states import CannotNow, MayNot


def add_note(item: models.Model, text: str, *, by: Any, place: str = "", weight: str = "") -> Note:
    """Write a note at a place of an item: the name of a field, the key of a passage.

    Args:
        weight: one of ``Note.Weight``; a question, if not given.

    Raises:
        MayNot: this person writes no notes.
        CannotNow: it says nothing.
    """
    demand(by, "add")
    text = text.replace("\0", "").strip()  # which not every database keeps
    if not text:
        raise CannotNow(_("The note is empty."))
    return Note.objects.create(
        item=item,
        place=place,
        weight=weight or Note.Weight.QUESTION,
        text=text,
        author=by,
        author_name=name_of(by),
    )


def resolve_note(note: Note, *, by: Any) -> None:
    """Mark a note as settled; who did it first stays recorded.

    Raises:
        MayNot: this person resolves no notes.
    """
    demand(by, "change")
    Note.objects.filter(pk=note.pk, resolved_at=None).update(
        resolved_at=timezone.now(), resolved_by=by, resolved_by_name=name_of(by)
    )


def demand(by: Any, verb: str) -> None:
    """Raise ``MayNot`` unless this person may do that to notes."""
    if not by.has_perm(f"editorial.{verb}_note"):
        raise MayNot(_("Your role does not include notes."))
