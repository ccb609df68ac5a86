"""Sending a feed, and no more of it than the reader has not got yet."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from config.feeds.channels import Channel
from config.feeds.entries import whole
from config.feeds.writing import Form, written
from editorial.redacting import MARK
from editorial.resolving import Moved

Make = Callable[..., Channel]


def served(make: Make, form: Form, last: str) -> Callable[..., HttpResponse]:
    """Return the view of a feed in one form; ``last`` ends its address and those it moved to."""

    @require_safe
    def view(request: HttpRequest, **about: Any) -> HttpResponse:
        try:
            channel = make(**about)
        except Moved as moved:
            raise Moved(f"{moved.url}{last}") from moved
        return answer(request, written(channel, form, request.path), form.content_type, channel)

    return view


def answer(request: HttpRequest, body: bytes, content_type: str, channel: Channel) -> HttpResponse:
    """Return a feed, or 304.

    The ETag is of the very bytes. The date is left out where a comparison of dates would tell a
    reader wrongly that nothing has changed: a redaction keeps no public date, and a second in
    which something changed may change once more.
    """
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    modified = moment(channel, body)
    response = get_conditional_response(request, etag=etag, last_modified=modified)
    if response is None:
        response = HttpResponse(body, content_type=content_type)
    response.headers["ETag"] = etag
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified)
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Link"] = links(request.path)
    return response


def moment(channel: Channel, body: bytes) -> int | None:
    """Return the second in which a feed last changed, once it is over; None if that is unknown."""
    if channel.changed is None or MARK.encode() in body:
        return None
    second = int(channel.changed.timestamp())
    return second if second < int(timezone.now().timestamp()) else None


def links(path: str) -> str:
    """Return the Link header in which WebSub looks for a feed's own address and its hub."""
    found = [f'<{whole(path)}>; rel="self"']
    if settings.WEBSUB_HUB:
        found.append(f'<{settings.WEBSUB_HUB}>; rel="hub"')
    return ", ".join(found)
