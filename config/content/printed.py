"""Spellings that a post keeps as they were printed: answers about names that belong to its text."""

from collections import defaultdict
from typing import Any

from appeals.models import NameAnswer
from blog.models import Post
from config.content import records
from editorial.fields import fold

Answer = NameAnswer.Answer


def keep_printed(post: Post, pairs: list[records.Pair]) -> bool:
    """Remember what a post's record says of its spellings; tell whether any of it was new.

    What somebody answered here stays: an import adds to what is known of names.
    """
    made = False
    for pair in pairs:
        one, other = sorted((pair.one, pair.other), key=fold)
        _row, is_new = NameAnswer.objects.get_or_create(
            one_folded=fold(one),
            other_folded=fold(other),
            defaults={
                "one": one,
                "other": other,
                "answer": Answer.PRINTED,
                "item_key": post.key,
            },
        )
        made |= is_new
    return made


def printed_in_posts() -> dict[str, list[dict[str, Any]]]:
    """Return what each post keeps as it was printed, by the post's key."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = NameAnswer.objects.filter(answer=Answer.PRINTED).exclude(item_key="")
    for key, one, other in rows.order_by("one_folded", "other_folded").values_list(
        "item_key", "one", "other"
    ):
        found[key].append({"one": one, "other": other})
    return found
