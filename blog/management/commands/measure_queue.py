import json
import time
from datetime import timedelta
from statistics import median
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from blog.admin.survey import survey
from blog.comments.deciding import Choice, decide_each
from blog.comments.queueing import Asked, place, take_sheet
from blog.models import Comment, Post

AT_ONCE = 5000
ROUNDS = 7


class Command(BaseCommand):
    help = (
        "Measure how long a sheet takes to open, and 50 decisions to be made, in queues of several "
        "lengths. Everything happens in a transaction that is rolled back; do it on an empty "
        "database of its own: writers wait meanwhile. Prints one JSON object."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--lengths", nargs="+", type=int, default=[100, 10_000, 100_000])

    def handle(self, *args: Any, **options: Any) -> None:
        found = {}
        with transaction.atomic():
            user = get_user_model()._default_manager.create(
                username="measured", is_superuser=True, is_staff=True
            )
            posts = [Post.objects.create(title=f"Measured {number}") for number in range(20)]
            for length in sorted(options["lengths"]):
                fill(posts, Comment.objects.count(), length)
                analyse()
                found[length] = measure(user, posts[0])
            transaction.set_rollback(True)
        first = found[min(found)]
        for row in found.values():
            row["ratios"] = {
                name: round(row[name] / first[name], 1) for name in first if name != "ratios"
            }
        self.stdout.write(json.dumps({"database": connection.vendor, "milliseconds": found}))


def fill(posts: list[Post], there: int, number: int) -> None:
    """Add comments that wait, up to a number, on all the posts by turns."""
    start = timezone.now() - timedelta(days=30)
    for begin in range(there, number, AT_ONCE):
        Comment.objects.bulk_create(
            Comment(
                key=f"measured{n}",
                post=posts[n % len(posts)],
                text=f"They met at dawn, as they had said they would: {n}.",
                waiting_since=start + timedelta(seconds=n),
                sent_at=start + timedelta(seconds=n),
                language=["en", "ru", "ar"][n % 3],
            )
            for n in range(begin, min(begin + AT_ONCE, number))
        )


def analyse() -> None:
    """Let the database know what there is, as it would by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(user: Any, post: Post) -> dict[str, Any]:
    """Return milliseconds: the median of some rounds."""
    count = Comment.objects.held().count()
    middle = Comment.objects.held()[count // 2]
    asked = {
        "first_sheet": Asked(),
        "sheet_of_a_post": Asked(post=post.pk),
        "sheet_in_the_middle": Asked.read({"after": place(middle)}),
        "sheet_in_a_language": Asked(language="ar"),
    }
    found = {name: timed(lambda part=part: open_sheet(part, user)) for name, part in asked.items()}
    return found | {"50_decisions": timed(lambda: decide_fifty(user))}


def open_sheet(asked: Asked, user: Any) -> None:
    take_sheet(asked, user)
    survey(asked, user)


def decide_fifty(user: Any) -> None:
    with transaction.atomic():
        comments = list(Comment.objects.held()[:50])
        decide_each([Choice(comment, "approve", "held") for comment in comments], by=user)
        transaction.set_rollback(True)


def timed(act: Any) -> float:
    """Return how many milliseconds something takes: the median of some rounds, after a first."""
    act()
    taken = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return round(median(taken), 1)
