"""What readers do: look at a post, and send a comment on it."""

import time
from typing import Any

from django.http import HttpResponse
from django.test import Client

from blog.comments.commenting import token_for
from blog.guarding import tickets
from blog.models import Comment, Post, PostEdition
from editorial.editing import editing
from editorial.sealing import publish
from tests.cast import approve, join, write_post


def publish_post(**fields: Any) -> PostEdition:
    """Return the first edition of a post that takes comments."""
    post = write_post(by=join("wanda"), **{"slug": "salt"} | fields)
    return publish(approve(post), by=join("edda"))  # type: ignore[return-value]


def publish_again(edition: PostEdition, **fields: Any) -> PostEdition:
    """Return the next edition of a post, in which some fields are others."""
    post = Post.objects.get(pk=edition.item_id)
    with editing(post, by=join("wanda")):
        for name, value in fields.items():
            setattr(post, name, value)
        post.save()
    return publish(approve(post), by=join("edda"))  # type: ignore[return-value]


def send(edition: PostEdition, client: Client | None = None, **fields: Any) -> HttpResponse:
    """Send a comment from a form that was shown to this reader alone."""
    url = edition.get_absolute_url()
    own = {"token": token_for(url), "ticket": ticket(edition), "text": "They did."}
    fields = own | fields
    client = client or Client(enforce_csrf_checks=True)
    return client.post(f"{url}comment/", fields)  # type: ignore[return-value]


def ticket(edition: PostEdition, seconds: int = 60) -> str:
    """Return what the form of a preview carried that somebody has looked at for so long."""
    return tickets.issue(edition.get_absolute_url(), time.time() - seconds)


def said(edition: PostEdition, text: str, state: str = "approved", **fields: Any) -> Comment:
    """Return a comment as a moderator has left it."""
    return Comment.objects.create(post_id=edition.item_id, text=text, state=state, **fields)


def page(edition: PostEdition, query: str = "") -> str:
    """Return a post's page."""
    return Client().get(edition.get_absolute_url() + query).content.decode()
