"""Looking for a name in the metadata of the originals that are kept. Nothing of it is stored."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from appeals.evidence import limits
from appeals.evidence.rendering import asked_each
from appeals.models import SourceDocument
from editorial.matching import Needle

#: So many originals are looked into at once, the newest first; so much of them in bytes; so long.
FILES, BYTES, SECONDS = 200, 512 * 1024**2, 20


@dataclass
class Looked:
    """Which originals hold the name, with a text that does; and how many were not looked into."""

    found: list[tuple[SourceDocument, str]] = field(default_factory=list)
    unread: int = 0


def look_into_originals(needle: Needle) -> Looked:
    """Look into the originals, within limits of time and size."""
    documents = SourceDocument.objects.exclude(original="").select_related("appeal")
    looked = Looked(unread=documents.count())
    if not looked.unread:
        return looked
    with ExitStack() as stack:
        newest = {str(row.pk): row for row in documents.order_by("-pk")[:FILES]}
        paths = dict(within_limits(newest, stack))
        for pk, texts in asked_each({"metadata": paths}, SECONDS):
            looked.unread -= 1
            if said := next((text for text in texts if needle.is_in(text)), None):
                looked.found.append((newest[pk], said))
    return looked


def within_limits(documents: dict[str, Any], stack: ExitStack) -> Iterator[tuple[str, str]]:
    """Yield where the originals can be read, until they are too many bytes."""
    room = BYTES
    for pk, document in documents.items():
        try:
            size = document.original.size
            if size > min(limits.BYTES, room):
                continue
            yield pk, path_of(document, stack)
            room -= size
        except FileNotFoundError:
            continue


def path_of(document: SourceDocument, stack: ExitStack) -> str:
    """Return an original's path; where it is kept elsewhere, of a copy for this moment."""
    try:
        return str(Path(document.original.path).resolve(strict=True))
    except NotImplementedError:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="broadside-"))
        copy = Path(folder, "original")
        with document.original.open("rb") as file:
            copy.write_bytes(file.read())
        return str(copy)
