"""Sitemaps (sitemaps.org 0.9): an index, parts for each year and for lists, and the news.

The protocol lets one file hold 50,000 addresses and 50 MB. What may be more is cut into parts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from lxml import etree
from lxml.builder import ElementMaker

from appeals.models import AppealEdition, TranslationEdition
from appeals.models.editions import AppealEditionOrganisation, AppealEditionPerson
from appeals.texts import Texts
from blog.models import PostEdition, PostEditionLabel, PostEditionPerson
from config.answering import answer
from config.browsing.languages import tongues
from config.feeds.moving import changed, changed_by_slug, changed_by_year
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

#: So many addresses of lists stand in one part: what the protocol allows.
MOST = 50_000
#: So many languages of one text are named with each of its addresses; what has more names them on
#: its own pages. So many posts with those, in addresses of 250 letters, are 40 MB.
ALTERNATES, TEXTS = 30, 5_000
#: So many appeals stand in one part: each may have a text in all languages that CLDR names.
APPEALS = 90
#: How long something is news to those who read news sitemaps, and how much of it they take.
NEW, NEWEST = timedelta(hours=48), 1_000

#: The pages that lead to others and of which there is one.
LISTS = (
    *("home", "blog:archive", "appeals:list", "blog:labels", "corrections", "browse", "people"),
    *("appeals:organisations", "places", "languages", "timeline"),
)


#: The pages about one value each, and the rows of editions that carry one.
HUBS = ("blog:label", "person", "appeals:organisation", "place")
CARRIED: tuple[tuple[int, Any, Any], ...] = (
    (0, PostEditionLabel, PostEdition),
    (1, PostEditionPerson, PostEdition),
    (1, AppealEditionPerson, AppealEdition),
    (2, AppealEditionOrganisation, AppealEdition),
)


@dataclass(frozen=True)
class Place:
    """One address, when what stands there became what it is, and the same in other languages."""

    path: str
    changed: datetime | None = None
    alternates: dict[str, str] = field(default_factory=dict)


def of_year(editions: EditionQuerySet, year: int) -> EditionQuerySet:
    return editions.live().light().filter(published_on__year=year).order_by("published_at", "slug")


def cut(rows: Any, number: int, size: int) -> Any:
    """Return what stands in one part of several."""
    return rows[(number - 1) * size : number * size]


def posts(year: int, number: int) -> Iterator[Place]:
    """Yield live posts of a year, each with its translations: two queries."""
    live = of_year(PostEdition.objects.defer("content"), year)
    yield from prose(PostEdition, cut(live, number, TEXTS))


def pages(number: int) -> Iterator[Place]:
    """Yield live pages of the site, each with its translations: two queries."""
    live = PageEdition.objects.live().defer("content", "salts", "redactions")
    yield from prose(PageEdition, cut(live.order_by("slug"), number, TEXTS))


def prose(model: Any, editions: Iterable[Any]) -> Iterator[Place]:
    """Yield live texts, each with its translations."""
    live = model.objects.live().defer("content", "salts", "redactions")
    editions = list(editions)
    roots = {edition.translation_of or edition.key for edition in editions}
    related = live.filter(Q(key__in=roots) | Q(translation_of__in=roots))
    versions: dict[str, dict[str, str]] = {}
    for edition in related.order_by("language", "key"):
        root = versions.setdefault(edition.translation_of or edition.key, {})
        root[edition.language] = edition.get_absolute_url()
    for edition in editions:
        group = versions.get(edition.translation_of or edition.key, {})
        path = edition.get_absolute_url()
        yield Place(path, edition.live_from, group if 1 < len(group) <= ALTERNATES else {})


def appeals(year: int, number: int) -> Iterator[Place]:
    """Yield live appeals of a year, each of their texts, and what they can be read in."""
    live = list(cut(of_year(AppealEdition.objects.all(), year), number, APPEALS))
    translations: dict[int, list[Any]] = {edition.item_id: [] for edition in live}
    texts = TranslationEdition.objects.live().light().filter(appeal_id__in=translations)
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
        alternates = tongues | {"x-default": path} if 0 < len(tongues) < ALTERNATES else {}
        yield Place(path, max(moments.values()), alternates)
        for tag, url in tongues.items():
            yield Place(url, moments.get(tag, edition.live_from), alternates)


def lists(number: int) -> Iterator[Place]:
    """Yield the pages that lead to others: six queries."""
    names = single()
    yield from (Place(path) for path in cut(names, number, MOST))
    start, end = ((part * MOST - len(names)) for part in (number - 1, number))
    found = [(row["of"], row["slug"]) for row in hubs()[max(start, 0) : max(end, 0)]]
    moments = changed_hubs(found)
    for hub, slug in found:
        yield Place(reverse(HUBS[hub], args=[slug]), moments.get((hub, slug)))


def single() -> list[str]:
    """Return the paths of the lists of which there is one, and of those of a language."""
    tags = sorted(tongue.tag for tongue in tongues())
    return [*map(reverse, LISTS), *(reverse("language", args=[tag]) for tag in tags)]


def hubs() -> Any:
    """Return the pages about one value that live editions carry: which of the hubs, and its slug.

    One query, however it is cut or counted.
    """
    places = Indexed.objects.live().exclude(place_slug="").order_by()
    first, *rest = [
        rows.objects.filter(edition__in=editions.objects.live())
        .exclude(slug="")  # one that was redacted has no page
        .order_by()
        .values("slug", of=Value(hub))
        for hub, rows, editions in CARRIED
    ]
    found = first.union(*rest, places.values("place_slug", of=Value(HUBS.index("place"))))
    return found.order_by("of", "slug")


def changed_hubs(found: Sequence[tuple[int, str]]) -> dict[tuple[int, str], datetime]:
    """Return when what such pages list last became another, where the public record can tell.

    What takes out a name keeps no public date. What left a place left the index too.
    """
    moments: dict[tuple[int, str], Any] = {}
    for hub, rows, editions in CARRIED:
        slugs = [slug for of, slug in found if of == hub]
        if not slugs:
            continue
        among = rows.objects.filter(slug__gte=slugs[0], slug__lte=slugs[-1])
        for slug, moment in changed_by_slug(among, editions).items():
            so_far = moments.get((hub, slug), moment)
            moments[hub, slug] = so_far and moment and max(so_far, moment)
    return {place: moment for place, moment in moments.items() if moment}


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

    def view(request: HttpRequest, number: int = 0, **about: int) -> HttpResponse:
        found = [element(place) for place in places(number=number or 1, **about)]
        if not found or number == 1:  # the first part has its address without a number
            raise Http404
        return answer(written(MAP.urlset(*found)), "application/xml")

    return view


def index(request: HttpRequest) -> HttpResponse:
    """List the sitemaps there are, with when each last became another."""
    translated = changed(TranslationEdition.objects.all())
    named = years("posts", PostEdition, TEXTS)
    named |= years("appeals", AppealEdition, APPEALS, translated)
    if count := PageEdition.objects.live().count():
        named |= dict.fromkeys(parts("pages", count, TEXTS), changed(PageEdition.objects.all()))
    named |= dict.fromkeys(parts("lists", len(single()) + hubs().count(), MOST))
    named["news"] = None
    root = MAP.sitemapindex()
    for name, moment in named.items():
        root.append(MAP.sitemap(MAP.loc(whole(f"/sitemaps/{name}.xml"))))
        if moment:
            root[-1].append(MAP.lastmod(moment.isoformat()))
    return answer(written(root), "application/xml")


def parts(name: str, count: int, size: int) -> list[str]:
    """Return the names of the sitemaps that hold so many of a kind, so many in each."""
    return [name, *(f"{name}-{number}" for number in range(2, -(-count // size) + 1))]


def years(
    kind: str, model: Any, size: int, also: datetime | None = None
) -> dict[str, datetime | None]:
    """Return the names of the sitemaps of one kind, and when each last became another."""
    live = model.objects.live().order_by("published_on__year").values_list("published_on__year")
    moments = changed_by_year(model.objects.all())
    return {
        name: max(filter(None, [moments.get(year), also]), default=None)
        for year, count in live.annotate(Count("pk"))
        for name in parts(f"{kind}-{year}", count, size)
    }


def news(request: HttpRequest) -> HttpResponse:
    """List what was first published in the last two days, as news sitemaps have it."""
    since = timezone.now() - NEW
    fresh = [
        edition
        for model in (PostEdition, AppealEdition)
        for edition in model.objects.live()
        .defer("content", "salts", "redactions")
        .filter(published_at__gt=since)
        .newest_first()[:NEWEST]
    ]
    fresh.sort(key=lambda one: (-one.published_at.timestamp(), one.slug))
    urls = []
    for edition in fresh[:NEWEST]:
        publication = NEWS.publication(
            NEWS.name(writable(masthead.name())), NEWS.language(edition.title_language)
        )
        told = NEWS.news(
            publication,
            NEWS.publication_date(edition.published_at.isoformat()),
            NEWS.title(writable(edition.title)),
        )
        urls.append(MAP.url(MAP.loc(whole(edition.get_absolute_url())), told))
    return answer(written(MAP.urlset(*urls)), "application/xml")
