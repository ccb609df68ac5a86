"""Pages that every item has: its editions, one of them, and two compared; the way to them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import http_date

from editorial.addresses import whole
from editorial.comparing import Part, compared
from editorial.histories import History

Context = dict[str, Any]
Parts = Callable[[Any], Iterable[Part]]


def show_history(request: HttpRequest, live: Any, history: History, **context: Any) -> HttpResponse:
    """List an item's public editions."""
    return render(request, "editorial/history.html", {"live": live, "history": history} | context)


def show_edition(
    request: HttpRequest, live: Any, history: History, number: int, body: str, context: Context
) -> HttpResponse:
    """Show one public edition as it was, in the template of its kind."""
    entry = history.numbered(number)
    context = context | {"live": live, "history": history, "entry": entry, "body": body}
    response = render(request, "editorial/edition.html", context)
    response.headers["Memento-Datetime"] = http_date(entry.edition.live_from.timestamp())
    return remembered(response, history.item_url)


def remembered(response: HttpResponse, item_url: str) -> HttpResponse:
    """Say where an item's earlier editions are asked for by date (Memento, RFC 7089)."""
    item = whole(item_url)
    links = {item: "original", f"{item}timegate/": "timegate", f"{item}timemap/": "timemap"}
    response.headers["Link"] = ", ".join(f'<{url}>; rel="{name}"' for url, name in links.items())
    return response


def show_comparison(
    request: HttpRequest,
    live: Any,
    history: History,
    numbers: tuple[int, int],
    parts: Parts,
    **context: Any,
) -> HttpResponse:
    """Show what differs between two public editions, word by word."""
    if numbers[0] >= numbers[1]:
        raise Http404
    old, new = (history.numbered(number) for number in numbers)
    changes = compared(parts(old.edition.data), parts(new.edition.data))
    facts = {"live": live, "history": history, "old": old, "new": new, "changes": changes}
    return render(request, "editorial/compare.html", facts | context)
