"""The parts of the site that a navigation may lead to, and the languages it may be read in."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from editorial.addresses import in_language

#: By the name that an edition keeps: the address, and what it is called.
SECTIONS: dict[str, tuple[str, Any]] = {
    "posts": ("blog:archive", _("Posts")),
    "appeals": ("appeals:list", _("Appeals")),
    "labels": ("blog:labels", _("Labels")),
    "organisations": ("appeals:organisations", _("Organisations")),
    "people": ("people", _("People")),
    "browse": ("browse", _("Browse")),
    "places": ("places", _("Places")),
    "languages": ("languages", _("Languages")),
    "timeline": ("timeline", _("Timeline")),
    "corrections": ("corrections", _("Corrections")),
    "feeds": ("feeds", _("Feeds")),
    "letters": ("letters:letters", _("Letters by e-mail")),
    "figures": ("blog:figures", _("Comments in figures")),
}
#: What a site shows that has not said otherwise.
USUAL = ("posts", "appeals", "labels", "corrections")


def choices() -> list[tuple[str, Any]]:
    """Return the sections to choose from."""
    return [(name, label) for name, (_view, label) in SECTIONS.items()]


def languages() -> list[tuple[str, str]]:
    """Return the languages of the interface to choose from."""
    return list(settings.LANGUAGES)


def address(section: str) -> str:
    return reverse(SECTIONS[section][0])


def front(language: str) -> str:
    """Return the front page in a language of the interface."""
    return in_language("/", language)
