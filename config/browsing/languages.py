"""What can be read in which language."""

from dataclasses import dataclass
from typing import Any

from babel import Locale, UnknownLocaleError
from django.db.models import Case, Count, Exists, OuterRef, When
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


def written_in(tag: str) -> Any:
    """Return the rows of what can be read in a language.

    Of an appeal there is one text, that which was published first.
    """
    rows = readable().filter(language=tag)
    published_at = OuterRef("published_at")
    # A case: alternatives to choose from a database may look up one by one, among all that is in
    # the language. Of an appeal there are few texts, and an index finds them.
    is_sooner = Case(
        When(published_at__lt=published_at, then=True),
        When(published_at=published_at, key__gt=OuterRef("key"), then=True),
        default=False,
    )
    texts = rows.filter(appeal_item=OuterRef("appeal_item"))
    return rows.exclude(Exists(texts.filter(is_sooner)))
