"""What a citation says of an edition: the facts, in no style yet."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from appeals.templatetags.appeals import kind_of_appeal
from blog.models import PostEdition
from config.keeping.items import Kept
from config.masthead import showing as masthead
from config.pages.models import PageEdition
from editorial.addresses import whole
from editorial.histories import Entry


@dataclass(frozen=True)
class Work:
    """One edition of a post, a page, an appeal or a translation, as bibliographies know works."""

    key: str
    kind: str
    """post, page, appeal or translation."""
    genre: str
    """In the newsroom's language, whatever the reader's is: "Open letter"."""
    title: str
    language: str
    authors: tuple[str, ...]
    """As printed: which part of a name is the family's, nobody here knows."""
    published: date
    number: int
    site: str
    url: str
    """The permanent address of this edition."""
    page: str
    """Where the item is today."""
    translator: str = ""
    original_title: str = ""
    original_language: str = ""
    original_date: str = ""
    place: str = ""


def work(kept: Kept, entry: Entry) -> Work:
    """Return what a citation of one edition says."""
    edition = entry.edition
    facts: dict[str, Any] = {
        "title": edition.title,
        "published": timezone.localdate(edition.live_from),
        "number": entry.number,
        "site": masthead.name(),
        "url": whole(entry.url),
        "page": whole(kept.path),
    }
    if isinstance(edition, PostEdition):
        return Work(
            key=key(edition.slug, entry),
            kind="post",
            genre="",
            language=edition.language,
            authors=tuple(person["name"] for person in edition.data["byline"]),
            **facts,
        )
    if isinstance(edition, PageEdition):
        slug = key(edition.slug, entry)
        return Work(key=slug, kind="page", genre="", language=edition.language, authors=(), **facts)
    is_appeal = kept.live == kept.appeal
    appeal = edition.data if is_appeal else kept.appeal.data
    with override(settings.LANGUAGE_CODE):
        genre = kind_of_appeal(appeal["kind"])
    facts |= {
        "genre": genre,
        "authors": tuple(body["name"] for body in appeal["issued_by"]),
        "original_title": appeal["original_title"],
        "original_language": appeal["original_language"],
        "original_date": appeal["date"],
        "place": appeal["place"],
    }
    if is_appeal:
        language = edition.title_language
        return Work(key=key(edition.slug, entry), kind="appeal", language=language, **facts)
    return Work(
        key=key(f"{kept.appeal.slug}-{edition.language}", entry),
        kind="translation",
        language=edition.language,
        translator=edition.data["translator"],
        **facts,
    )


def key(slug: str, entry: Entry) -> str:
    """Return a key that reference managers can use: letters, figures and dashes."""
    year = timezone.localdate(entry.edition.live_from).year
    return f"{slug}-{year}-{entry.number}"
