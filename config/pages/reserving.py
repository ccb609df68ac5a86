"""Words at the top of the site that no page may have for its address."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from babel import Locale
from django.conf import settings
from django.urls import URLResolver, get_resolver

#: What the site may come to use, and what readers and programs take for its own.
KEPT = {
    *("api", "archive", "archives", "articles", "assets", "author", "authors", "blog", "calendar"),
    *("category", "comment", "countries", "edition", "editions", "en", "feed", "files", "home"),
    *("index", "languages", "login", "logout", "map", "media", "news", "p", "page", "pages"),
    *("person", "places", "post", "preview", "rss", "sitemap", "static", "subscribe", "tag"),
    *("tags", "timeline", "topics", "user", "users", "well-known", "wp-admin", "year", "years"),
}


def is_reserved(slug: str) -> bool:
    """Tell whether an address is, or may become, the site's own: a word, a number, a language."""
    slug = slug.casefold()
    return slug.isdecimal() or slug in own_words() or slug in languages()


@cache
def own_words() -> frozenset[str]:
    """Return the first words of all addresses there are, and of those that may come."""
    places = (settings.STATIC_URL, settings.MEDIA_URL)
    return frozenset({*KEPT, *first_words(), *(place.strip("/") for place in places)})


def first_words(resolver: Any = None, before: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from first_words(entry, route)
        elif word := re.match(r"([\w-]+)(?:/|$)", route):
            yield word[1].casefold()


@cache
def languages() -> frozenset[str]:
    """Return the codes of all languages that CLDR names: each may have its own front page."""
    return frozenset(str(code).replace("_", "-").casefold() for code in Locale("en").languages)
