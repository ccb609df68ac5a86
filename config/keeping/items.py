"""Live items by their addresses, with their public history: what citing and keeping begin from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from appeals import views as appeals
from blog import views as posts
from config.pages import views as pages
from editorial.histories import Entry, History


@dataclass(frozen=True)
class Kept:
    """A live item and its public editions; of a translation also the live appeal."""

    live: Any
    history: History
    appeal: Any = None

    @property
    def path(self) -> str:
        return self.history.item_url

    def current(self) -> Entry:
        """Return the edition that is live, as the history counts it."""
        return self.history[0]


Find = Callable[..., Kept]


def post(year: int, month: int, slug: str) -> Kept:
    """Return a live post."""
    live = posts.found(year, month, slug)
    return Kept(live, posts.past(live))


def page(slug: str) -> Kept:
    """Return a live page of the site."""
    live = pages.found(slug)
    return Kept(live, pages.past(live))


def appeal(slug: str) -> Kept:
    """Return a live appeal."""
    live = appeals.found(slug)
    return Kept(live, appeals.past(live), live)


def text(slug: str, lang: str, key: str = "") -> Kept:
    """Return a live translation of a live appeal."""
    of, live = appeals.found_text(slug, lang, key)
    return Kept(live, appeals.past_text(of, live), of)


def spanning(history: History, moment: datetime) -> Entry | None:
    """Return the edition that readers saw at a moment, if there was one and it may be read."""
    for entry in history:
        until = entry.edition.live_until
        if entry.edition.live_from <= moment and (until is None or moment < until):
            return entry
    return None


def day(text: str) -> date | None:
    """Read a date of an address: it has one spelling, where ISO 8601 has several."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None
