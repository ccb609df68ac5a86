"""How much waits, and of what kinds: looked up at the queue's head, never counted to its end."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst

from blog.comments.queueing import AGES, SURVEYED, Asked, up_to, with_colleagues
from blog.guarding.reasons import said
from blog.models import Comment, PostEdition
from editorial.languages import language_name

Choices = list[tuple[str, str]]


@dataclass
class Survey:
    """What waits, as far as it was looked over."""

    #: How many wait of what is asked for; one more than is looked over means: more.
    count: int = 0
    #: How many of all that wait are on colleagues' sheets.
    theirs: int = 0
    posts: Choices = field(default_factory=list)
    reasons: Choices = field(default_factory=list)
    languages: Choices = field(default_factory=list)
    ages: Choices = field(default_factory=list)


def survey(asked: Asked, user: Any) -> Survey:
    """Look over the head of the queue; a handful of queries, whatever its length."""
    head = Comment.objects.held().values_list("post_id", "reasons", "language")[: SURVEYED + 1]
    rows = list(head)
    posts = {post for post, _reasons, _language in rows} | ({asked.post} if asked.post else set())
    live = PostEdition.objects.live().filter(item_id__in=posts)
    titles = dict(live.values_list("item_id", "title"))
    codes = {code for _post, reasons, _language in rows for code in reasons}
    languages = {language for _post, _reasons, language in rows} | {asked.language}
    return Survey(
        up_to(asked.waiting()) if asked.is_narrow else len(rows),
        up_to(with_colleagues(user)),
        sorted(((str(pk), titles[pk]) for pk in posts if pk in titles), key=lambda row: row[1]),
        sorted((code, " ".join(said([code]))) for code in codes | ({asked.reason} - {""})),
        sorted((tag, capfirst(language_name(tag))) for tag in languages - {""}),
        [(name, str(label)) for name, (_age, label) in AGES.items()],
    )
