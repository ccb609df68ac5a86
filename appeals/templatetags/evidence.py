"""The pictures of an appeal's documents, and what lies where on them."""

from math import ceil
from typing import Any, NamedTuple

from django import template
from django.urls import reverse

from appeals.evidence.pixels import widths
from appeals.models import PageImage, Passage
from appeals.models.editions import pages_of
from editorial.addresses import canonical

register = template.Library()

Content = dict[str, Any]


#: How wide a column of text is at most, in rem; up to which width of the screen, in rem, it fills
#: that, and to how many hundredths.
COLUMN, SCREEN, FILLED = 39, 42, 92


class Page(NamedTuple):
    """A page of a document as readers get it; a picture that was taken away has no address.

    Attributes:
        srcset: what an ``img`` says of its widths; empty where there is only one.
    """

    number: int
    width: int
    height: int
    sha256: str
    address: str
    anchor: str
    srcset: str = ""


class Spot(NamedTuple):
    """A part of a page: what an SVG needs to show it, and where the whole of it is."""

    page: Page
    view: str
    sizes: str


@register.filter
def pictures(document: Content, ordinal: int) -> list[Page]:
    """Return the pages of an edition's document, the ordinal-th of its appeal."""
    return [page_of(ordinal, page) for page in pages_of(document)]


def page_of(ordinal: int, page: Content) -> Page:
    digest, _dot, suffix = page["file"].partition(".")
    known = len(digest) == 64 and digest == page["sha256"]
    address = canonical(reverse("appeals:picture", args=[digest, suffix])) if known else ""
    anchor = f"scan:{ordinal}:{page['number']}"
    size = page["width"], page["height"]
    smaller = {
        width: canonical(reverse("appeals:picture", args=[f"{digest}-{width}", suffix]))
        for width in (widths(page["width"], suffix) if known else ())
    }
    srcset = srcset_of(smaller | {page["width"]: address})
    return Page(page["number"], *size, page["sha256"], address, anchor, srcset)


def srcset_of(addresses: dict[int, str]) -> str:
    """Return an ``img``'s addresses by their widths; of one alone there is nothing to say."""
    if len(addresses) < 2:
        return ""
    return ", ".join(f"{address} {width}w" for width, address in addresses.items())


@register.simple_tag
def spots(content: Content, passage: str = "", signatory: Any = None) -> list[Spot]:
    """Return where on the pages of an appeal a passage or a signature stands."""
    found = []
    for ordinal, document in enumerate(content.get("documents", []), start=1):
        places = [
            place
            for place in document.get("places", [])
            if is_of(place, content, passage, signatory)
        ]
        pages = {page.number: page for page in pictures(document, ordinal)} if places else {}
        for place in places:
            page = pages.get(place["page"])
            if page and page.address:
                found.append(spot(page, place))
    return found


@register.simple_tag
def proof(content: Content, signatory: Content) -> dict[str, Any]:
    """Return the page that is evidence of a signature, and its document; nothing without one."""
    documents = dict(enumerate(content.get("documents", []), start=1))
    if not (document := documents.get(signatory.get("evidence_document") or 0)):
        return {}
    for page in pictures(document, signatory["evidence_document"]):
        if page.number == signatory["evidence_page"] and page.address:
            return {"page": page, "title": document["title"]}
    return {}


@register.filter
def spots_at_the_desk(passage: Passage) -> list[Spot]:
    """Return where a passage stands on pages that readers may not get yet."""
    found = []
    for place in passage.places.all():
        found.append(spot(at_the_desk(place.page), place.rectangle()))
    return found


@register.filter
def at_the_desk(image: PageImage) -> Page:
    """Return a page as those see it who decide whether readers may."""
    where = [image.document_id, image.number]
    version = f"?{image.sha256[:8]}"
    address = reverse("admin:appeals_document_public", args=where) + version
    smaller = {
        width: reverse("admin:appeals_document_narrow", args=[*where, width]) + version
        for width in widths(image.width, str(image.file.name).rpartition(".")[2])
    }
    anchor = reverse("admin:appeals_document_page", args=where)
    srcset = srcset_of(smaller | {image.width: address})
    size = image.width, image.height
    return Page(image.number, *size, image.sha256, address, anchor, srcset)


def spot(page: Page, place: Content) -> Spot:
    """Return a part of a page, drawn across a column: the whole page is so much wider."""
    seen = view(place, page)
    wider = page.width / max(1, int(seen.split()[2]))
    sizes = f"(max-width: {SCREEN}rem) {ceil(FILLED * wider)}vw, {ceil(COLUMN * wider)}rem"
    return Spot(page, seen, sizes)


def is_of(place: Content, content: Content, passage: str, signatory: Any) -> bool:
    """Tell whether a place is that of a passage by its key, or of one of the signatories."""
    if signatory is None:
        return bool(place.get("passage", "") == passage)
    line, signatories = place.get("signatory"), content["signatories"]
    return isinstance(line, int) and line < len(signatories) and signatories[line] is signatory


def view(place: Content, page: Page) -> str:
    """Return an SVG's viewBox for a place, with a little paper around it."""
    margin = 0.01
    left, top = max(0.0, place["x"] - margin), max(0.0, place["y"] - margin)
    right = min(1.0, place["x"] + place["w"] + margin)
    bottom = min(1.0, place["y"] + place["h"] + margin)
    numbers = (
        left * page.width,
        top * page.height,
        (right - left) * page.width,
        (bottom - top) * page.height,
    )
    return " ".join(str(round(number)) for number in numbers)
