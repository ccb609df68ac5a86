"""The files of documents/: private originals, and their pages where the folder releases them."""

from hashlib import file_digest
from typing import Any

from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.evidence import shelf
from appeals.evidence.boxing import BLACK, Laid, laid_on, page_with, put_down
from appeals.evidence.rendering import Drawn, NotTaken
from appeals.evidence.taking import pages_of_upload, take_in
from appeals.models import Appeal, SourceDocument
from appeals.models.sources import HIDDEN
from config.content import records
from config.content.places import Problems


def digest_of(file: Any) -> str:
    """Return the SHA-256 of an open file, or of a stored one."""
    return file_digest(file, "sha256").hexdigest()


def check_document(said: records.Document, appeal: records.Appeal, problems: Problems) -> None:
    """Report a release that only the desk can make, and marks that lie nowhere."""
    statuses = {signatory.name_status or "pending" for signatory in appeal.signatories}
    if said.released and statuses & set(HIDDEN):
        reason = _("A name is withheld or pending: release this at the desk, once it is covered.")
        problems.add(said.where("released"), reason)
    keys = {passage.key for passage in appeal.passages()}
    for mark in said.marks:
        try:
            mark.rectangle()
        except ValueError:
            reason = _("Left, top, width and height are expected here, as parts of the page.")
            problems.add(mark.where("box"), reason)
        if mark.passage and mark.passage not in keys:
            problems.add(mark.where("passage"), _("There is no such passage."))
        if mark.signatory and not 0 < mark.signatory <= len(appeal.signatories):
            problems.add(mark.where("signatory"), _("There is no such line of the signatures."))


def check_evidence(appeal: records.Appeal, problems: Problems) -> None:
    """Report evidence of signatures that stands in no document of the folder."""
    files = {document.file for document in appeal.documents}
    for line in appeal.signatories:
        if line.evidence_document and line.evidence_document not in files:
            problems.add(line.where("evidence_document"), _("There is no such document."))
        if line.evidence_page and not line.evidence_document:
            problems.add(line.where("evidence_page"), _("Say in which document."))


def fill_evidence(appeal: Appeal, record: records.Appeal) -> bool:
    """Let signatures have their evidence in the documents that are there by now."""
    documents = {row.original_name: row.pk for row in appeal.documents.all()}
    changed = []
    for row, line in zip(appeal.signatories.all(), record.signatories, strict=True):
        wanted = documents.get(line.evidence_document), line.evidence_page
        if (row.evidence_document_id, row.evidence_page) != wanted:
            row.evidence_document_id, row.evidence_page = wanted
            changed.append(row)
    appeal.signatories.bulk_update(changed, ["evidence_document", "evidence_page"])
    return bool(changed)


def fill_documents(
    appeal: Appeal, record: records.Appeal, stored: list[str], problems: Problems
) -> bool:
    """Store the originals that are not there yet; tell whether anything differed.

    What is there and not in the folder stays. A title is public, so a file's name, which often
    holds a person's, never becomes one. A file that we cannot draw is kept without pages.

    Args:
        stored: grows by the stored names of new files: a rollback does not remove them.
    """
    there = {row.original_name: row for row in appeal.documents.all()}
    changed = False
    for position, said in enumerate(record.documents):
        row = there.get(said.file) or SourceDocument(
            appeal=appeal,
            original_name=said.file,
            position=position,
            title=_("Document %d") % (position + 1),
        )
        differs = row.pk is None
        for name, value in (("title", said.title), ("pages", said.pages)):
            if value and getattr(row, name) != value:
                setattr(row, name, value)
                differs = True
        with shelf.collecting(stored):
            differs |= store(row, said, problems)
            if differs:
                row.save()
            differs |= mark(row, said, problems)
        changed |= differs | release(row, said)
    return changed


def store(row: SourceDocument, said: records.Document, problems: Problems) -> bool:
    """Store a file as a document's original unless it is the same, and draw its pages."""
    if said.path is None:
        return False
    with said.path.open("rb") as file:
        if row.original:
            with row.original.open("rb") as kept:
                if digest_of(kept) == digest_of(file):
                    return False
            file.seek(0)
        original = File(file, name=said.file)
        take_in(row, original, drawn(original, said, problems))
    return True


def drawn(original: File, said: records.Document, problems: Problems) -> list[Drawn]:
    """Return the pages of a file; where they are wanted, that there are none is a problem."""
    try:
        return pages_of_upload(original)
    except NotTaken as refusal:
        if said.released or said.marks:
            problems.add(said.where("file"), str(refusal))
        return []


def mark(row: SourceDocument, said: records.Document, problems: Problems) -> bool:
    """Let on each page lie what the folder says, if anything; tell whether that differed."""
    changed = False
    for image in row.images.all() if said.marks else ():
        here = [one for one in said.marks if (one.page or 1) == image.number]
        wanted = sorted((laid(one, row.appeal) for one in here), key=lambda one: one.what != BLACK)
        if wanted != laid_on(image):
            put_down(image, wanted, page_with(image, wanted))
            changed = True
    return changed


def laid(mark: records.Mark, appeal: Appeal) -> Laid:
    """Return what a mark of the folder says, of the rows that are there by now."""
    if mark.passage:
        return Laid(f"passage:{appeal.passages.get(key=mark.passage).pk}", *mark.rectangle())
    if mark.signatory:
        line = appeal.signatories.all()[mark.signatory - 1]
        return Laid(f"signatory:{line.pk}", *mark.rectangle())
    return Laid(BLACK, *mark.rectangle())


def release(row: SourceDocument, said: records.Document) -> bool:
    """Release the pages if the folder does and nobody has; tell whether that was so."""
    row.refresh_from_db()
    digest = row.pages_digest
    if not said.released or not digest or row.is_released:
        return False
    row.released_digest, row.released_at = digest, timezone.now()
    row.save()
    return True
