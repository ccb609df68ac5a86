"""What can be read in which language."""

from dataclasses import dataclass
from typing import Any

from babel import Locale, UnknownLocaleError
from django.db.models import Count
from django.utils.text import capfirst

from config.search.models import Indexed, Kind
from editorial.collating import place
from editorial.languages import interface, language_name, script


@dataclass(frozen=True)
class Tongue:
    """A language: its tag, what it is called here and by itself, and how much there is in it."""

    tag: str
    name: str
    own_name: str
    count: int


def own_name(tag: str) -> str:
    """Return what a language calls itself, if CLDR knows."""
    try:
        return Locale.parse(tag, sep="-").display_name or ""
    except (UnknownLocaleError, ValueError):
        return ""


def readable() -> Any:
    """Return the rows of what was published to be read: not of the pages of the site itself."""
    return Indexed.objects.live().filter(is_readable=True).exclude(kind=Kind.PAGE)


def tongues() -> list[Tongue]:
    """Return the languages in which something can be read, by their names: one query."""
    counted = readable().exclude(language="").order_by().values_list("language")
    counts = counted.annotate(posts=Count("post"), appeals=Count("appeal_item", distinct=True))
    found = [
        Tongue(tag, capfirst(language_name(tag)), own_name(tag), posts + appeals)
        for tag, posts, appeals in counts
    ]
    ours = script(str(interface()))
    return sorted(found, key=lambda tongue: (place(tongue.name, ours), tongue.tag))


def written_in(tag: str) -> list[int]:
    """Return the rows of what can be read in a language, the newest first: one query.

    Of an appeal there is one text, that which was published first.
    """
    rows = (
        readable()
        .filter(language=tag)
        .order_by("published_at", "-key")
        .values_list("pk", "appeal_item")
    )
    first: dict[tuple[str, int], int] = {}
    for pk, item in rows:
        first.setdefault(("appeal", item) if item else ("post", pk), pk)
    return list(first.values())[::-1]
