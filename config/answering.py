"""Sending what programs ask for again and again, and no more than they have not got yet."""

from datetime import datetime
from hashlib import sha256

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import http_date


def answer(body: bytes, content_type: str, changed: datetime | None = None) -> HttpResponse:
    """Return what was asked for, with what it is known by: who has it already is sent 304.

    The ETag is of the very bytes. The date is left out where a comparison of dates would tell a
    program wrongly that nothing has changed: a second in which something changed may bring one
    thing more.

    Args:
        changed: when it last became another, if that is known of everything in it.
    """
    modified = past_second(changed)
    response = HttpResponse(body, content_type=content_type)
    response.headers["ETag"] = etag(body)
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified)
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def etag(body: bytes) -> str:
    """Return by what an answer is known: a digest of its very bytes."""
    return f'"{sha256(body).hexdigest()[:32]}"'


def past_second(moment: datetime | None) -> int | None:
    """Return the second of a moment once it is over."""
    if moment is None:
        return None
    second = int(moment.timestamp())
    return second if second < int(timezone.now().timestamp()) else None
