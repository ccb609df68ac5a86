"""Sending a feed in one of its forms."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from config.answering import answer
from config.feeds.channels import Channel
from config.feeds.writing import Form, written
from config.masthead import showing as masthead
from editorial.addresses import whole
from editorial.resolving import Moved

Make = Callable[..., Channel]


def served(make: Make, form: Form, last: str) -> Callable[..., HttpResponse]:
    """Return the view of a feed in one form; ``last`` ends its address and those it moved to."""

    def view(request: HttpRequest, **about: Any) -> HttpResponse:
        try:
            channel = make(**about)
        except Moved as moved:
            raise Moved(f"{moved.url}{last}") from moved
        body = written(channel, form, request.path)
        response = answer(body, form.content_type, last_changed(channel))
        response.headers["Link"] = links(request.path)
        return response

    return view


def last_changed(channel: Channel) -> datetime | None:
    """Return when a feed last became another: by what it holds, or by what the site is called."""
    site = masthead.current()
    if channel.changed is None or not site.is_as_sealed:
        return None
    return max(filter(None, (channel.changed, site.moved)))


def links(path: str) -> str:
    """Return the Link header in which WebSub looks for a feed's own address and its hub."""
    found = [f'<{whole(path)}>; rel="self"']
    if settings.WEBSUB_HUB:
        found.append(f'<{settings.WEBSUB_HUB}>; rel="hub"')
    return ", ".join(found)
