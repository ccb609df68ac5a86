"""Accepting a reader's comment: the page's token, and the comment once."""

import time
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.crypto import salted_hmac

from blog.comments.moderating import Mode, Status
from blog.comments.modes import arrives_as
from blog.comments.tongues import fitting
from blog.guarding.examining import Sent, examine, wait_in_line
from blog.guarding.tickets import Ticket
from blog.models import Comment
from editorial.addresses import canonical
from editorial.models import random_key
from editorial.moving import record

HOUR = 60 * 60
#: How long after the beginning of its hour a page's form is accepted.
TOKEN_AGE = 24 * HOUR


def token_for(path: str, at: float | None = None) -> str:
    """Return what a page's form carries: one and the same for all its readers in an hour.

    It stands in for the cookie of the usual protection. Who wants to post has to have read the
    page not long ago; who they are it does not say.
    """
    hour = int((time.time() if at is None else at) // HOUR)
    return signer(path).sign(str(hour))


def token_hour(path: str, token: str, at: float | None = None) -> int | None:
    """Return the hour a token was made in, or None for one that is foreign or too old."""
    try:
        hour = int(signer(path).unsign(token))
    except (BadSignature, ValueError):
        return None
    age = (time.time() if at is None else at) - hour * HOUR
    return hour if 0 <= age <= TOKEN_AGE else None


def signer(path: str) -> Signer:
    return Signer(salt=f"blog.commenting:{canonical(path)}")


def accept(
    *,
    post_id: int | None = None,
    translation_id: int | None = None,
    passage: str = "",
    text: str,
    mode: Mode = Mode.HOLD,
    name: str = "",
    language: str = "",
    parent: Any = None,
    trapped: bool = False,
    source: str = "",
    ticket: Ticket | None = None,
) -> Comment:
    """Take in a comment, once, however often the button was pressed.

    It is on a post, or on a passage of a translation.

    Args:
        mode: whether a moderator reads it first; what the guard holds is held in every one.
        trapped: the field for machines was filled in. Such a comment is held, and the moderator
            told why: now and then it is a person's.
        source: the mark of where it came from (``blog.guarding.sources``).
        ticket: of the form it was sent with; the same words with the same ticket are one comment,
            and with another one, or none, they are somebody else's.
    """
    about = (post_id, translation_id, passage, parent.key if parent else "")
    receipt = digest(*map(str, about), ticket.nonce, name, text) if ticket else None
    with transaction.atomic():
        wait_in_line()
        verdict = examine(Sent(post_id, text, name, source, trapped, ticket))
        sent_before = receipt and Comment.objects.filter(receipt=receipt).first()
        if sent_before:
            return sent_before
        while Comment.objects.filter(key=verdict.key).exists():
            verdict.key = random_key()  # nobody else takes one meanwhile: they wait in line
        comment = Comment.objects.create(
            receipt=receipt,
            post_id=post_id,
            translation_id=translation_id,
            passage=passage,
            parent=parent,
            name=name,
            text=text,
            language=fitting(language, text),
            state=arrives_as(mode, verdict, source),
            source=source,
            **verdict.columns(),
        )
        verdict.keep(comment)
        if comment.state == Status.APPROVED:
            record(comment, "appear", by=None, from_state="")
    comment.is_new = True
    return comment


def digest(*parts: str) -> str:
    """Return what one sending is known by again."""
    said = "\0".join(parts)
    return salted_hmac("blog.commenting.receipt", said, algorithm="sha256").hexdigest()


def find_public(post_id: int, key: str) -> Comment | None:
    """Return the comment of a post that has this key, if readers may see it."""
    if not (key.isascii() and key.isalnum()):
        return None
    return Comment.objects.public().filter(post_id=post_id, key=key).first()
