"""A post's page for its preview."""

from collections.abc import Mapping
from typing import Any

from blog.models import Post
from blog.views import facts, past
from editorial.previewing import Page, shows


@shows(Post)
def post(edition: Any, asked: Mapping[str, str]) -> Page:
    """Return the page of a post; nobody comments on a preview."""
    return "blog/post.html", facts(edition, past(edition))
