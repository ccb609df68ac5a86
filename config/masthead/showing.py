"""What pages show of the masthead: the live edition, or what the environment says."""

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from blog.models import PostEdition, PostEditionLabel
from config.feeds.moving import changed
from config.masthead import sections
from config.masthead.models import MastheadEdition
from config.pages.models import PageEdition
from editorial.languages import spoken

#: Scripts whose letters can be set apart; others join their letters, or stack them.
APART = (
    *("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN"),
    *("HEBREW", "CJK", "HIRAGANA", "KATAKANA", "HANGUL"),
)
#: A name of more letters would be too small in one line.
WIDEST = 16


@dataclass(frozen=True)
class Link:
    """One link of the navigation. ``language`` is that of its words, if not the interface's."""

    url: str
    text: str
    section: str = ""
    language: str = ""


class Shown:
    """What the site calls itself now."""

    def __init__(self, edition: Any = None) -> None:
        self.edition = edition
        self.content: dict[str, Any] = edition.data if edition else {}
        self.name: str = self.content.get("title") or settings.SITE_NAME
        self.tagline: str = self.content.get("tagline", "")
        self.language: str = self.content.get("language", settings.LANGUAGE_CODE)

    @property
    def is_spread(self) -> bool:
        """Whether the name is set from side to side, letter by letter."""
        return len(self.name) <= WIDEST and all(map(stands_alone, self.name))

    @property
    def moved(self) -> datetime | None:
        """When this last became another."""
        return changed(MastheadEdition.objects.all())

    @property
    def is_as_sealed(self) -> bool:
        """Whether nothing was taken out of it since; when that was is not public."""
        return self.edition is None or self.edition.redactions == "{}"

    def navigation(self) -> list[Link]:
        """Return the links to what is live, in their order: two queries at most."""
        entries = self.content.get("navigation") or [{"section": name} for name in sections.USUAL]
        pages = live_pages([entry["page"] for entry in entries if entry.get("page")])
        labels = live_labels([entry["slug"] for entry in entries if entry.get("slug")])
        links = (self.link(entry, pages, labels) for entry in entries)
        return [link for link in links if link]

    def link(self, entry: dict[str, Any], pages: dict[str, Any], labels: set[str]) -> Link | None:
        """Return where an entry leads; None while there is nothing."""
        text, ours = entry.get("text", ""), self.language
        if page := pages.get(entry.get("page", "")):
            own = text if page.key == entry["page"] else ""
            return Link(
                page.get_absolute_url(), own or page.title, "", ours if own else page.language
            )
        if (slug := entry.get("slug")) in labels:
            url = reverse("blog:label", args=[slug])
            return Link(url, text or entry["name"], language=ours)
        if (section := entry.get("section")) in sections.SECTIONS:
            name = str(sections.SECTIONS[section][1])
            return Link(sections.address(section), text or name, section, ours if text else "")
        names = dict(settings.LANGUAGES)
        if (language := entry.get("language")) in names:
            spoken = ours if text else language
            return Link(sections.front(language), text or names[language], language=spoken)
        return None


def stands_alone(sign: str) -> bool:
    """Tell whether a sign can be set apart from the next."""
    return sign in " .,-–'’&·!?" or sign.isdecimal() or unicodedata.name(sign, "").startswith(APART)


def live_pages(keys: list[str]) -> dict[str, Any]:
    """Return live pages by these keys: each in the language of the interface, where it is so."""
    if not keys:
        return {}
    live = PageEdition.objects.live().defer("content", "salts", "redactions")
    found = {page.key: page for page in live.filter(Q(key__in=keys) | Q(translation_of__in=keys))}
    spoken = {page.translation_of: page for page in found.values() if speaks(page)}
    return {
        key: page
        for key in keys
        if (page := found.get(key) if speaks(found.get(key)) else spoken.get(key) or found.get(key))
    }


def speaks(page: Any) -> bool:
    """Tell whether a page is in the language of the interface."""
    return page is not None and page.language == spoken()


def live_labels(slugs: list[str]) -> set[str]:
    """Return those of some labels that a live post has."""
    if not slugs:
        return set()
    rows = PostEditionLabel.objects.filter(slug__in=slugs, edition__in=PostEdition.objects.live())
    return set(rows.values_list("slug", flat=True))


#: What was looked up for what is done now, a request or a round of letters: there it is one.
_kept: ContextVar[dict[str, Shown] | None] = ContextVar("masthead", default=None)


@contextmanager
def once() -> Iterator[None]:
    """Ask for the masthead at most once in what is done meanwhile."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Ask for the masthead once in a request, and anew in each."""
    return once()(get_response)


def current() -> Shown:
    """Return what the site calls itself now."""
    kept = _kept.get()
    if kept is not None and "shown" in kept:
        return kept["shown"]
    shown = Shown(MastheadEdition.objects.live().defer("salts").first())
    if kept is not None:
        kept["shown"] = shown
    return shown


def pretend(edition: Any) -> None:
    """Show another masthead for the rest of this request: that of a preview."""
    kept = _kept.get()
    if kept is not None:
        kept["shown"] = Shown(edition)


def name() -> str:
    """Return what the site is called."""
    return current().name
