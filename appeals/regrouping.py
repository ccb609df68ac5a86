"""What splitting and merging passages share: an appeal and all its translations, edited as one."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.models import Appeal, Passage, Rendering, Translation
from editorial.editing import editing
from editorial.models import Note
from editorial.moving import bump, record
from editorial.states import MayNot, State

#: What is written of a rendering whenever its text or its original is another.
REGROUPED = [
    *("text", "author", "also_by", "state", "waiting_since", "passage"),
    *("accepted_digest", "vouched_by", "vouched_digest"),
]


@contextmanager
def regrouping(appeal: Appeal, *, by: Any, revision: int | None = None) -> Iterator[None]:
    """Edit an appeal and all its translations together: all of it is saved, or nothing.

    Raises:
        MayNot: this person does not work on both originals and translations.
        Stale: somebody saved the appeal after ``revision`` was read.
    """
    for part in ("passage", "rendering"):
        if not by.has_perm(f"appeals.change_{part}"):
            raise MayNot(_("Your role does not include splitting and merging passages."))
    with ExitStack() as together:
        together.enter_context(editing(appeal, by=by, revision=revision))
        for translation in appeal.translations.order_by("pk"):
            together.enter_context(editing(translation, by=by))
        yield


def put_in_order(passages: list[Passage]) -> None:
    """Number an appeal's passages in this order."""
    for position, passage in enumerate(passages, start=1):
        passage.position = position
    Passage.objects.bulk_update(passages, ["position"])


def review_again(rendering: Rendering, *, by: Any) -> None:
    """Save a rendering that belongs to another text now: its acceptance lapses."""
    came_from = rendering.state
    rendering.state, rendering.waiting_since = State.DRAFT, timezone.now()
    rendering.accepted_digest = rendering.vouched_digest = ""
    rendering.vouched_by = None
    rendering.save(update_fields=REGROUPED)
    bump(rendering)
    if came_from != State.DRAFT:
        record(rendering, "reopen", by=by, from_state=came_from)


def move_notes(appeal: Appeal, old: str, new: str) -> None:
    """Take the notes at one passage to another, on the appeal and on its translations."""
    places = {
        Appeal: [appeal.pk],
        Translation: list(appeal.translations.values_list("pk", flat=True)),
    }
    for model, pks in places.items():
        kind = ContentType.objects.get_for_model(model)
        Note.objects.filter(content_type=kind, object_id__in=pks, place=old).update(place=new)
