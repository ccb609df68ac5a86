"""What waits in the blog: posts, and readers' comments for a moderator."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from blog.comments.queueing import SIZE, SURVEYED, up_to
from blog.comments.reporting import reported
from blog.comments.second_looks import due
from blog.models import Comment, Post, Report
from editorial import desk
from editorial.desk import Heading, Waiting
from editorial.waiting import working_copies

COMMENTS = Heading(15, gettext_lazy("Comments to moderate"))


def comments(user: Any) -> Iterator[Waiting]:
    """Yield one row for all that is held: how many, up to a point, and since when."""
    if not user.has_perm("blog.moderate_comment"):
        return
    yield from reports()
    held = Comment.objects.held()
    oldest = held.values_list("sent_at", flat=True).first()
    if oldest is None:
        return
    count = up_to(held)
    said = ngettext("%(count)d comment is held", "%(count)d comments are held", count)
    if count > SURVEYED:
        count = SURVEYED
        said = ngettext(
            "More than %(count)d comment is held", "More than %(count)d comments are held", count
        )
    url = reverse("admin:blog_comment_queue")
    yield Waiting(COMMENTS, what=said % {"count": count}, url=url, since=oldest)


def second_looks(user: Any) -> Iterator[Waiting]:
    """Yield one row for the decisions of colleagues that wait for somebody's second look."""
    if not user.has_perm("blog.moderate_comment"):
        return
    if looks := due(user, SIZE):
        said = ngettext(
            "%(count)d decision waits for a second look",
            "%(count)d decisions wait for a second look",
            len(looks),
        )
        url = reverse("admin:blog_comment_second_look")
        yield Waiting(COMMENTS, what=said % {"count": len(looks)}, url=url, since=looks[0].asked_at)


def reports() -> Iterator[Waiting]:
    """Yield one row for the public comments that readers reported."""
    found = list(reported().values_list("pk", flat=True)[: SURVEYED + 1])
    if found:
        count = min(len(found), SURVEYED)
        said = ngettext(
            "%(count)d public comment is reported", "%(count)d public comments are reported", count
        )
        since = Report.objects.filter(comment__in=found[:1]).values_list("at", flat=True).last()
        url = f"{reverse('admin:blog_comment_changelist')}?reported=1"
        yield Waiting(COMMENTS, what=said % {"count": count}, url=url, since=since)


def register() -> None:
    """Tell the desk whom to ask."""
    desk.register("posts", partial(working_copies, Post))
    desk.register("comments", comments)
    desk.register("second looks", second_looks)
