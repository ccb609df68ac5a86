"""The comments under a post in the order of the conversation, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q

from blog.models import Comment
from blog.models.places import above

#: How many comments a page shows.
SIZE = 50
#: What conversations are sorted by.
ORDER = "place"


@dataclass(eq=False)
class Place:
    """Where a comment stands. One that is shown no more keeps its place above what answers it."""

    key: str
    #: What it answers, and the first-level one that it stands under.
    parent: "Place | None" = None
    first: "Place | None" = None
    #: The comment, where readers see it.
    comment: Any = None

    @property
    def is_reply(self) -> bool:
        """Whether it answers another one than that which it stands under."""
        return self.parent is not None and self.parent is not self.first


@dataclass
class Thread:
    """A first-level comment, and what of its replies one page shows.

    ``is_continued`` where an earlier page showed the beginning.
    """

    first: Place
    replies: list[Place] = field(default_factory=list)
    is_continued: bool = False


def shown(post_id: int) -> Any:
    """Return what readers see of a post's comments, in the order of the conversation."""
    return Comment.objects.public().filter(post_id=post_id).order_by(ORDER)


class Conversation:
    """All that readers may see of a post's comments; only a page of it is ever read."""

    def __init__(self, post_id: int) -> None:
        self.post_id = post_id

    @cached_property
    def count(self) -> int:
        """How many comments there are. One query, asked once."""
        return int(shown(self.post_id).count())

    @property
    def pages(self) -> int:
        """How many pages there are; an empty conversation has one."""
        return max(-(-self.count // SIZE), 1)

    def page_of(self, key: str) -> int:
        """Return the page on which the comment with a key is shown; 0 where none is."""
        if not (key.isascii() and key.isalnum()):
            return 0
        comments = shown(self.post_id)
        place = comments.filter(key=key).values_list("place", flat=True).first()
        return comments.filter(place__lt=place).count() // SIZE + 1 if place else 0

    def page(self, number: int) -> list[Thread]:
        """Return the threads of one page. Two queries: for its comments, for those above them."""
        start = (number - 1) * SIZE
        rows = list(shown(self.post_id)[max(start - 1, 0) : start + SIZE])
        before = rows.pop(0).place if start and rows else ""
        return threads(places(rows, before, self.around(rows)))

    def around(self, rows: list[Comment]) -> list[Comment]:
        """Return what stands above some comments, each with whether readers see it."""
        wanted = Q(place__in={place for row in rows for place in above(row.place)})
        wanted |= Q(pk__in={row.parent_id or 0 for row in rows})
        is_shown = Exists(shown(self.post_id).filter(pk=OuterRef("pk")))
        return list(Comment.objects.filter(wanted, post_id=self.post_id).annotate(seen=is_shown))


def places(rows: list[Comment], before: str, around: Iterable[Any]) -> list[Place]:
    """Return the places of a page's comments, each below what it answers.

    What is shown no more stands before the first that is shown below it.

    Args:
        before: the place of the last comment on the page before.
        around: what stands above the page's comments.
    """
    found: dict[int, Place] = {}
    by_place: dict[str, Place] = {}
    hidden: set[str] = set()
    for comment in sorted(around, key=lambda comment: len(comment.place)):
        by_place[comment.place] = found[comment.pk] = Place(
            comment.key, comment=comment if comment.seen else None
        )
        settle(found[comment.pk], comment, found, by_place)
        if not comment.seen and not before.startswith(comment.place):
            hidden.add(comment.place)
    ordered: list[Place] = []
    for row in rows:
        for place in above(row.place):
            if place in hidden:
                hidden.discard(place)
                ordered.append(by_place[place])
        here = found.setdefault(row.pk, Place(row.key, comment=row))
        settle(here, row, found, by_place)
        ordered.append(here)
    return ordered


def settle(
    here: Place, comment: Comment, found: dict[int, Place], by_place: dict[str, Place]
) -> None:
    """Set what a comment answers and stands under, as far as it is known."""
    here.parent = found.get(comment.parent_id or 0)
    here.first = by_place.get(next(iter(above(comment.place)), ""))


def threads(places: list[Place]) -> list[Thread]:
    """Return places as threads."""
    found: list[Thread] = []
    for place in places:
        if place.first is None:
            found.append(Thread(place))
            continue
        if not found:
            found.append(Thread(place.first, is_continued=True))
        found[-1].replies.append(place)
    return found
