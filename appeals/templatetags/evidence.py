"""The pictures of an appeal's documents, and what lies where on them."""

from typing import Any, NamedTuple

from django import template
from django.urls import reverse

from appeals.models import Passage
from appeals.models.editions import pages_of
from editorial.addresses import canonical

register = template.Library()

Content = dict[str, Any]


class Page(NamedTuple):
    """A page of a document as readers get it; a picture that was taken away has no address."""

    number: int
    width: int
    height: int
    sha256: str
    address: str
    anchor: str


class Spot(NamedTuple):
    """A part of a page: what an SVG needs to show it, and where the whole of it is."""

    page: Page
    view: str


@register.filter
def pictures(document: Content, ordinal: int) -> list[Page]:
    """Return the pages of an edition's document, the ordinal-th of its appeal."""
    return [page_of(ordinal, page) for page in pages_of(document)]


def page_of(ordinal: int, page: Content) -> Page:
    digest, _dot, suffix = page["file"].partition(".")
    known = len(digest) == 64 and digest == page["sha256"]
    address = canonical(reverse("appeals:picture", args=[digest, suffix])) if known else ""
    anchor = f"scan:{ordinal}:{page['number']}"
    return Page(page["number"], page["width"], page["height"], page["sha256"], address, anchor)


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
                found.append(Spot(page, view(place, page)))
    return found


@register.filter
def spots_at_the_desk(passage: Passage) -> list[Spot]:
    """Return where a passage stands on pages that readers may not get yet."""
    found = []
    for place in passage.places.all():
        image = place.page
        address = reverse("admin:appeals_document_public", args=[image.document_id, image.number])
        anchor = reverse("admin:appeals_document_page", args=[image.document_id, image.number])
        page = Page(image.number, image.width, image.height, image.sha256, address, anchor)
        found.append(Spot(page, view(place.rectangle(), page)))
    return found


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
