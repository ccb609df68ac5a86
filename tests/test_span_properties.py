"""Whatever is published, scheduled, cancelled and withdrawn, and when: the past stays as it was."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from blog.models import Post, PostEdition
from editorial.models import Approval
from editorial.resolving import history
from editorial.sealing import cancel_schedule, publish, withdraw
from editorial.states import CannotNow, State
from editorial.verifying import verify
from tests.cast import join, write_post
from tests.invariants import broken

pytestmark = pytest.mark.django_db

#: Ahead of the real clock, which the database's own seals read.
START = datetime(2100, 1, 1, 12, tzinfo=UTC)
SLUGS = (f"story-{number}" for number in count())

HOURS = st.integers(1, 4)
PUBLISH = st.tuples(st.just("publish"), st.none() | HOURS, st.none() | HOURS)
CANCEL = st.tuples(st.just("cancel"), st.none(), st.none())
WITHDRAW = st.tuples(st.just("withdraw"), st.none(), st.none())
WAIT = st.tuples(st.just("wait"), HOURS, st.none())
DAY = st.lists(PUBLISH | WAIT | CANCEL | WITHDRAW | PUBLISH, min_size=1, max_size=9)


@dataclass
class Span:
    title: str
    start: datetime
    meant: datetime | None
    end: datetime | None


@dataclass
class Story:
    """The same story told by the simplest means: what the database is held against."""

    spans: list[Span] = field(default_factory=list)

    def at(self, moment: datetime) -> Span | None:
        holds = [s for s in self.spans if s.start <= moment and (not s.end or s.end > moment)]
        assert len(holds) < 2
        return holds[0] if holds else None

    def live(self, moment: datetime) -> str:
        span = self.at(moment)
        return span.title if span else ""

    def call_off(self, now: datetime) -> bool:
        """Drop what is scheduled, and give the one before it the end it was meant to have."""
        scheduled = [span for span in self.spans if span.start > now]
        for dropped in scheduled:
            self.spans.remove(dropped)
            for span in self.spans:
                if span.end == dropped.start:
                    span.end = span.meant
        return bool(scheduled)

    def begin(self, title: str, now: datetime, at: datetime, until: datetime | None) -> None:
        self.call_off(now)
        if holding := self.at(at):
            holding.end = at
        self.spans.append(Span(title, at, until, until))


def approved(post: Post, title: str) -> Post:
    """Return the post with a new title, approved by the shortest way."""
    Post.objects.filter(pk=post.pk).update(title=title, state=State.APPROVED)
    post.refresh_from_db()
    Approval.objects.create(item=post, revision=1, digest=post.content_digest(), approver_name="R")
    return post


def live(post: Post, at: datetime) -> str:
    titles = [e.title for e in PostEdition.objects.spanning(at).filter(item=post)]
    assert len(titles) < 2
    return titles[0] if titles else ""


def timeline(post: Post, at: datetime) -> list[tuple[int, str]]:
    return [(e.rank, e.title) for e in history(PostEdition.objects.all(), post.pk, at)]


def act(post: Post, story: Story, move: Any, title: str, by: Any) -> None:
    """Make one move in the database and in the story; both refuse, or neither does."""
    name, hours, more = move
    now = timezone.now()
    if name == "publish":
        at = now + timedelta(hours=hours or 0)
        until = at + timedelta(hours=more) if more else None
        publish(approved(post, title), by=by, at=at if hours else None, until=until)
        story.begin(title, now, at, until)
    elif name == "cancel":
        if story.call_off(now):
            cancel_schedule(post, by=by)
        else:
            with pytest.raises(CannotNow):
                cancel_schedule(post, by=by)
    elif story.live(now).startswith("Edition"):
        kept = PostEdition.objects.live().get(item=post).title
        withdraw(post, by=by, note="A mistake.")
        story.begin(kept.replace("Edition", "Withdrawn"), now, now, None)
    else:
        with pytest.raises(CannotNow):
            withdraw(post, by=by, note="A mistake.")


def said(post: Post, at: datetime) -> str:
    """Return what is live, a withdrawal's title marked as in the story."""
    edition = PostEdition.objects.spanning(at).filter(item=post).first()
    if edition is None:
        return ""
    return edition.title.replace("Edition", "Withdrawn") if edition.is_withdrawal else edition.title


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DAY)
@example([("publish", None, 4), ("publish", 2, None), ("cancel", None, None)])
@example([("publish", None, 2), ("publish", 2, None), ("publish", 4, None)])
@example([("publish", None, None), ("publish", 2, None), ("wait", 3, None), ("cancel", None, None)])
def test_any_story_goes_as_the_simplest_telling_of_it(day: list[Any]) -> None:
    edda = join("edda")
    with transaction.atomic():
        post, story = write_post(slug=next(SLUGS)), Story()
        seen: dict[datetime, str] = {}
        born: set[datetime] = set()
        told: list[tuple[int, str]] = []
        now = START
        with patch("django.utils.timezone.now", lambda: now):
            for number, move in enumerate([*day, ("wait", 9, None)]):
                seen[now] = said(post, now)
                now += timedelta(seconds=1)
                if move[0] == "wait":
                    now += timedelta(hours=move[1])
                else:
                    act(post, story, move, f"Edition {number}", edda)
                hours = [now + timedelta(hours=n) for n in range(-2, 10)]
                assert [said(post, at) for at in hours] == [story.live(at) for at in hours]
                born |= set(
                    PostEdition.objects.was_live()
                    .filter(item=post)
                    .values_list("published_at", flat=True)
                )
                before, told = told, timeline(post, now)
                withdrawals = PostEdition.objects.was_live().filter(kind="withdrawal", item=post)
                if not withdrawals:
                    assert told[: len(before)] == before
                assert [rank for rank, _title in told] == sorted({rank for rank, _title in told})

        assert {at: said(post, at) for at in seen} == seen
        assert len(born) <= 1
        assert broken(post) == []
        transaction.set_rollback(True)
    assert list(verify()) == []
