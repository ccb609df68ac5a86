"""From a public address to the edition that answers it, or to why there is none."""

from datetime import datetime
from typing import Any

from django.http import Http404

from editorial.models import Edition, EditionQuerySet


class Moved(Exception):
    """The item lives at another address now."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class Gone(Exception):
    """The item was public and is not any more."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(str(edition))
        self.edition = edition


def resolve(editions: EditionQuerySet, at: datetime | None = None, **address: Any) -> Any:
    """Return the live edition at an address.

    Raises:
        Moved: the address was this item's once; it lives elsewhere now.
        Gone: it was withdrawn, or its time has run out.
        Http404: nothing was ever public here; drafts and nonsense are the same.
    """
    live = editions.live(at).filter(**address).first()
    if live is not None:
        return live
    once = editions.was_live(at).filter(**address).order_by("-live_from").first()
    if once is None:
        raise Http404
    return resolve_item(editions, once.item_id, at)


def resolve_item(editions: EditionQuerySet, item_id: int, at: datetime | None = None) -> Any:
    """Raise ``Moved`` to, or ``Gone`` for, an item that was once public.

    Raises:
        Http404: it never was.
    """
    live = editions.live(at).filter(item_id=item_id).first()
    if live is not None:
        raise Moved(live.get_absolute_url())
    last = editions.was_live(at).filter(item_id=item_id).order_by("-live_from").first()
    if last is None:
        raise Http404
    raise Gone(last)


def history(editions: EditionQuerySet, item_id: int, at: datetime | None = None) -> list[Any]:
    """Return an item's public editions, oldest first, each with its public ``rank``.

    The rank counts only what was ever live, so that a cancelled schedule leaves no gap. What lies
    before the last withdrawal stays withdrawn: it is left out, but counted.
    """
    return ranked(list(editions.was_live(at).filter(item_id=item_id).order_by("live_from")))


def ranked(ever: list[Any]) -> list[Any]:
    """Rank what one item's readers ever saw, oldest first, and keep what they may see still."""
    for rank, edition in enumerate(ever, start=1):
        edition.rank = rank
    withdrawn = max((e.rank for e in ever if e.is_withdrawal), default=0)
    return [edition for edition in ever if edition.rank > withdrawn]
