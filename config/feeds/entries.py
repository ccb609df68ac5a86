"""What stands in a feed: live editions and approved comments, each with an id that stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string

from appeals.aligning import Side, original, translated
from appeals.models import AppealEdition, TranslationEdition
from appeals.models.editions import text_url
from appeals.texts import Texts
from blog.views import presented
from editorial.addresses import whole
from editorial.sanitising import sanitise

Content = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """One entry of a feed. Its text is sanitised HTML in which every address is whole."""

    id: str
    url: str
    title: str
    language: str
    html: str
    published: datetime
    updated: datetime
    summary: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    as_sealed: bool = True
    """Whether nothing was taken out of it since; when that was is not public."""


def tag(edition: Any, *rest: str) -> str:
    """Return an id that outlives every change of address: a tag URI (RFC 4151).

    Its authority is a setting of its own: a site that moves to another name keeps its ids.
    """
    authority = settings.TAG_AUTHORITY or urlsplit(settings.SITE_URL).hostname
    return f"tag:{authority},{edition.published_on.isoformat()}:{'/'.join((edition.key, *rest))}"


def shown(template: str, url: str, **context: Any) -> str:
    """Return a template's HTML as feeds carry it: whole addresses, and sanitised last."""
    return sanitise(render_to_string(template, context), base=url).strip()


def full(model: Any) -> Any:
    """Return what is live with its text, and with what says that a part was taken out."""
    return model.objects.live().defer("salts")


def as_sealed(*editions: Any) -> bool:
    """Tell whether nothing was taken out of editions since they were sealed."""
    return all(edition.redactions == "{}" for edition in editions if edition)


def of_posts(editions: Iterable[Any]) -> list[Entry]:
    """Return entries of live posts, with two queries for the appeals that all of them present."""
    editions = list(editions)
    keys = [appeal["key"] for edition in editions for appeal in edition.data["appeals"]]
    appeals = {appeal.key: appeal for appeal in presented(keys)}
    changed = AppealEdition.objects.live().filter(key__in=keys).exclude(redactions="{}")
    struck = set(changed.values_list("key", flat=True)) if keys else set()
    return [of_post(edition, appeals, struck) for edition in editions]


def of_post(edition: Any, appeals: dict[str, Any], struck: set[str]) -> Entry:
    content, url = edition.data, whole(edition.get_absolute_url())
    here = [appeals[row["key"]] for row in content["appeals"] if row["key"] in appeals]
    html = shown("feeds/_post.html", url, edition=edition, content=content, appeals=here)
    return Entry(
        id=tag(edition),
        url=url,
        title=content["title"],
        language=content["language"],
        html=html,
        published=edition.published_at,
        updated=edition.live_from,
        summary=content["summary"],
        authors=tuple(person["name"] for person in content["byline"]),
        tags=tuple(label["name"] for label in content["labels"]),
        as_sealed=as_sealed(edition) and not struck & {appeal.key for appeal in here},
    )


def of_appeals(editions: Iterable[Any]) -> list[Entry]:
    """Return entries of live appeals, each with the text that its own page shows."""
    editions = list(editions)
    translations: dict[int, list[Any]] = {edition.item_id: [] for edition in editions}
    live = full(TranslationEdition).filter(appeal_id__in=list(translations))
    for translation in live.order_by("-is_principal", "published_at", "key"):
        translations[translation.appeal_id].append(translation)
    entries = []
    for edition in editions:
        texts = Texts(edition)
        texts.live = translations[edition.item_id]
        side = texts.first()
        read = None if side.original else texts.translation(side.language)
        entries.append(of_appeal(edition, side, read))
    return entries


def of_appeal(edition: Any, side: Side, translation: Any) -> Entry:
    content, url = edition.data, whole(edition.get_absolute_url())
    return Entry(
        id=tag(edition),
        url=url,
        title=content["title"],
        language=edition.title_language,
        html=shown("feeds/_appeal.html", url, edition=edition, content=content, side=side),
        published=edition.published_at,
        updated=max(one.live_from for one in (edition, translation) if one),
        summary=content["summary"],
        authors=tuple(body["name"] for body in content["issued_by"]),
        as_sealed=as_sealed(edition, translation),
    )


def of_texts(editions: Iterable[Any]) -> list[Entry]:
    """Return entries of the texts of appeals: translations, and originals.

    Args:
        editions: live translations, and live appeals that stand for their original text.
    """
    editions = list(editions)
    ids = [edition.appeal_id for edition in editions if isinstance(edition, TranslationEdition)]
    live = full(AppealEdition).filter(item_id__in=ids)
    appeals = {appeal.item_id: appeal for appeal in live}
    entries = []
    for edition in editions:
        if isinstance(edition, AppealEdition):
            entries.append(of_text(edition, edition, original(edition.data)))
        elif appeal := appeals.get(edition.appeal_id):
            entries.append(of_text(edition, appeal, translated(appeal.data, edition.data)))
    return entries


def of_text(edition: Any, appeal: Any, side: Side) -> Entry:
    path = text_url(appeal.slug, edition) if side.translation else text_of_original(appeal)
    url = whole(path)
    content = appeal.data
    return Entry(
        id=tag(edition) if side.translation else tag(edition, side.language),
        url=url,
        title=side.title,
        language=side.language,
        html=shown("feeds/_appeal.html", url, edition=appeal, content=content, side=side),
        published=edition.published_at,
        updated=max(edition.live_from, appeal.live_from),
        authors=tuple(body["name"] for body in content["issued_by"]),
        as_sealed=as_sealed(edition, appeal),
    )


def text_of_original(appeal: Any) -> str:
    return f"{appeal.get_absolute_url()}{appeal.data['original_language']}/"


def of_corrections(rows: Iterable[Content]) -> list[Entry]:
    """Return entries of corrections, as ``config.corrections`` lists them."""
    entries = []
    for row in rows:
        edition, number = row["entry"].edition, row["entry"].number
        url = whole(row["entry"].compare_url or row["url"])
        entries.append(
            Entry(
                id=tag(edition, "editions", str(number)),
                url=url,
                title=row["title"],
                language=row["language"],
                html=shown("feeds/_correction.html", url, row=row),
                published=edition.live_from,
                updated=edition.live_from,
            )
        )
    return entries


def of_comments(comments: Iterable[Any], posts: dict[int, Any]) -> list[Entry]:
    """Return entries of approved comments on live posts, which are given by their items' ids."""
    entries = []
    for comment in comments:
        post = posts[comment.post_id]
        url = whole(f"{post.get_absolute_url()}comments/{comment.key}/")
        html = shown("feeds/_comment.html", url, comment=comment)
        entries.append(
            Entry(
                id=tag(post, "comments", comment.key),
                url=url,
                title=post.title,
                language="",
                html=html,
                published=comment.sent_at,
                updated=comment.sent_at,
                authors=(comment.signature,),
            )
        )
    return entries
