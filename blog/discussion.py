"""The section of comments under a post, as every reader sees it."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from blog.commenting import public_comments, threads
from blog.forms import CommentForm
from blog.models import Comment, PostEdition


def discussion(
    edition: PostEdition,
    asked: Mapping[str, str],
    *,
    form: CommentForm | None = None,
    refused: str = "",
) -> dict[str, Any]:
    """Return what the template needs: approved comments, and the form while they are open.

    Args:
        asked: the page's query: ``reply`` is the key of a comment to answer, ``sent`` asks for the
            sentence after sending. Neither depends on who is asking.
        form: one that was refused and is shown again.
        refused: a text that came too late.
    """
    comments = public_comments(edition.item_id)
    is_open = edition.data["comments"] == "open"
    if is_open and form is None:
        form = CommentForm(edition, answered=find(comments, asked.get("reply", "")))
    return {
        "comments": threads(comments),
        "comment_count": len(comments),
        "form": form if is_open else None,
        "action": comment_url(edition),
        "sent": "sent" in asked,
        "refused": refused,
    }


def find(comments: list[Comment], key: str) -> Comment | None:
    """Return the comment with this key among those shown."""
    return next((comment for comment in comments if comment.key == key), None)


def comment_url(edition: PostEdition) -> str:
    """Return where an edition's comments are sent."""
    day = edition.published_on
    return reverse("blog:comment", args=[day.year, f"{day.month:02}", edition.slug])
