"""Who lets the public see pages: one person releases them, another approves the appeal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.evidence import shelf
from appeals.models import AppealEdition, AppealEditionPage, Place, SourceDocument
from appeals.models.editions import pages_of
from appeals.models.sources import HIDDEN
from editorial.editing import editing, hold
from editorial.models import name_of
from editorial.moving import record
from editorial.redacting import MARK, change_editions, opened
from editorial.states import CannotNow, MayNot


def demand(by: Any, *permissions: str) -> None:
    """Raise ``MayNot`` unless this person works with documents, and with originals if need be."""
    if not by.has_perms(permissions):
        raise MayNot(_("Your role does not include deciding about documents."))


@contextmanager
def deciding(document: SourceDocument, seen: str, by: Any) -> Iterator[str]:
    """Change what is decided about exactly the pages that this person looked at.

    Raises:
        CannotNow: there are none, or they are others by now.
    """
    with editing(document.appeal, by=by):
        document.refresh_from_db()
        digest = document.pages_digest
        if not digest:
            raise CannotNow(_("This document has no pages yet."))
        if seen != digest:
            raise CannotNow(_("The pages were changed after you opened them. Look at them again."))
        yield digest
        document.save()


def release(document: SourceDocument, *, seen: str, by: Any) -> None:
    """Let the next edition show these pages, once the appeal is approved by somebody else.

    Args:
        seen: the digest of the pages that this person looked at.

    Raises:
        MayNot: this person does not work with documents.
        CannotNow: there are no such pages any more.
    """
    demand(by, "appeals.change_sourcedocument")
    with deciding(document, seen, by) as digest:
        document.released_digest, document.released_at = digest, timezone.now()
        document.released_by, document.released_by_name = by, name_of(by)
        record(document.appeal, "release_document", by=by, reason=document.title)


def take_back(document: SourceDocument, *, by: Any) -> None:
    """Let no edition to come show these pages.

    Raises:
        MayNot: this person does not work with documents.
    """
    demand(by, "appeals.change_sourcedocument")
    with editing(document.appeal, by=by):
        document.released_digest, document.released_at = "", None
        document.released_by, document.released_by_name = None, ""
        document.save()
        record(document.appeal, "take_document_back", by=by, reason=document.title)


def confirm_covered(document: SourceDocument, *, seen: str, by: Any) -> None:
    """Put one's name to it that no name withheld can be read on these pages.

    Raises:
        MayNot: this person may not see what the boxes cover.
        CannotNow: there are no such pages any more, or a hidden signature lies open.
    """
    demand(by, "appeals.change_sourcedocument", "appeals.open_original")
    with deciding(document, seen, by) as digest:
        for place in lying_open(document):
            raise CannotNow(
                _("On page %(page)d the place of a hidden signature is not black.")
                % {"page": place.page.number}
            )
        document.covered_digest, document.covered_at = digest, timezone.now()
        document.covered_by, document.covered_by_name = by, name_of(by)
        record(document.appeal, "confirm_covered", by=by, reason=document.title)


def lying_open(document: SourceDocument) -> list[Place]:
    """Return the known places of hidden signatures that no black box covers."""
    places = Place.objects.filter(page__document=document, signatory__name_status__in=HIDDEN)
    return [
        place
        for place in places.select_related("page").prefetch_related("page__boxes")
        if not any(box.holds(place) for box in place.page.boxes.all())
    ]


@transaction.atomic
def take_from_readers(document: SourceDocument, *, by: Any, ground: str) -> None:
    """Take every picture of the appeal from readers at once, out of all of its editions.

    Their digests still verify: it is a redaction of the pictures' addresses.

    Raises:
        MayNot: this person may not redact.
        CannotNow: no edition has a picture.
    """
    demand(by, "appeals.change_sourcedocument", "editorial.add_redaction")
    hold(document.appeal)  # nobody publishes another edition with pictures meanwhile
    pages = AppealEditionPage.objects.filter(edition__item=document.appeal_id)
    files = {file for digest, file in pages.values_list("sha256", "file") if len(digest) == 64}
    if not files:
        raise CannotNow(_("No edition of this appeal has a picture."))
    with opened(by=by, ground=ground) as redaction:
        editions = AppealEdition._base_manager.filter(item=document.appeal_id)
        redaction.places = change_editions(editions, without_pictures)
    take_back(document, by=by)
    pictures = [f"{shelf.FOLDER}/{file}" for file in files]
    transaction.on_commit(cache.clear)
    shelf.forget_in_the_end(pictures)


def without_pictures(content: dict[str, Any]) -> None:
    """Take the addresses of all pictures out of an edition's content, in place."""
    for document in content.get("documents", []):
        for page in pages_of(document):
            page["file"], page["sha256"] = MARK, MARK
