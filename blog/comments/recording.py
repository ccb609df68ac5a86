"""The record of decisions about comments, as files: row by row, however many there are."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType

from blog.models import Comment, PostEdition
from editorial.models import Decision

COLUMNS = (
    *("at", "decision", "from", "to", "reason", "by"),
    *("comment", "sent", "on", "language", "state", "text"),
)
AT_ONCE = 500
#: A spreadsheet takes a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(since: datetime | None = None, until: datetime | None = None) -> Iterator[dict[str, str]]:
    """Yield every decision about a comment, in the order they were made.

    The text is the comment's as it stands now: where it was erased, purged or redacted, it is in
    no file either.
    """
    kind = ContentType.objects.get_for_model(Comment)
    found = Decision.objects.filter(content_type=kind).order_by("pk")
    if since:
        found = found.filter(at__gte=since)
    if until:
        found = found.filter(at__lt=until)
    decisions = found.iterator(chunk_size=AT_ONCE)
    while batch := list(islice(decisions, AT_ONCE)):
        yield from rows_of(batch)


def rows_of(decisions: list[Decision]) -> Iterator[dict[str, str]]:
    """Yield the rows of some decisions, in two queries."""
    comments = Comment.objects.in_bulk({decision.object_id for decision in decisions})
    posts = {comment.post_id for comment in comments.values()}
    live = PostEdition.objects.live().filter(item_id__in=posts)
    slugs = dict(live.values_list("item_id", "slug"))
    for decision in decisions:
        row = {
            "at": decision.at.isoformat(),
            "decision": decision.name,
            "from": decision.from_state,
            "to": decision.to_state,
            "reason": decision.reason,
            "by": decision.by_name,
        }
        if comment := comments.get(decision.object_id):
            row |= {
                "comment": comment.key,
                "sent": comment.sent_at.isoformat(),
                "on": slugs.get(comment.post_id or 0, ""),
                "language": comment.language,
                "state": comment.state,
                "text": comment.text,
            }
        yield row


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_csv(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    """Yield the lines of a CSV file in which no cell is a formula."""
    writer: Any = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow(harmless(row.get(column, "")) for column in COLUMNS)


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def as_json(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    """Yield the pieces of a JSON array, one decision a line."""
    before = "["
    for row in rows:
        yield f"{before}\n{json.dumps(row, ensure_ascii=False)}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"
