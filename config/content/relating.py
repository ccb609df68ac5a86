"""From one post to another: which one a translation is of."""

import re
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from blog.models import Post as Row
from config.content.finding import at_path
from config.content.places import meant
from config.content.records import Post

MONTH = re.compile(r"(\d{4})/(\d\d)/(.+)")


def candidates(ref: str, posts: list[Post]) -> list[Post]:
    """Return the posts of a folder that a slug, or year/month/slug, may mean."""
    if dated := MONTH.fullmatch(ref):
        return [
            post
            for post in posts
            if post.slug == dated[3]
            and post.published
            and timezone.localdate(post.published).strftime("%Y/%m") == f"{dated[1]}/{dated[2]}"
        ]
    same = [post for post in posts if post.slug == ref]
    return [post for post in same if not post.published] if len(same) > 1 else same


def find_original(post: Post, plan: Any) -> Post | Row | None:
    """Return what a post is a translation of, in the folder or here; report if it is nowhere."""
    ref = post.translation_of
    if not ref:
        return None
    if inside := candidates(ref, plan.folder.posts):
        if inside[0] is post:
            plan.problems.add(ref.at, _("A post is not a translation of itself."))
        return inside[0]
    if MONTH.fullmatch(ref):
        here = [found] if (found := at_path(Row, f"/{ref}/")) else []
    else:
        here = list(Row.objects.filter(slug=ref)[:2])
    if len(here) != 1:
        hint = meant(ref, [other.slug for other in plan.folder.posts])
        reason = _("Several posts are called “%s”: write year/month/slug.")
        if not here:
            reason = _("There is no post “%s”.")
        plan.problems.add(ref.at, reason % ref + hint)
    return here[0] if here else None
