"""What splitting and merging passages share: an appeal and its translations, edited as one."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.models import Appeal, Passage, Rendering, Translation
from appeals.naming.linking import one_memory
from editorial.editing import Stale, editing
from editorial.models import Note
from editorial.moving import bump, record
from editorial.states import MayNot, State

#: What is written of a rendering whenever its text or its original is another.
REGROUPED = [
    *("text", "author", "also_by", "state", "waiting_since", "passage"),
    *("accepted_digest", "vouched_by", "vouched_digest"),
]


#: Begins to edit the translations that have a rendering of some passages; returns their ids.
Taking = Callable[..., set[int]]


@contextmanager
def regrouping(appeal: Appeal, *, by: Any, revision: int | None = None) -> Iterator[Taking]:
    """Edit an appeal and translations of it together: all of it is saved, or nothing.

    Translations without the passages that are regrouped are none of its business.

    Raises:
        MayNot: this person does not work on both originals and translations.
        Stale: somebody saved the appeal after ``revision`` was read.
    """
    for part in ("passage", "rendering"):
        if not by.has_perm(f"appeals.change_{part}"):
            raise MayNot(_("Your role does not include splitting and merging passages."))
    with one_memory(), ExitStack() as together:
        together.enter_context(editing(appeal, by=by, revision=revision))

        def taking(*passages: Passage) -> set[int]:
            having = Rendering.objects.filter(passage__in=passages).order_by()
            translations = Translation.objects.filter(pk__in=having.values("translation"))
            for translation in translations.order_by("pk"):
                together.enter_context(editing(translation, by=by))
            return {translation.pk for translation in translations}

        yield taking


def refuse_others(renderings: Iterable[Rendering], taken: set[int]) -> None:
    """Raise ``Stale`` where somebody translated one of the passages at this moment."""
    if {rendering.translation_id for rendering in renderings} - taken:
        raise Stale(_("A translation of this passage was changed after you opened it."))


def with_hands(also_by: str, users: Iterable[int] = ()) -> str:
    """Return whose words are in a rendering, as ``Rendering.also_by`` has it, with more of them."""
    hands = {int(pk) for pk in also_by.split(",") if pk} | {*users}
    return f",{','.join(map(str, sorted(hands)))}," if hands else ""


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
