"""The moderators' queue opens as fast over a million comments as over a thousand."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from blog.admin import queue
from blog.admin.survey import survey
from blog.comments import queueing
from blog.comments.queueing import SIZE, Asked, place, take_sheet
from blog.models import Comment
from tests.cast import join
from tests.people import arrive
from tests.readers import publish_post
from tests.test_queue import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return publish_post()


def plans(queryset):
    """Return how the database can answer at best; a table this small it would read as a whole."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    return queryset.explain()


@pytest.mark.parametrize("asked", ["", "post", "language", "age", "after"])
def test_a_sheet_is_a_stretch_of_an_index(edition, asked):
    comments = waiting(edition, 60)
    part = {
        "": Asked(),
        "post": Asked(post=edition.item_id),
        "language": Asked(language="ar"),
        "age": Asked(age="hour"),
        "after": Asked(after=(comments[9].waiting_since, comments[9].pk)),
    }[asked]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE blog_comment")
    plan = plans(part.next()[:SIZE])
    assert "waiting_since" in plan or "_idx" in plan
    assert "USE TEMP B-TREE" not in plan
    assert "Sort" not in plan
    assert "SCAN blog_comment" not in plan.replace("SCAN blog_comment USING INDEX", "")


def test_a_place_in_the_queue_is_found_again(edition):
    comments = waiting(edition, 3)
    asked = Asked.read({"after": place(comments[0])})
    assert list(asked.next()) == comments[1:]


def test_for_a_reason_no_more_is_looked_over_than_is_said(edition, monkeypatch):
    """Reasons stand in no index: a rare one behind a million others is found stretch by stretch."""
    monkeypatch.setattr(queueing, "LOOKED_OVER", 20)
    monkeypatch.setattr(queue, "LOOKED_OVER", 20)
    comments = waiting(edition, 45)
    Comment.objects.filter(pk=comments[43].pk).update(reasons=["link"])
    mato = arrive("mato").open("/admin/blog/comment/queue/?reason=link")
    assert "20 of those that wait were looked over for this reason" in mato.text
    mato.follow("Go on looking").follow("Go on looking")
    assert [row.get("id") for row in mato.page.iter("fieldset")] == [comments[43].key]
    assert "looked over" not in mato.text


@pytest.mark.sqlite_only
def test_a_longer_queue_takes_no_more_steps(edition):
    """Counted in the steps of SQLite's machine: they do not depend on how busy this one is."""
    mato, steps = join("mato"), []
    for more in (2000, 8000):
        start = timezone.now() - timedelta(days=9)
        Comment.objects.bulk_create(
            Comment(post_id=edition.item_id, text="x", waiting_since=start + timedelta(seconds=n))
            for n in range(more)
        )
        for asked in (Asked(), Asked(post=edition.item_id)):
            steps.append(0)

            def step():
                steps[-1] += 1

            connection.connection.set_progress_handler(step, 100)
            take_sheet(asked, mato)
            survey(asked, mato)
            connection.connection.set_progress_handler(None, 0)
    assert steps[2] < steps[0] * 1.2
    assert steps[3] < steps[1] * 1.2


def test_the_measurement_leaves_nothing(capsys):
    call_command("measure_queue", "--lengths", "50", "150")
    found = json.loads(capsys.readouterr().out)["milliseconds"]
    assert set(found) == {"50", "150"}
    assert found["150"]["ratios"]["first_sheet"] > 0
    assert not Comment.objects.exists()
