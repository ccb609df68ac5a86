"""The section of comments under a post, as every reader sees it."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from blog.comments.conversation import Conversation
from blog.comments.forms import CommentForm
from blog.comments.modes import terms
from blog.guarding.removing import exposed_in
from blog.models import Comment, PostEdition


def discussion(
    edition: PostEdition,
    asked: Mapping[str, str],
    *,
    form: CommentForm | None = None,
    previewed: Comment | None = None,
    refused: str = "",
) -> dict[str, Any]:
    """Return what the template needs: approved comments, and the form while they are open.

    Args:
        asked: the page's query: ``reply`` is the key of a comment to answer, ``sent`` asks for the
            sentence after sending. Neither depends on who is asking.
        form: one that was not taken and is shown again.
        previewed: what was written in it, to be looked at before it is sent.
        refused: a text that came too late.
    """
    said = Conversation(edition.item_id)
    on = terms(edition)
    is_open = on.is_open
    key = form.answered.key if form and form.answered else asked.get("reply", "")
    number = said.page_of(key) if is_open else 0
    shown = page_of(edition, said, number or 1)
    if is_open and form is None:
        form = CommentForm(edition, answered=find(shown["threads"], key))
    return shown | {
        "open": is_open,
        "promise": on.promise,
        "form": form if is_open else None,
        "previewed": previewed,
        "exposed": exposed_in(previewed) if previewed else [],
        "action": comment_url(edition),
        "sent": "sent" in asked,
        "refused": refused,
    }


def page_of(edition: PostEdition, said: Conversation, number: int) -> dict[str, Any]:
    """Return what the template needs of one page of a conversation."""
    return {
        "address": edition.get_absolute_url(),
        "threads": said.page(number),
        "comment_count": said.count,
        "number": number,
        "pages": said.pages,
        "earlier": number - 1,
        "later": number + 1 if number < said.pages else 0,
    }


def find(threads: list[Any], key: str) -> Comment | None:
    """Return the comment with this key among those that a page shows."""
    places = [place for thread in threads for place in (thread.first, *thread.replies)]
    return next((place.comment for place in places if place.key == key), None)


def comment_url(edition: PostEdition) -> str:
    """Return where an edition's comments are sent."""
    day = edition.published_on
    return reverse("blog:comment", args=[day.year, f"{day.month:02}", edition.slug])
