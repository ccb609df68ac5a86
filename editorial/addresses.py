"""Addresses: the canonical one of a page, and the same page in another language of the interface.

A reader's choice of language stands at the front of the path (``/ru/appeals/…``) and nowhere else.
The newsroom's own language has no such front: its address is the canonical one. It is what is
sealed, kept, mailed to programs, cited and indexed, whatever language somebody reads or works in.
"""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, get_urlconf, resolve


def fronts() -> Mapping[str, str]:
    """Return the languages of the interface and what stands in front of a path in each."""
    return {
        code: "" if code == settings.LANGUAGE_CODE else f"/{code}"
        for code, _name in settings.LANGUAGES
    }


def split(path: str) -> tuple[str, str]:
    """Return the language of the interface that a path asks for, and its canonical path.

    A canonical path has one slash in front: with two it would be another host's address.
    """
    for language, front in fronts().items():
        if front and f"{path}/".startswith(f"{front}/"):
            return language, "/" + path.removeprefix(front).lstrip("/")
    return settings.LANGUAGE_CODE, "/" + path.lstrip("/")


def canonical(path: str) -> str:
    """Return the path that is the same in every language of the interface."""
    return split(path)[1]


def in_language(path: str, language: str) -> str:
    """Return a page's path in a language of the interface; in one that is none, the canonical."""
    return fronts().get(language, "") + canonical(path)


def whole(path: str, language: str = "") -> str:
    """Return an address with the site's name before it: the canonical one, or in a language."""
    return f"{settings.SITE_URL}{in_language(path, language)}"


def front() -> str:
    """Return what stands in front of the paths on the page that is being written, if anything.

    The desk, previews, files and commands write canonical addresses, whatever language is active.
    """
    return getattr(get_urlconf(), "front", "")


def kept(address: str) -> str:
    """Return a link's address with the front of the page that is being written.

    That is the address itself where the link leads elsewhere, to no page, or, in so many words, to
    a language. One that is relative keeps the language anyway.
    """
    if not front():
        return address
    try:
        parts = urlsplit(address)
    except ValueError:  # half an IPv6 address; browsers do not follow it either
        return address
    path, start = parts.path or "/", 0
    if parts.scheme or parts.netloc:
        if parts.scheme not in ("http", "https") or parts.netloc.lower() != host():
            return address
        start = address.index("//") + 2 + len(parts.netloc)
    elif not parts.path.startswith("/"):
        return address
    rest = address[start + len(parts.path) :]
    return address[:start] + front() + path + rest if is_page(unquote(path)) else address


def host() -> str:
    """Return the name of the site's host, and its port where it is not the usual one."""
    return urlsplit(settings.SITE_URL).netloc.lower()


def is_page(path: str) -> bool:
    """Tell whether a path is the canonical one of a page that people read.

    Files have a name with a dot; of those only an old address (``.html``) leads to a page. Without
    its slash at the end a path leads to the same page.
    """
    found = answering(path, settings.ROOT_URLCONF)
    if found is None:
        path += "/"
        found = answering(path, settings.ROOT_URLCONF)
    here = answering(front() + path)
    if found is None or here is None or canonical(path) != path:
        return False
    name = found.route.rpartition("/")[2]
    return found.func is here.func and ("." not in name or name.endswith(".html"))


def answering(path: str, urlconf: str | None = None) -> ResolverMatch | None:
    """Return what answers at a path, if anything does."""
    try:
        return resolve(path, urlconf)
    except Resolver404:
        return None
