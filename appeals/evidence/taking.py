"""Taking in an original, and drawing its pages again when other boxes lie on them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from appeals.evidence import shelf
from appeals.evidence.rendering import Drawn, NotTaken, check_upload, draw
from appeals.models import BlackBox, PageImage, SourceDocument
from appeals.models.sources import private_storage


def pages_of_upload(upload: File) -> list[Drawn]:
    """Return the public pages of a file that somebody brings.

    Raises:
        NotTaken: with the sentence for them.
    """
    upload.seek(0)
    head = upload.read(16)
    check_upload(str(upload.name), head, upload.size)
    return draw(upload.chunks())


def pieces(original: Any) -> Iterator[bytes]:
    """Yield the bytes of a stored original."""
    with original.open("rb") as file:
        yield from file.chunks()


@transaction.atomic
def take_in(document: SourceDocument, original: File, pages: Sequence[Drawn]) -> None:
    """Give a document another original and its pages; what lay on the older pages goes.

    Nothing of it is public before somebody releases these pages.
    """
    older = str(document.original.name or "") if document.pk else ""
    document.original_name = str(original.name).rpartition("/")[2][-200:]
    document.original.save("original", original, save=False)
    shelf.remember(str(document.original.name))
    document.pages = len(pages) or document.pages
    document.save()
    if older and older != document.original.name:
        transaction.on_commit(lambda: private_storage().delete(older))
    put_pages(document, pages)


def put_pages(document: SourceDocument, pages: Sequence[Drawn]) -> None:
    """Store pages and make them the document's, in place of those it had."""
    document.images.all().delete()
    for page in pages:
        name, digest = shelf.put(page.data, page.suffix, page.smaller)
        PageImage.objects.create(
            document=document,
            number=page.number,
            width=page.width,
            height=page.height,
            file=name,
            sha256=digest,
        )


def drawn_page(image: PageImage, boxes: Sequence[BlackBox], *, smaller: bool = True) -> Drawn:
    """Return a page drawn from its original, with these boxes; in smaller widths too if wanted.

    Raises:
        NotTaken: the original is not there any more, or no longer read.
    """
    burnt = {image.number: [(box.x, box.y, box.w, box.h) for box in boxes]}
    try:
        original = pieces(image.document.original)
        [page] = draw(original, burnt, only=image.number, smaller=smaller)
    except (FileNotFoundError, ValueError):
        raise NotTaken(_("The original of this document is not there.")) from None
    return page


def replace(image: PageImage, page: Drawn) -> None:
    """Give a page another picture, and forget the older one unless an edition has it."""
    before = str(image.file.name)
    image.file.name, image.sha256 = shelf.put(page.data, page.suffix, page.smaller)
    image.width, image.height = page.width, page.height
    image.save()
    shelf.forget_in_the_end([before])
