"""What waits in the blog: posts, and readers' comments for a moderator."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from blog.models import Comment, Post
from editorial import desk
from editorial.desk import Heading, Waiting
from editorial.waiting import working_copies

COMMENTS = Heading(15, gettext_lazy("Comments to moderate"))


def comments(user: Any) -> Iterator[Waiting]:
    """Yield one row for all that is held: how many, and since when the oldest waits."""
    if not user.has_perm("blog.moderate_comment"):
        return
    held = Comment.objects.held().order_by()
    found = held.aggregate(count=Count("pk"), oldest=Min("sent_at"))
    if found["count"]:
        said = ngettext("%(count)d comment is held", "%(count)d comments are held", found["count"])
        yield Waiting(
            COMMENTS,
            what=said % found,
            url=reverse("admin:blog_comment_queue"),
            since=found["oldest"],
        )


def register() -> None:
    """Tell the desk whom to ask."""
    desk.register("posts", partial(working_copies, Post))
    desk.register("comments", comments)
