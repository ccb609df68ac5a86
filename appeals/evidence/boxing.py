"""What lies on a page, saved as one: black boxes, and the places of passages and signatures."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from appeals.evidence import shelf
from appeals.evidence.releasing import demand
from appeals.evidence.rendering import Drawn
from appeals.evidence.taking import drawn_page, replace
from appeals.models import BlackBox, PageImage, Place
from editorial.canonical import canonical, sha256
from editorial.editing import Stale, editing

BLACK = "black"


class Laid(NamedTuple):
    """One rectangle, and what it is: ``black``, ``passage:ID`` or ``signatory:ID``."""

    what: str
    x: float
    y: float
    w: float
    h: float


def laid_on(image: PageImage) -> list[Laid]:
    """Return what lies on a page, the black boxes first."""
    boxes = [Laid(BLACK, *box.rectangle().values()) for box in image.boxes.all()]
    places = [Laid(what(place), *place.rectangle().values()) for place in image.places.all()]
    return boxes + places


def what(place: Place) -> str:
    if place.passage_id is not None:
        return f"passage:{place.passage_id}"
    return f"signatory:{place.signatory_id}"


def digest_of(image: PageImage) -> str:
    """Return what a form carries, to be refused when somebody else was faster."""
    return sha256(canonical([image.sha256, *map(list, laid_on(image))]))


def lay(image: PageImage, wanted: Sequence[Laid], *, seen: str, by: Any) -> None:
    """Make these rectangles the page's, and burn the black ones into its public picture.

    Args:
        seen: the digest of what lay there when this person began.

    Raises:
        MayNot: this person does not work with originals.
        Stale: somebody else was faster.
        NotTaken: the page cannot be drawn again.
    """
    demand(by, "appeals.change_sourcedocument", "appeals.open_original")
    page = page_with(image, wanted)  # takes a while, so nothing is locked yet
    with shelf.all_or_nothing(), editing(image.document.appeal, by=by):
        image.refresh_from_db()
        if digest_of(image) != seen:
            raise Stale(_("Somebody changed this page after you opened it."))
        put_down(image, wanted, page)


def black_boxes(image: PageImage, wanted: Sequence[Laid]) -> list[BlackBox]:
    """Return the black ones of some rectangles, unsaved."""
    black = [row for row in wanted if row.what == BLACK]
    return [BlackBox(page=image, x=row.x, y=row.y, w=row.w, h=row.h) for row in black]


def page_with(image: PageImage, wanted: Sequence[Laid]) -> Drawn | None:
    """Return the page drawn with other black boxes than lie on it, or None where they do."""
    boxes = black_boxes(image, wanted)
    if [box.rectangle() for box in boxes] == [box.rectangle() for box in image.boxes.all()]:
        return None
    return drawn_page(image, boxes)


def put_down(image: PageImage, wanted: Sequence[Laid], page: Drawn | None) -> None:
    """Store what lies on a page, and the page drawn with it if that differs."""
    if page is not None:
        image.boxes.all().delete()
        BlackBox.objects.bulk_create(black_boxes(image, wanted))
        replace(image, page)
    image.places.all().delete()
    for row in wanted:
        of, _colon, pk = row.what.partition(":")
        if of != BLACK:
            image.places.create(x=row.x, y=row.y, w=row.w, h=row.h, **{f"{of}_id": int(pk)})
