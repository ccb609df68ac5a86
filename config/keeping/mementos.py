"""Coming back to an item as it was: by a date in the address, and by Memento (RFC 7089)."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import http_date, parse_http_date_safe

from config.answering import answer
from config.keeping.items import Find, Kept, day, spanning
from editorial.addresses import whole
from editorial.histories import Entry
from editorial.reading import remembered

LINKS = "application/link-format"


def on(find: Find) -> Any:
    """Return the view that leads to the edition which readers saw last on a day."""

    def view(request: HttpRequest, date: str, **address: Any) -> HttpResponse:
        asked = day(date)
        kept = find(**address)
        if asked is None or asked > timezone.localdate():
            raise Http404
        midnight = datetime.combine(
            asked + timedelta(days=1), time(), timezone.get_current_timezone()
        )
        moment = min(midnight - timedelta(microseconds=1), timezone.now())
        entry = spanning(kept.history, moment)
        if entry is None:
            raise Http404
        return redirect(entry.url)

    return view


def timegate(find: Find) -> Any:
    """Return the view that leads to the edition of the moment which a reader asks for."""

    def view(request: HttpRequest, **address: Any) -> HttpResponse:
        kept = find(**address)
        entry = kept.current()
        if wanted := request.headers.get("Accept-Datetime"):
            second = parse_http_date_safe(wanted)
            if second is None:
                return gate(kept, HttpResponseBadRequest("Accept-Datetime is no HTTP date.\n"))
            entry = nearest(kept, datetime.fromtimestamp(second, UTC))
        return gate(kept, redirect(entry.url))

    return view


def gate(kept: Kept, response: HttpResponse) -> HttpResponse:
    response.headers["Vary"] = "Accept-Datetime"
    return remembered(response, kept.path)


def nearest(kept: Kept, moment: datetime) -> Entry:
    """Return what was live at a moment; else what was live before it; else the first edition."""
    earlier = [entry for entry in kept.history if entry.edition.live_from <= moment]
    return spanning(kept.history, moment) or (earlier or list(kept.history)[-1:])[0]


def timemap(find: Find) -> Any:
    """Return the view that lists all editions that may be read, with when each went live."""

    def view(request: HttpRequest, **address: Any) -> HttpResponse:
        kept = find(**address)
        oldest_first = list(reversed(kept.history))
        dates = [http_date(entry.edition.live_from.timestamp()) for entry in oldest_first]
        span = f'from="{dates[0]}"; until="{dates[-1]}"'
        lines = [
            f'<{whole(kept.path)}>; rel="original"',
            f'<{whole(kept.path)}timegate/>; rel="timegate"',
            f'<{whole(request.path)}>; rel="self"; type="{LINKS}"; {span}',
            *(
                f'<{whole(entry.url)}>; rel="{relation(entry, oldest_first)}"; datetime="{date}"'
                for entry, date in zip(oldest_first, dates, strict=True)
            ),
        ]
        return answer(",\n".join(lines).encode() + b"\n", LINKS)

    return view


def relation(entry: Entry, all_of_them: list[Entry]) -> str:
    """Return "memento", and whether it is the first or the last."""
    ends = [word for word, at in (("first", 0), ("last", -1)) if all_of_them[at] is entry]
    return " ".join([*ends, "memento"])
