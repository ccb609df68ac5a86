"""Which feeds became others since a moment: by what appeared or ended, or by the site's name."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from appeals.models import AppealEdition, TranslationEdition
from appeals.models.editions import AppealEditionOrganisation
from blog.models import PostEdition, PostEditionLabel, PostEditionPerson
from config.masthead.models import MastheadEdition
from config.pages.models import PageEdition
from editorial.addresses import whole
from editorial.models import Edition, EditionQuerySet

EVERY: tuple[Any, ...] = (PostEdition, AppealEdition, TranslationEdition)
#: The feeds of values that editions have rows of: the name of a feed, the rows, their editions.
VALUES: tuple[tuple[str, Any, Any], ...] = (
    ("label", PostEditionLabel, PostEdition),
    ("person", PostEditionPerson, PostEdition),
    ("organisation", AppealEditionOrganisation, AppealEdition),
)


def moved(model: Any, since: datetime, now: datetime) -> EditionQuerySet:
    """Return the editions that appeared or ended after ``since``, up to now.

    What lies ahead and what was cancelled never was public, and nobody is told of it.
    """
    span = (since, now)
    within = Q(live_from__range=span) | Q(sealed_at__range=span) | Q(live_until__range=span)
    return model.objects.was_live(now).filter(within)


def topics(since: datetime, now: datetime) -> list[str]:
    """Return the whole addresses of the feeds that may have changed, in the order of their marks.

    The name of the site stands in every feed.
    """
    is_renamed = name(since) != name(now)
    addresses = [
        whole(reverse(f"feeds:{kind}{form}", args=about))
        for kind, *about in set(all_feeds(now) if is_renamed else feeds(since, now))
        for form in ("", "_json")
    ]
    return sorted(addresses, key=mark)


def mark(topic: str) -> str:
    """Return what can be kept of a feed's address, in which a person may be named."""
    return salted_hmac("config.websub", topic, algorithm="sha256").hexdigest()


def name(at: datetime) -> str:
    """Return what the site was called at a moment, as far as it was sealed by then."""
    sealed = MastheadEdition.objects.filter(sealed_at__lte=at)
    return sealed.live(at).values_list("title", flat=True).first() or settings.SITE_NAME


def all_feeds(now: datetime) -> Iterator[tuple[str, ...]]:
    """Yield every feed of editions that there is, named as by ``feeds``."""
    yield from (("everything",), ("appeals",), ("corrections",))
    live = {model: model.objects.live(now) for model in EVERY}
    for editions in live.values():
        spoken = editions.order_by().exclude(language="").values_list("language", flat=True)
        yield from (("language", language) for language in spoken.distinct())
    for kind, rows, model in VALUES:
        named = rows.objects.filter(edition__in=live[model]).exclude(slug="")
        slugs = named.order_by().values_list("slug", flat=True).distinct()
        yield from ((kind, slug) for slug in slugs)


def feeds(since: datetime, now: datetime) -> Iterator[tuple[str, ...]]:
    """Yield the name of each feed, and what it is about."""
    posts, appeals, translations = (
        moved(model, since, now).values_list("pk", "kind", "language") for model in EVERY
    )
    every = [*posts, *appeals, *translations]
    if every:
        yield ("everything",)
    if appeals or translations:
        yield ("appeals",)
    kinds = [kind for _pk, kind, _language in every]
    # Pages of the site stand in no feed but that of corrections.
    kinds += moved(PageEdition, since, now).values_list("kind", flat=True)
    if Edition.Kind.CORRECTION in kinds or Edition.Kind.WITHDRAWAL in kinds:
        yield ("corrections",)
    for language in sorted({language for _pk, _kind, language in every if language}):
        if any(readable(model, language, now) for model in EVERY):
            yield "language", language
    changed = {PostEdition: pks(posts), AppealEdition: pks(appeals) | issued(pks(translations))}
    for name, rows, model in VALUES:
        yield from ((name, slug) for slug in values(rows, model, changed[model], now))


def pks(rows: Iterable[tuple[int, str, str]]) -> set[int]:
    return {pk for pk, _kind, _language in rows}


def readable(model: Any, language: str, now: datetime) -> bool:
    return model.objects.live(now).filter(language=language).exists()


def issued(translations: set[int]) -> set[int]:
    """Return the editions of the appeals that some editions of translations translate."""
    items = TranslationEdition.objects.filter(pk__in=translations).values("appeal_id")
    return set(AppealEdition.objects.filter(item_id__in=items).values_list("pk", flat=True))


def values(rows: Any, model: Any, editions: set[int], now: datetime) -> list[str]:
    """Return the values of changed editions that still have a feed."""
    changed = rows.objects.filter(edition__in=editions).exclude(slug="").values("slug")
    live = rows.objects.filter(slug__in=changed, edition__in=model.objects.live(now))
    return sorted(set(live.values_list("slug", flat=True)))
