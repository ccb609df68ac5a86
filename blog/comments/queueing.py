"""The queue: what waits for a moderator, in sheets that no two moderators share.

Nothing here counts or sorts all that waits: a sheet is a stretch of an index, whatever the length
of the queue.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import BadRequest
from django.db import transaction
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast, Left
from django.utils import timezone
from django.utils.translation import gettext_lazy

from blog.models import Comment
from editorial.numbers import whole

SIZE = 25
#: How far the queue is looked over, to say how much waits and of what kinds.
SURVEYED = 1000
#: How far it is looked over for one reason, which stands in no index, before a sheet ends.
LOOKED_OVER = 5000
#: How many look-alikes one sheet can decide.
STACKED = 2000
#: How much of a look-alike is compared with the one that is shown, and how many are quoted.
COMPARED, QUOTED = 300, 5
#: How long a moderator has a sheet to themselves.
CLAIM = timedelta(minutes=15)
AGES = {
    "hour": (timedelta(hours=1), gettext_lazy("longer than an hour")),
    "day": (timedelta(days=1), gettext_lazy("longer than a day")),
    "week": (timedelta(days=7), gettext_lazy("longer than a week")),
}

Waiting = QuerySet[Comment]


@dataclass(frozen=True)
class Asked:
    """Which part of the queue is asked for.

    ``after`` is where the sheet before ended; ``taken`` asks for what colleagues have, too.
    """

    post: int | None = None
    reason: str = ""
    language: str = ""
    age: str = ""
    after: tuple[datetime, int] | None = None
    taken: bool = False

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Asked":
        """Read the query of an address.

        Raises:
            BadRequest: it was not made by any page of ours.
        """
        if any("\0" in value for value in query.values()):
            raise BadRequest  # no database has it
        post, age = query.get("post", ""), query.get("age", "")
        number = whole(post)
        if (post and number is None) or (age and age not in AGES) or '"' in query.get("reason", ""):
            raise BadRequest
        return cls(
            number,
            query.get("reason", ""),
            query.get("language", ""),
            age,
            read_place(query.get("after", "")),
            "taken" in query,
        )

    @property
    def is_narrow(self) -> bool:
        return bool(self.post or self.reason or self.language or self.age)

    def waiting(self) -> Waiting:
        """Return the comments that wait, longest first, from all the sheets to come."""
        return self.for_reason(self.of_any_reason())

    def of_any_reason(self) -> Waiting:
        """Return what waits, whatever it is held for: each of these is a stretch of an index."""
        found: Waiting = Comment.objects.held()
        if self.post is not None:
            found = found.filter(post=self.post)
        if self.language:
            found = found.filter(language=self.language)
        if self.age:
            found = found.filter(waiting_since__lte=timezone.now() - AGES[self.age][0])
        return found

    def for_reason(self, found: Waiting) -> Waiting:
        """Return those held for the reason, of so many as can be looked over."""
        if not self.reason:
            return found
        looked_over = found.values("pk")[:LOOKED_OVER]
        codes = Cast("reasons", TextField())
        held: Waiting = Comment.objects.held().filter(pk__in=looked_over)
        return held.annotate(codes=codes).filter(codes__contains=f'"{self.reason}"')

    def behind(self) -> Waiting:
        """Return what waits after the sheet before, whatever it is held for."""
        if self.after is None:
            return self.of_any_reason()
        since, pk = self.after
        later = Q(waiting_since__gt=since) | Q(waiting_since=since, pk__gt=pk)
        # The first condition says nothing new; by it the database finds the place in its index.
        return self.of_any_reason().filter(Q(waiting_since__gte=since) & later)

    def next(self) -> Waiting:
        """Return those that wait after the sheet before."""
        return self.for_reason(self.behind())

    def horizon(self) -> Comment | None:
        """Return the last that was looked over for a reason, where more wait behind it."""
        return self.behind()[LOOKED_OVER - 1 : LOOKED_OVER].first() if self.reason else None


def place(comment: Comment) -> str:
    """Return where a comment stands in the queue, for an address."""
    return f"{comment.waiting_since.isoformat()} {comment.pk}"


def read_place(text: str) -> tuple[datetime, int] | None:
    """Read a place in the queue."""
    if not text:
        return None
    since, _space, pk = text.rpartition(" ")
    try:
        moment = datetime.fromisoformat(since)
        number = int(pk)
        # At the ends of the calendar a moment elsewhere is none in UTC.
        found = (moment.astimezone(UTC), number)
    except (ValueError, OverflowError) as error:
        raise BadRequest from error
    if moment.tzinfo is None:
        raise BadRequest
    return found


@dataclass
class Stack:
    """Comments that say nearly the same as one on the sheet, which stands on top of them."""

    #: The revision of each, by its number: another one was not seen, nor was what joins later.
    revisions: dict[int, int] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    #: The beginnings of those that differ from the one on top.
    variants: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.revisions)

    @property
    def seen(self) -> str:
        """What a form sends along, so that only what was seen is decided with it."""
        return " ".join(f"{pk}-{revision}" for pk, revision in self.revisions.items())

    @property
    def quoted(self) -> list[str]:
        return list(self.variants)[:QUOTED]

    @property
    def unquoted(self) -> int:
        return max(len(self.variants) - QUOTED, 0)


def free_for(waiting: Waiting, user: Any) -> Waiting:
    """Return what no colleague has on their sheet now."""
    now = timezone.now()
    return waiting.filter(Q(claimed_until=None) | Q(claimed_until__lte=now) | Q(claimed_by=user))


def pick(waiting: Waiting, size: int) -> list[Comment]:
    """Return the first comments of as many stacks: of each the one on top, and singles.

    Looks a few times at most, so a page full of one flood may be followed by a short sheet.
    """
    picked: list[Comment] = []
    stacks: set[str] = set()
    for _look in range(4):
        missing = size - len(picked)
        left = waiting.exclude(pk__in=[c.pk for c in picked]).exclude(alike__in=stacks)
        found = list(left[:missing]) if missing else []
        for comment in found:
            if comment.alike is None or comment.alike not in stacks:
                picked.append(comment)
                stacks.update(filter(None, [comment.alike]))
        if len(found) < missing:
            break
    return sorted(picked, key=lambda comment: (comment.waiting_since, comment.pk))


def stacks_of(picked: Iterable[Comment], waiting: Waiting) -> dict[str, Stack]:
    """Return the stacks under comments, by the key that their look-alikes share. One query."""
    on_top = {comment.alike: comment for comment in picked if comment.alike}
    alike = waiting.filter(alike__in=on_top).order_by("alike", "pk")
    rows = alike.values_list("alike", "pk", "revision", "source", Left("text", COMPARED))
    stacks: dict[str, Stack] = {}
    for key, pk, revision, source, text in rows[:STACKED]:
        stack = stacks.setdefault(key, Stack())
        stack.revisions[pk] = revision
        stack.sources |= {source} - {""}  # the marks of other days are gone
        if text != on_top[key].text[:COMPARED]:
            stack.variants[text] = stack.variants.get(text, 0) + 1
    return {key: stack for key, stack in stacks.items() if stack.count > 1}


@transaction.atomic
def take_sheet(asked: Asked, user: Any, size: int = SIZE) -> tuple[list[Comment], dict[str, Stack]]:
    """Return the next sheet for a moderator, and lay a hand on it for a while.

    On PostgreSQL rows that a colleague is just taking or deciding are passed over; on SQLite only
    one takes at a time. A hand is a courtesy: it keeps nobody from deciding.
    """
    free = asked.next() if asked.taken else free_for(asked.next(), user)
    locked = free.select_for_update(skip_locked=True)
    picked = pick(free if asked.taken else locked, size)
    stacks = stacks_of(picked, asked.waiting())
    if not asked.taken:
        under = (stack.revisions for stack in stacks.values())
        pks = {comment.pk for comment in picked}.union(*under)
        hold_on(pks, user)
    return picked, stacks


def hold_on(pks: Iterable[int], user: Any) -> None:
    """Lay a hand on comments that no colleague has, waiting for nobody."""
    free = free_for(Comment.objects.order_by().filter(pk__in=list(pks)), user)
    locked = list(free.select_for_update(skip_locked=True).values_list("pk", flat=True))
    until = timezone.now() + CLAIM
    Comment.objects.filter(pk__in=locked).update(claimed_by=user, claimed_until=until)


def with_colleagues(user: Any) -> Waiting:
    """Return what colleagues have on their sheets now."""
    claimed = Comment.objects.held().order_by().filter(claimed_until__gt=timezone.now())
    return claimed.exclude(claimed_by=user)


def up_to(comments: Waiting, most: int = SURVEYED) -> int:
    """Count comments, and stop when there are more than so many."""
    return comments.values("pk")[: most + 1].count()


def read_seen(text: str) -> dict[int, int]:
    """Read which look-alikes a form showed, and of each which revision.

    Raises:
        BadRequest: it was not made by any page of ours.
    """
    pairs = [pair.partition("-")[::2] for pair in text.split(" ") if pair]
    seen = {whole(pk): whole(revision) for pk, revision in pairs[:STACKED]}
    if None in seen or None in seen.values():
        raise BadRequest
    return {
        pk: revision for pk, revision in seen.items() if pk is not None and revision is not None
    }


def alike_to(comment: Comment, seen: Mapping[int, int], asked: Asked, move: str) -> list[Comment]:
    """Return the look-alikes under a comment that were shown with it, as they are now.

    What is let through was read: it says exactly the same, under the same name, in the same
    place, and was held for the same reasons.
    """
    if not comment.alike:
        return []
    others = asked.waiting().filter(alike=comment.alike, pk__in=seen).exclude(pk=comment.pk)
    if move != "approve":
        return list(others[:STACKED])
    same = others.filter(text=comment.text, name=comment.name)[:STACKED]
    return [other for other in same if shown_of(other) == shown_of(comment)]


def shown_of(comment: Comment) -> tuple[Any, ...]:
    """Return what a moderator sees of a comment beside its words."""
    place = comment.post_id, comment.translation_id, comment.parent_id
    return *place, comment.reasons
