"""Sitemaps (sitemaps.org 0.9): an index, a part for each year, and the news of two days."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from lxml import etree
from lxml.builder import ElementMaker

from appeals.models import AppealEdition, TranslationEdition
from appeals.models.editions import AppealEditionOrganisation
from appeals.texts import Texts
from blog.models import PostEdition, PostEditionLabel, PostEditionPerson
from config.answering import answer
from config.browsing.languages import tongues
from config.feeds.moving import changed, changed_by_year
from config.feeds.writing import writable
from config.masthead import showing as masthead
from config.pages.models import PageEdition
from config.search.models import Indexed
from editorial.addresses import whole
from editorial.models import EditionQuerySet

SPACES = {
    None: "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}
MAP = ElementMaker(namespace=SPACES[None], nsmap=SPACES)
NEWS = ElementMaker(namespace=SPACES["news"], nsmap=SPACES)
XHTML = ElementMaker(namespace=SPACES["xhtml"], nsmap=SPACES)

#: How long something is news to those who read news sitemaps.
NEW = timedelta(hours=48)

#: The pages that lead to others and of which there is one.
LISTS = (
    *("home", "blog:archive", "appeals:list", "blog:labels", "corrections", "browse", "people"),
    *("appeals:organisations", "places", "languages", "timeline"),
)


@dataclass(frozen=True)
class Place:
    """One address, when what stands there became what it is, and the same in other languages."""

    path: str
    changed: datetime | None = None
    alternates: dict[str, str] = field(default_factory=dict)


def of_year(editions: EditionQuerySet, year: int) -> EditionQuerySet:
    return editions.live().light().filter(published_on__year=year).order_by("published_at", "slug")


def posts(year: int) -> Iterator[Place]:
    """Yield the live posts of a year, each with its translations: two queries."""
    yield from prose(PostEdition, of_year(PostEdition.objects.defer("content"), year))


def pages() -> Iterator[Place]:
    """Yield the live pages of the site, each with its translations: two queries."""
    live = PageEdition.objects.live().defer("content", "salts", "redactions")
    yield from prose(PageEdition, live.order_by("slug"))


def prose(model: Any, editions: EditionQuerySet) -> Iterator[Place]:
    """Yield live texts, each with its translations."""
    live = model.objects.live().defer("content", "salts", "redactions")
    translated = live.exclude(translation_of="")
    originals = Q(key__in=translated.values("translation_of"))
    related = live.filter(originals | ~Q(translation_of=""))
    versions: dict[str, dict[str, str]] = {}
    for edition in related.order_by("language", "key"):
        root = versions.setdefault(edition.translation_of or edition.key, {})
        root[edition.language] = edition.get_absolute_url()
    for edition in editions:
        group = versions.get(edition.translation_of or edition.key, {})
        path = edition.get_absolute_url()
        yield Place(path, edition.live_from, group if len(group) > 1 else {})


def appeals(year: int) -> Iterator[Place]:
    """Yield the live appeals of a year, each of their texts, and what they can be read in."""
    live = list(of_year(AppealEdition.objects.all(), year))
    translations: dict[int, list[Any]] = {edition.item_id: [] for edition in live}
    of_these = AppealEdition.objects.live().filter(published_on__year=year).values("item_id")
    texts = TranslationEdition.objects.live().light().filter(appeal_id__in=of_these)
    for text in texts.order_by("-is_principal", "published_at", "key"):
        translations[text.appeal_id].append(text)
    for edition in live:
        ways = Texts(edition)
        ways.live = translations[edition.item_id]
        tongues = {way.language: way.url for way in ways.ways() if way.language}
        path = edition.get_absolute_url()
        moments = {"": edition.live_from} | {
            tag: max(edition.live_from, text.live_from) for tag, text in ways.translations.items()
        }
        alternates = tongues | {"x-default": path} if tongues else {}
        yield Place(path, max(moments.values()), alternates)
        for tag, url in tongues.items():
            yield Place(url, moments.get(tag, edition.live_from), alternates)


def lists() -> Iterator[Place]:
    """Yield the pages that lead to others."""
    for name in LISTS:
        yield Place(reverse(name))
    carried: list[tuple[Any, Any, str]] = [
        (PostEditionLabel, PostEdition, "blog:label"),
        (PostEditionPerson, PostEdition, "person"),
        (AppealEditionOrganisation, AppealEdition, "appeals:organisation"),
    ]
    for rows, editions, name in carried:
        live = rows.objects.filter(edition__in=editions.objects.live())
        live = live.exclude(slug="").order_by("slug")  # one that was redacted has no page
        for slug in live.values_list("slug", flat=True).distinct():
            yield Place(reverse(name, args=[slug]))
    located = Indexed.objects.live().exclude(place_slug="").order_by("place_slug")
    for slug in located.values_list("place_slug", flat=True).distinct():
        yield Place(reverse("place", args=[slug]))
    for tongue in sorted(tongues(), key=attrgetter("tag")):
        yield Place(reverse("language", args=[tongue.tag]))


def element(place: Place) -> Any:
    """Return one address as sitemaps have it."""
    url = MAP.url(MAP.loc(whole(place.path)))
    if place.changed:
        url.append(MAP.lastmod(place.changed.isoformat()))
    for tag, path in place.alternates.items():
        url.append(XHTML.link(rel="alternate", hreflang=tag, href=whole(path)))
    return url


def written(root: Any) -> bytes:
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def part(places: Callable[..., Iterable[Place]]) -> Callable[..., HttpResponse]:
    """Return the view of one sitemap."""

    @require_safe
    def view(request: HttpRequest, **about: int) -> HttpResponse:
        found = [element(place) for place in places(**about)]
        if not found:
            raise Http404
        return answer(request, written(MAP.urlset(*found)), "application/xml")

    return view


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the sitemaps there are, with when each last became another."""
    translated = changed(TranslationEdition.objects.all())
    parts = years("posts", PostEdition) | years("appeals", AppealEdition, translated)
    if PageEdition.objects.live().exists():
        parts["pages"] = changed(PageEdition.objects.all())
    parts |= {"lists": None, "news": None}
    root = MAP.sitemapindex()
    for name, moment in parts.items():
        root.append(MAP.sitemap(MAP.loc(whole(f"/sitemaps/{name}.xml"))))
        if moment:
            root[-1].append(MAP.lastmod(moment.isoformat()))
    return answer(request, written(root), "application/xml")


def years(kind: str, model: Any, also: datetime | None = None) -> dict[str, datetime | None]:
    """Return the names of the sitemaps of one kind, and when each last became another."""
    live = [day.year for day in model.objects.live().dates("published_on", "year")]
    moments = changed_by_year(model.objects.all())
    return {
        f"{kind}-{year}": max(filter(None, [moments.get(year), also]), default=None)
        for year in live
    }


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """List what was first published in the last two days, as news sitemaps have it."""
    since = timezone.now() - NEW
    fresh = [
        edition
        for model in (PostEdition, AppealEdition)
        for edition in model.objects.live()
        .defer("content", "salts", "redactions")
        .filter(published_at__gt=since)
        .newest_first()
    ]
    urls = []
    for edition in sorted(fresh, key=lambda one: (-one.published_at.timestamp(), one.slug)):
        publication = NEWS.publication(
            NEWS.name(writable(masthead.name())), NEWS.language(edition.title_language)
        )
        told = NEWS.news(
            publication,
            NEWS.publication_date(edition.published_at.isoformat()),
            NEWS.title(writable(edition.title)),
        )
        urls.append(MAP.url(MAP.loc(whole(edition.get_absolute_url())), told))
    return answer(request, written(MAP.urlset(*urls)), "application/xml")
