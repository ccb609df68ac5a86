"""Addresses: the canonical one of a page, and the same page in another language of the interface.

A reader's choice of language stands at the front of the path (``/ru/appeals/…``) and nowhere else.
The newsroom's own language has no such front: its address is the canonical one. It is what is
sealed, kept, mailed to programs, cited and indexed, whatever language somebody reads or works in.
"""

from collections.abc import Mapping

from django.conf import settings


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
