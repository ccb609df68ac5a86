"""The files of documents/: private originals, which no page ever serves."""

from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import storages
from django.utils.translation import gettext as _

from appeals.models import Appeal, SourceDocument
from config.content import records


def digest_of(file: Any) -> str:
    """Return the SHA-256 of an open file, or of a stored one."""
    return file_digest(file, "sha256").hexdigest()


def fill_documents(appeal: Appeal, record: records.Appeal, stored: list[str]) -> bool:
    """Store the originals that are not there yet; tell whether anything differed.

    What is there and not in the folder stays. A title is public, so a file's name, which often
    holds a person's, never becomes one.

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
        differs |= store(row, said.path, stored)
        if differs:
            row.save()
        changed |= differs
    return changed


def store(row: SourceDocument, path: Path | None, stored: list[str]) -> bool:
    """Store a file as a document's original unless it is the same; its public copy is void then."""
    if path is None:
        return False
    with path.open("rb") as file:
        if row.original:
            with row.original.open("rb") as kept:
                if digest_of(kept) == digest_of(file):
                    return False
            file.seek(0)
        row.original.save(path.name, File(file), save=False)
    stored.append(str(row.original.name))
    return True


def discard(stored: list[str]) -> None:
    """Remove the files of an import that was not kept."""
    for name in stored:
        storages["private"].delete(name)
    stored.clear()
