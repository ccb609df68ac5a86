"""Posts, appeals, organisations and people in the words of schema.org."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from appeals.templatetags.appeals import kind_of_appeal
from config.cards.views import address
from config.masthead import showing as masthead
from editorial.addresses import whole

Graph = dict[str, Any]
CONTEXT = "https://schema.org"


def said(**facts: Any) -> Graph:
    """Return the facts that are there; ``type_`` and ``id_`` stand for @type and @id."""
    return {
        {"type_": "@type", "id_": "@id"}.get(name, name): value
        for name, value in facts.items()
        if value
    }


def newsroom() -> Graph:
    """Return who publishes."""
    return said(type_="Organization", name=masthead.name(), url=whole("/"))


def collection(name: str, path: str, items: Iterable[tuple[str, str]] = ()) -> Graph:
    """Return a page that lists others.

    Args:
        items: the name and the path of each thing that it lists; none where they are too many.
    """
    listed = [
        said(type_="ListItem", position=position, name=title, url=whole(where))
        for position, (title, where) in enumerate(items, start=1)
    ]
    return said(
        type_="CollectionPage",
        name=name,
        url=whole(path),
        publisher=newsroom(),
        mainEntity=said(type_="ItemList", itemListElement=listed) if listed else None,
    )


def person(row: Graph) -> Graph:
    """Return a person of an edition's content, with the page about them."""
    url = whole(reverse("person", args=[row["slug"]])) if row.get("slug") else ""
    return said(type_="Person", name=row["name"], url=url)


def organisation(row: Graph) -> Graph:
    """Return an organisation of an edition's content, with the page about it."""
    url = whole(reverse("appeals:organisation", args=[row["slug"]])) if row.get("slug") else ""
    return said(type_="Organization", name=row["name"], url=url)


def corrections(history: Any) -> list[Graph]:
    """Return the public corrections of an item."""
    return [
        said(
            type_="CorrectionComment",
            text=entry.edition.note,
            datePublished=entry.edition.live_from.isoformat(),
            url=whole(entry.compare_url or entry.url),
        )
        for entry in history.corrections
    ]


def sources(rows: Iterable[Graph]) -> list[Graph]:
    """Return the sources whose links are not lost."""
    return [
        said(type_="CreativeWork", name=row["title"], url=row["url"]) for row in rows if row["url"]
    ]


def of_post(edition: Any, versions: Iterable[Any], appeals: Iterable[Any], history: Any) -> Graph:
    """Return a live post.

    Args:
        versions: live posts that say the same in other languages.
        appeals: live appeals that it presents.
    """
    content, url = edition.data, whole(edition.get_absolute_url())
    others = [
        said(
            type_="NewsArticle",
            id_=whole(other.get_absolute_url()),
            headline=other.title,
            inLanguage=other.language,
        )
        for other in versions
    ]
    keys = [other.key for other in versions]
    original = keys.index(edition.translation_of) if edition.translation_of in keys else None
    return said(
        type_="NewsArticle",
        id_=url,
        url=url,
        headline=content["title"],
        description=content["summary"],
        inLanguage=content["language"],
        image=whole(address(edition)),
        datePublished=edition.published_at.isoformat(),
        dateModified=edition.live_from.isoformat(),
        dateline=content["dateline"],
        author=[person(row) for row in content["byline"]],
        publisher=newsroom(),
        keywords=[label["name"] for label in content["labels"]],
        about=[
            said(type_="CreativeWork", id_=whole(one.get_absolute_url()), name=one.title)
            for one in appeals
        ],
        citation=sources(content["sources"]),
        translationOfWork=others[original] if original is not None else None,
        workTranslation=others if not edition.translation_of else None,
        correction=corrections(history),
    )


def of_page(edition: Any, history: Any) -> Graph:
    """Return a live page of the site."""
    url = whole(edition.get_absolute_url())
    return said(
        type_="WebPage",
        id_=url,
        url=url,
        name=edition.title,
        description=edition.summary,
        inLanguage=edition.language,
        datePublished=edition.published_at.isoformat(),
        dateModified=edition.live_from.isoformat(),
        publisher=newsroom(),
        correction=corrections(history),
    )


def of_appeal(edition: Any, tongues: Iterable[Any], history: Any) -> Graph:
    """Return a live appeal, with the ways to read it."""
    content, url = edition.data, whole(edition.get_absolute_url())
    language = content["original_language"]
    with override(settings.LANGUAGE_CODE):  # as at the canonical address
        genre = kind_of_appeal(content["kind"])
    return said(
        type_="CreativeWork",
        id_=url,
        url=url,
        name=content["title"],
        alternateName=content["original_title"],
        genre=genre,
        abstract=content["summary"],
        inLanguage=language,
        dateCreated=content["date"],
        locationCreated=content["place"] and said(type_="Place", name=content["place"]),
        image=whole(address(edition)),
        datePublished=edition.published_at.isoformat(),
        dateModified=edition.live_from.isoformat(),
        author=[organisation(row) for row in content["issued_by"]],
        audience=[
            said(type_="Audience", name=row["text"] or row["original"])
            for row in content["addressees"]
        ],
        publisher=newsroom(),
        citation=sources(content["sources"]),
        workTranslation=[
            said(type_="CreativeWork", id_=whole(way.url), inLanguage=way.language)
            for way in tongues
            if way.language and way.language != language
        ],
        correction=corrections(history),
    )


def of_text(edition: Any, side: Any, path: str, history: Any) -> Graph:
    """Return one text of a live appeal, at its own address."""
    content, translation, url = edition.data, side.translation, whole(path)
    work = said(
        type_="CreativeWork",
        id_=whole(edition.get_absolute_url()),
        name=content["original_title"] or content["title"],
        inLanguage=content["original_language"],
        author=[organisation(row) for row in content["issued_by"]],
    )
    return said(
        type_="CreativeWork",
        id_=url,
        url=url,
        name=side.title,
        inLanguage=side.language,
        translator=person({"name": translation["translator"]})
        if translation.get("translator")
        else None,
        translationOfWork=work if translation else None,
        isPartOf=None if translation else work,
        publisher=newsroom(),
        correction=corrections(history),
    )
