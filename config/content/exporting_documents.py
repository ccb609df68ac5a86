"""Documents in a folder: their originals, what lies on their pages, and whether they are public."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from appeals.models import SourceDocument
from appeals.models.sources import HIDDEN
from config.content.showing import Export, Shown
from config.content.yamlout import filled, tidy


def export_documents(
    appeal: Shown, folder: str, export: Export, originals: bool, lines: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return what is said of an appeal's documents, and add their originals to what is copied.

    The lines of the signatures are told in which of the files their evidence is.

    A scan shows the names that the page withholds, so with such names it stays where it is.
    """
    rows = list(appeal.item.documents.prefetch_related("images__places", "images__boxes"))
    hides = any(line["name_status"] in HIDDEN for line in appeal.content["signatories"])
    if rows and hides and not originals:
        note = _("%s: without its originals, which may show names that are kept back")
        export.notes.append(note % appeal.item)
        return []
    evidence = evidence_of(rows, appeal)
    said: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(rows, start=1):
        if not row.original:
            export.notes.append(_("%s: a document without an original") % appeal.item)
            continue
        name = file_name(row, number)
        name = f"{number}-{name}" if name in said else name
        shown = shown_as(row, appeal.content["documents"])
        images = list(row.images.all())
        marks = [*black(images), *places(shown or latest(row, appeal))]
        said[name] = {
            "file": name,
            "title": row.title,
            "pages": None if images else row.pages,
            "released": (bool(shown) and not hides) or None,
            "marks": sorted(marks, key=lambda mark: "passage" in mark or "signatory" in mark),
        }
        export.copies[f"{folder}/documents/{name}"] = row.original
        for line, (document, page) in zip(lines, evidence, strict=True):
            if document == row.pk:
                line |= filled({"evidence_document": name, "evidence_page": page})
    return [filled(one) for one in said.values()]


def evidence_of(
    rows: Sequence[SourceDocument], appeal: Shown
) -> list[tuple[int | None, int | None]]:
    """Return of each line of the signatures in which document its evidence is, and on which page.

    What readers do not get is said where the desk has the same lines as the folder.
    """
    lines = appeal.content["signatories"]
    documents = appeal.content["documents"]
    by_place = {
        documents.index(said) + 1: row.pk for row in rows if (said := shown_as(row, documents))
    }
    found = [
        (by_place.get(line.get("evidence_document") or 0), line.get("evidence_page"))
        for line in lines
    ]
    if appeal.item.content()["signatories"] != lines:
        return found
    here = [(of.evidence_document_id, of.evidence_page) for of in appeal.item.signatories.all()]
    # The place that readers are given may be another document's at the desk by now.
    return [
        public if line.get("evidence_document") else own
        for line, public, own in zip(lines, found, here, strict=True)
    ]


def shown_as(row: SourceDocument, documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what a content says of a document, if readers get exactly its pages."""
    pages = [image.content() for image in row.images.all()]
    for document in documents:
        if (document["title"], document["pages"]) == (row.title, pages):
            return document
    return {}


def latest(row: SourceDocument, appeal: Shown) -> dict[str, Any]:
    """Return what the desk says of a document, where the folder has the same passages and names."""
    today = appeal.item.content()
    if any(today[part] != appeal.content[part] for part in ("passages", "signatories")):
        return {}
    return row.content(appeal.item.passages.all(), appeal.item.signatories.all())


def black(images: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Yield the black boxes of pages."""
    for image in images:
        for box in image.boxes.all():
            yield mark(image.number, box.rectangle())


def places(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield where passages and signatures stand, as a content says it; lines count from 1."""
    for place in said.get("places", []):
        of = {"passage": place["passage"]} if "passage" in place else {}
        of |= {"signatory": place["signatory"] + 1} if "signatory" in place else {}
        yield mark(place["page"], place) | of


def mark(page: int, box: dict[str, float]) -> dict[str, Any]:
    """Return a rectangle on a page; the first page goes without saying."""
    rectangle = " ".join(repr(box[side]) for side in ("x", "y", "w", "h"))
    return filled({"page": page if page != 1 else None, "box": rectangle})


def file_name(row: SourceDocument, number: int) -> str:
    """Return the name under which an original came, made safe, or a number."""
    name = tidy(row.original_name).replace("/", "-").replace("\\", "-").lstrip(".")
    return name or f"document-{number}"
