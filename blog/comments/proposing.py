"""Readers' corrections of a translation: a comment on a passage, which becomes a note there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from appeals.aligning import original, translated
from appeals.models import AppealEdition, TranslationEdition
from blog.comments.moderating import Status
from blog.guarding.removing import REMOVED
from blog.models import Comment
from editorial.languages import for_keeps
from editorial.models import Decision, Note


def pass_on(sender: Any, item: Any, decision: Decision, **kwargs: Any) -> None:
    """Receiver of ``decided``: keep the note at the translation desk in step with a proposal.

    Approved, it is a note on its passage; whatever else is decided takes an open note away again.
    One that the translators have dealt with stays, without the words of who erased or changed
    theirs: what was changed is another proposal, and becomes a note of its own. What a moderator
    took out of a proposal is taken out of its note as well, whatever became of that.
    """
    if not isinstance(item, Comment) or item.translation_id is None:
        return
    if decision.name == REMOVED and item.note_id is not None:
        Note.objects.filter(pk=item.note_id).update(**said_in(item))
        return
    if decision.to_state == Status.APPROVED:
        if item.note_id is None:
            put(item, add(item))
        return
    if item.note_id is not None:
        Note.objects.filter(pk=item.note_id).unresolved().delete()
    item.refresh_from_db(fields=["note", "name", "text"])  # of many at once it may be stale
    if item.note_id is None:
        return
    with for_keeps():
        if decision.name == "correct":
            reword(item.note_id, _("Changed since by its writer."))
            put(item, None)
        elif not item.text:
            reword(item.note_id, _("Erased by its writer."))


def reword(note: int, said: str) -> None:
    """Leave nothing of a reader in a proposal's note but that there was one."""
    Note.objects.filter(pk=note).update(text=said, author_name=_("a reader"))


def add(proposal: Comment) -> Note:
    """Write the note: by a reader, in their words."""
    return Note.objects.create(
        item=proposal.translation, place=proposal.passage, **said_in(proposal)
    )


def said_in(proposal: Comment) -> dict[str, str]:
    """Return what its note says, and who says it."""
    with for_keeps():
        author = _("a reader: %(name)s") % {"name": proposal.signature}
        return {"text": proposal.words, "author_name": author}


def passage_path(proposal: Comment) -> str:
    """Return where a proposal's passage is worked on at the desk."""
    page = reverse("admin:appeals_translation_review", args=[proposal.translation_id])
    return f"{page}#{proposal.passage}"


@dataclass(frozen=True)
class Standing:
    """The passage that a proposal is about, as readers see it now beside its original."""

    title: str
    language: str
    text: str
    original_language: str
    original: str


def standing(comments: Iterable[Comment]) -> dict[int, Standing]:
    """Return, by proposal, the passage it is about; of what no reader sees any more, none.

    Two queries, however many of the comments are proposals, and if none is.
    """
    proposals = [comment for comment in comments if comment.translation_id is not None]
    wanted = [proposal.translation_id or 0 for proposal in proposals] or [0]
    live = TranslationEdition.objects.live().filter(item_id__in=wanted).light()
    editions = {edition.item_id: edition for edition in live}
    about = [edition.appeal_id for edition in editions.values()] or [0]
    appeals = {a.item_id: a for a in AppealEdition.objects.live().filter(item_id__in=about).light()}
    found: dict[int, Standing] = {}
    for proposal in proposals:
        edition = editions.get(proposal.translation_id or 0)
        if edition is None or edition.appeal_id not in appeals:
            continue
        appeal = appeals[edition.appeal_id].data
        side, source = translated(appeal, edition.data), original(appeal)
        for passage, above in zip(side.passages, source.passages, strict=True):
            if passage.key == proposal.passage:
                found[proposal.pk] = Standing(
                    side.title or appeal["title"],
                    side.language,
                    passage.text,
                    source.language,
                    above.text,
                )
    return found


def put(proposal: Comment, note: Note | None) -> None:
    Comment.objects.filter(pk=proposal.pk).update(note=note)
    proposal.note = note
