"""The comments under a post in the order of the conversation, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from blog.models import Comment

#: How many comments a page shows.
SIZE = 50


@dataclass(eq=False)
class Place:
    """Where a comment stands. One that is shown no more keeps its place above what answers it."""

    pk: int
    key: str
    sent_at: datetime
    parent_id: int | None
    is_shown: bool = True
    #: What it answers, and the first-level one that it stands under.
    parent: "Place | None" = None
    first: "Place | None" = None
    #: The comment, on a page that shows it or names it.
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


def moment(place: Place) -> Any:
    """Return what conversations are sorted by."""
    return place.sent_at, place.key


class Conversation:
    """All that readers may see of a post's comments.

    Two queries learn who answers whom; one more fetches the words of a page.
    """

    def __init__(self, post_id: int) -> None:
        """Learn who answers whom."""
        columns = ("pk", "key", "sent_at", "parent_id")
        comments = Comment.objects.filter(post_id=post_id)
        shown = [
            Place(*row)
            for row in Comment.objects.public().filter(post_id=post_id).values_list(*columns)
        ]
        answered = comments.filter(replies__post_id=post_id).order_by().distinct()
        known = {place.pk: place for place in shown}
        for pk, key, sent_at, parent_id in answered.values_list(*columns):
            known.setdefault(pk, Place(pk, key, sent_at, parent_id, is_shown=False))
        self.count = len(shown)
        self.places = in_order(known, shown)
        self.numbers = {p.key: n for n, p in enumerate(self.places) if p.is_shown}

    @property
    def pages(self) -> int:
        """How many pages there are; an empty conversation has one."""
        return max(-(-len(self.places) // SIZE), 1)

    def page_of(self, key: str) -> int:
        """Return the page on which the comment with a key is shown; 0 where none is."""
        return self.numbers[key] // SIZE + 1 if key in self.numbers else 0

    def page(self, number: int) -> list[Thread]:
        """Return the threads of one page, with the words of their comments. One query."""
        places = self.places[(number - 1) * SIZE : number * SIZE]
        threads: list[Thread] = []
        for place in places:
            if place.first is None:
                threads.append(Thread(place))
                continue
            if not threads:
                threads.append(Thread(place.first, is_continued=True))
            threads[-1].replies.append(place)
        around = [p for place in places for p in (place, place.first, place.parent) if p]
        named = {place.pk: place for place in around if place.is_shown}
        for comment in Comment.objects.public().filter(pk__in=named):
            named[comment.pk].comment = comment
        return threads


def in_order(known: dict[int, Place], shown: Iterable[Place]) -> list[Place]:
    """Return the shown places, and those that something shown stands below, each below its own.

    However deep a conversation goes: nothing here calls itself.
    """
    kept: dict[int, Place] = {}
    for place in shown:
        above: Place | None = place
        while above is not None and above.pk not in kept:
            kept[above.pk] = above
            above.parent = known.get(above.parent_id or 0)
            above = above.parent
    below: dict[int, list[Place]] = {}
    for place in sorted(kept.values(), key=moment, reverse=True):
        below.setdefault(place.parent.pk if place.parent else 0, []).append(place)
    ordered, waiting = [], below.get(0, [])
    while waiting:
        place = waiting.pop()
        if place.parent is not None:
            place.first = place.parent.first or place.parent
        ordered.append(place)
        waiting += below.get(place.pk, [])
    return ordered
