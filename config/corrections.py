"""All public corrections, of posts, appeals, translations and pages alike."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from appeals.models import AppealEdition, TranslationEdition
from blog.models import PostEdition
from config.pages.models import PageEdition
from editorial.histories import entries
from editorial.models import Edition, EditionQuerySet
from editorial.resolving import ranked

MODELS = (PostEdition, AppealEdition, TranslationEdition, PageEdition)


def made(editions: EditionQuerySet) -> EditionQuerySet:
    """Return the corrections among editions of items that are public now."""
    live = editions.live().values("item_id")
    return editions.was_live().filter(kind=Edition.Kind.CORRECTION, item_id__in=live)


def years() -> list[int]:
    """Return the years in which something was corrected, the newest first."""
    found = [made(model.objects.all()).datetimes("live_from", "year") for model in MODELS]
    return sorted({moment.year for moments in found for moment in moments}, reverse=True)


def of(year: int) -> list[dict[str, Any]]:
    """Return a year's corrections, the newest first: a fixed number of queries for any number."""
    found = [correction for model in MODELS for correction in in_model(model.objects.all(), year)]
    found.sort(key=lambda row: (row["title"], row["entry"].number))
    return sorted(found, key=lambda row: row["entry"].edition.live_from, reverse=True)


def newest(count: int) -> list[dict[str, Any]]:
    """Return the newest corrections, at most so many: a fixed number of queries."""
    found = []
    for model in MODELS:
        editions: EditionQuerySet = model.objects.all()
        chosen = made(editions).order_by("-live_from", "key").values_list("pk", flat=True)
        found += list(rows(editions, list(chosen[:count])))
    found.sort(key=lambda row: (row["title"], row["entry"].number))
    return sorted(found, key=lambda row: row["entry"].edition.live_from, reverse=True)[:count]


def in_model(editions: EditionQuerySet, year: int) -> Iterator[dict[str, Any]]:
    """Yield one kind of item's corrections of a year, with where each item is today."""
    of_year = made(editions).filter(live_from__year=year)
    yield from rows(editions, list(of_year.values_list("pk", flat=True)))


def rows(editions: EditionQuerySet, chosen: list[int]) -> Iterator[dict[str, Any]]:
    """Yield the chosen corrections, with where each item is today."""
    light = editions.defer("content", "salts", "redactions")
    items = editions.filter(pk__in=chosen).values("item_id")
    live = {edition.item_id: edition for edition in light.live().filter(item_id__in=items)}
    urls = addresses(live)
    ever = light.was_live().filter(item_id__in=items).order_by("item_id", "live_from")
    for item_id, group in groupby(ever, attrgetter("item_id")):
        if item_id not in urls:
            continue
        for entry in entries(ranked(list(group)), f"{urls[item_id]}editions/"):
            if entry.edition.pk in chosen:
                now = live[item_id]
                yield {
                    "entry": entry,
                    "url": urls[item_id],
                    "title": now.title,
                    "language": now.title_language,
                }


def addresses(live: dict[int, Any]) -> dict[int, str]:
    """Return where live items are; a translation is nowhere while its appeal is not public."""
    ids = {edition.appeal_id for edition in live.values() if hasattr(edition, "appeal_id")}
    if not ids:
        return {item_id: edition.get_absolute_url() for item_id, edition in live.items()}
    appeals = {
        appeal.item_id: appeal.get_absolute_url()
        for appeal in AppealEdition.objects.live().filter(item_id__in=ids).only("item", "slug")
    }
    return {
        item_id: f"{appeals[edition.appeal_id]}{edition.language}/"
        for item_id, edition in live.items()
        if edition.appeal_id in appeals
    }
