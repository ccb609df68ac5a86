"""Pages of the site, for readers: live editions and nothing else."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from config.pages.models import PageEdition
from editorial.comparing import Part, plain
from editorial.histories import History
from editorial.reading import remembered, show_comparison, show_edition, show_history
from editorial.resolving import resolve


def found(slug: str) -> Any:
    """Return the live page at an address."""
    return resolve(PageEdition.objects.light(), slug=slug)


def past(edition: Any) -> History:
    """Return the public history of the page that is live."""
    return History(PageEdition.objects.all(), edition.item_id, edition.get_absolute_url())


def facts(edition: Any, editions: History) -> dict[str, Any]:
    """Return what is shown around an edition's text, all of it public today."""
    return {
        "edition": edition,
        "content": edition.data,
        "history": editions,
        "versions": edition.versions(),
    }


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the live edition of a page."""
    live = found(slug)
    response = render(request, "pages/page.html", facts(live, past(live)))
    return remembered(response, live.get_absolute_url())


def history(request: HttpRequest, slug: str) -> HttpResponse:
    """List the public editions of a page."""
    live = found(slug)
    return show_history(request, live, past(live))


def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one public edition of a page as it was."""
    live = found(slug)
    editions = past(live)
    context = facts(editions.numbered(number).edition, editions)
    return show_edition(request, live, editions, number, "pages/_page.html", context)


def compare(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    """Show what differs between two public editions of a page."""
    live = found(slug)
    return show_comparison(request, live, past(live), (old, new), parts)


def parts(content: dict[str, Any]) -> Iterator[Part]:
    language = content["language"]
    yield Part("title", _("Title"), language, content["title"])
    yield Part("summary", _("Summary"), language, content["summary"])
    yield Part("body", _("Text"), language, plain(content["body"]))
