"""Every public address: of every pattern of the resolver, and of every link on the pages."""

from collections import deque
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import product
from typing import Any
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from django.core import signing
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from editorial.addresses import canonical, in_language
from editorial.canonical import sha256
from editorial.models import PreviewLink
from tests.worlds import making, pages
from tests.worlds.asking import Answers, ask
from tests.worlds.clock import day
from tests.worlds.making import key_of
from tests.worlds.secrets import A, B, Secrets

HERE = "http://testserver"
#: A method, an address, headers.
Question = tuple[str, str, dict[str, str]]
NEVER = "nothing-here"
"""A slug, a key and a name that no world knows."""

APPEALS = ["lake", "harbour", "old-harbour", "recalled", "kept"]
POSTS = [
    *[(2098, 9, slug) for slug in ("salt", "wells", "harbour", "the-harbour", "back-again")],
    *[(2098, 9, slug) for slug in ("taken-down", "for-a-week", "le-sel", NEVER)],
    *[(2099, 9, slug) for slug in ("last", "salt")],
]
#: Some have a public translation of the lake's appeal, some one that is secret, some none.
LANGUAGES = ["en", "fr", "ru", "pl", "es", "uk", "xx"]
KEYS = ["kc1", "kc4", "kalake", NEVER]
SECRET_SLUGS = [slug for slug in [*A.slugs(), *B.slugs()] if not slug.endswith(("-1", "-2"))]
SECRET_APPEALS = [
    slug
    for slug in [*SECRET_SLUGS, "quartz-lake", "quartz-kept", "basalt-lake", "basalt-recalled"]
    if slug.partition("-")[2].startswith(
        ("appeal", "later", "lake", "kept", "recalled", "between-ka")
    )
]
SECRET_POSTS = [
    (*month, slug)
    for slug in SECRET_SLUGS
    if slug.partition("-")[2].startswith(("post", "soon", "never", "mov", "between-kp"))
    for month in (
        [(2098, 9), (2099, 9)] if "mov" in slug or "between" in slug else [(2099, 9), (2099, 10)]
    )
]
#: The texts of appeals: the public ones, and any language of those that have none.
TEXTS = [
    *product(["lake"], LANGUAGES),
    *product(["harbour", "old-harbour"], ["en", "ru", "pl"]),
    *product([*APPEALS[3:], *SECRET_APPEALS, "quartz-moved-nowhere", NEVER], ["en"]),
]
KEYED_TEXTS = [
    *[("lake", "en", key_of(name)) for name in ("lake-second", "lake-en", "quartz 0", "basalt 0")],
    *[("lake", "fr", key_of("lake-fr")), ("lake", "fr", key_of("lake-second"))],
    *[("lake", "es", key_of("lake-es")), ("harbour", "en", key_of("harbour-en"))],
    *[("recalled", "en", key_of("recalled-en")), ("kept", "en", key_of("lake-second"))],
    ("lake", "en", NEVER),
    *product(SECRET_APPEALS, ["en"], [key_of("lake-second")]),
]
PARTIES = [
    "ana-petrel",
    "staunton",
    "ivo-marsh",
    "lake-council",
    "ferry-union",
    "water",
    "sud",
    "many",
]

#: The picture of the only public page, those of secret ones, each in its widths, and names that
#: are none.
PICTURES = [
    (stem + width, suffix)
    for colour in ("white", "red", "maroon", "blue", "navy")
    for stem, suffix in [making.picture(colour)[1].split(".")]
    for width in ("", "-320", "-640", "-480")
] + [("0" * 64, "png"), (NEVER, "webp"), (making.picture("white")[1].partition(".")[0], "pdf")]

#: The cards of a public edition, of one that is not live any more, and of secret ones.
CARDS = [
    (key, sha256(f"{key} {moment.isoformat()}"))
    for key, moment in [
        ("kalake", day(2098, 5, 2)),
        ("kalake", day(2098, 3, 6)),
        *product(["kalake", "kaharbour", "kpsalt"], [w.soon(n) for w in (A, B) for n in range(4)]),
        (NEVER, day(2098, 5, 2)),
    ]
]

#: What stands for each parameter, alone or with others that belong together.
VALUES: dict[tuple[str, ...], list[Any]] = {
    ("year", "month", "slug"): [*POSTS, *SECRET_POSTS],
    ("year", "month"): [(2098, 9), (2098, 10), (2099, 1), (2099, 9), (2099, 10)],
    ("year",): [2098, 2099, 2100],
    ("number",): [1, 2, 3, 4],
    ("old", "new"): [(1, 2), (1, 3), (2, 3), (2, 1), (3, 4)],
    ("lang",): LANGUAGES,
    ("slug", "lang"): TEXTS,
    ("slug", "lang", "key"): KEYED_TEXTS,
    ("left", "right"): [("en", "ru"), ("fr", "ru"), ("pl", "ru"), ("en", "en")],
    ("key",): KEYS,
    ("passage",): ["p1", "p2", "quartz-passage", NEVER],
    ("name", "suffix"): PICTURES,
    ("item", "digest"): CARDS,
    ("date",): ["2098-05-02", "2098-03-06", "2098-06-30", "2099-09-15", "2099-10-01", "never"],
    ("form",): ["bib", "ris", "json"],
    ("day",): [1, 31, 32],
    ("label",): [
        *("water", "WATER", "Суд", "суд", "many", "nothing-here", "a/b"),
        *(label for world in (A, B) for label in (world.tag, *world.slugs()[:6])),
    ],
}
#: The slugs of a pattern without a date, by the beginning of its route.
SLUGS = {
    "p/": [
        *pages.PUBLIC,
        *(slug for world in (A, B) for slug in pages.slugs_of(world.tag, 1)),
        NEVER,
    ],
    "appeals/": [*APPEALS, *SECRET_APPEALS, "quartz-moved-nowhere", NEVER],
    "<slug:slug>/": [
        *pages.PUBLIC,
        *(slug for world in (A, B) for slug in pages.slugs_of(world.tag, 1)),
        NEVER,
    ],
    "": [*PARTIES, *SECRET_SLUGS, "quartz-water", "quartz-ana-petrel", *APPEALS, "salt", NEVER],
}
#: What readers' addresses trail, and what would-be readers try.
QUERIES = [
    "?page=2&state=draft&preview=1&q=quartz&year=2099&reply=kc1&sent=1",
    "?before=2098-03-05T09:00:00%2B00:00%20many-08&q=salt&year=2098",
    "?q=quartz+title&label=water&organisation=lake-council&sort=date",
    "?q=passage+lake+quartz&place=The+lake&kind=translation&language=de",
    "?before=nonsense&reply=nothing-here&q=%D0%BE%D0%B7%D0%B5%D1%80%D0%BE&_=%00",
]
#: What is looked for: words of public texts, of secret ones, nearly those, and in other scripts.
SEARCHES = [
    *(
        "salt",
        "words",
        "water",
        "Суд",
        "Ana Petrel",
        "Анна Петрель",
        "petrell",
        "the lake",
        "абзац",
    ),
    *(
        "quartz",
        "quartz words",
        "basalt title",
        "quarz",
        "bazalt",
        '"quartz words"',
        "words quartz",
    ),
    *(
        "appeal of harbour",
        "fourth",
        "party",
        "summary",
        "rendering",
        "variant",
        "le sel",
        "petrol",
    ),
    *(
        "words&page=2",
        "words&sort=date",
        "words&page=3&sort=date",
        "words&label=many",
        "words&year=2099",
    ),
    *("lake&organisation=quartz-party-0", "lake&organisation=ferry-union", "lake&place=quartz"),
    *(
        "harbour&kind=appeal",
        "harbour&kind=translation",
        "passage&language=fr",
        "passage&language=uk",
    ),
    *("coast", "the whole coast&kind=page", "change"),
    *("once more", '"salt once more"', "mended", "mistake", "recalled", "week", "wrds", "harbor"),
]

#: One language of the interface stands for those with a front.
TONGUE = "ar"

#: The desk, and files that are not made from any content.
NOT_PUBLIC = ("admin/", "static/", "accounts/")


def tokens() -> list[str]:
    """Return tokens: of a public comment's receipt, and such as open nothing.

    Those are forged, or of rows that may or may not be there.
    """
    good = [signing.dumps(pk, salt=PreviewLink.SALT) for pk in (987_654_321,)]
    return [NEVER, "receipt-of-kc1", *good, signing.dumps("quartz", salt="another")]


def patterns(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield (route, pattern) of all public patterns, as they stand in the URL configuration."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if route.startswith(NOT_PUBLIC):
            continue
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


def of_pattern(route: str, pattern: URLPattern) -> Iterator[str]:
    """Yield the addresses of one pattern, with every value that is plausible somewhere.

    Raises:
        LookupError: this test has no values for a parameter of it.
    """
    path = pattern.pattern
    wanted = list(parameters(route))
    groups: list[tuple[tuple[str, ...], list[Any]]] = []
    slugs = next(slugs for start, slugs in SLUGS.items() if route.startswith(start))
    values = VALUES | {("slug",): slugs, ("token",): tokens()}
    for names in sorted(values, key=len, reverse=True):
        if set(names) <= set(wanted):
            groups.append((names, values[names]))
            wanted = [name for name in wanted if name not in names]
    if wanted:
        raise LookupError(
            f"The two-worlds test has no values for {', '.join(wanted)} of {route!r} ({path}): "
            "add some to VALUES in tests/worlds/addresses.py, public and secret ones."
        )
    for combination in combinations([rows for _names, rows in groups]):
        arguments: dict[str, Any] = {}
        for (names, _rows), row in zip(groups, combination, strict=True):
            arguments |= zip(names, row if len(names) > 1 else (row,), strict=True)
        yield filled(route, arguments)


def combinations(groups: list[list[Any]]) -> Iterator[tuple[Any, ...]]:
    """Yield the combinations of values: all of two groups, of more those that differ in one.

    A secret value is combined with the first ones of the others.
    """
    for combination in product(*groups):
        others = sum(row != rows[0] for row, rows in zip(combination, groups, strict=True))
        if others < 2 or (len(groups) == 2 and not any(map(is_secret, combination))):
            yield combination


def is_secret(value: Any) -> bool:
    return any(tag in str(value) for tag in (A.tag, B.tag))


def parameters(route: str) -> Iterator[str]:
    """Yield the names of a route's parameters: "<year:year>/<slug:slug>/" has year and slug."""
    for part in route.split("<")[1:]:
        yield part.partition(">")[0].rpartition(":")[2]


def filled(route: str, arguments: dict[str, Any]) -> str:
    """Return the address that a route makes of values."""
    address = "/"
    for number, part in enumerate(route.split("<")):
        name, _, rest = part.partition(">") if number else ("", "", part)
        value = arguments.get(name.rpartition(":")[2], "")
        month = name.startswith("month:") or name == "month"
        address += (f"{value:02}" if month else str(value)) + rest
    return address


def of_resolver() -> list[str]:
    """Return every address of every public pattern."""
    return [address for route, entry in patterns() for address in of_pattern(route, entry)]


class Links(HTMLParser):
    """Collects what a page or a feed links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        said = {name: value for name, value in attrs if value}
        self.found += [said[name] for name in ("href", "src", "action") if name in said]
        offered = said.get("srcset", "").split(", ")
        self.found += [offer.split()[0] for offer in offered if offer]


def links(page: str, address: str) -> Iterator[str]:
    """Yield the addresses of this site that a page leads to, in one language of the interface."""
    reader = Links()
    reader.feed(page)
    for found in reader.found:
        url = urldefrag(urljoin(HERE + address, found)).url
        if url.startswith(HERE):
            parts = urlsplit(url)
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            if not path[1:].startswith(NOT_PUBLIC) and canonical(path) == path:
                yield path


def crawl(answers: Answers | None = None, start: str = "/") -> list[str]:
    """Return every address that can be reached from the front page by following links.

    Args:
        answers: what was answered already; what else is asked on the way is added there.
    """
    answers = {} if answers is None else answers
    seen, waiting = {start: None}, deque([start])
    while waiting:
        address = waiting.popleft()
        question = f"GET {address}"
        if question not in answers:
            answers[question] = ask(address)
        answer = answers[question]
        if "json" in dict(answer.headers).get("Content-Type", ""):
            continue  # quotes are escaped there; what it links to stands in a page as well
        for found in links(answer.body.decode(errors="replace"), address):
            if found not in seen:
                seen[found] = None
                waiting.append(found)
    return list(seen)


def every_address() -> list[str]:
    """Return every address without repetition: of the resolver, and odd ones.

    What pages link to is found by `crawl`.
    """
    odd = ["/favicon.ico", "/p/salt.html", "/p/quartz.html", "/2098/13/", "/.env", "/%00", "//a"]
    odd += [f"/search/?q={quote(words, safe='&=')}" for words in SEARCHES]
    return list(dict.fromkeys([*of_resolver(), *odd]))


def of_others(question: str | Question, secrets: Secrets) -> bool:
    """Tell whether a question speaks of another world's secrets than these."""
    return any(other.tag in str(question) for other in (A, B) if other != secrets)


def one_of_each(statuses: dict[str, int], most: int = 2) -> list[str]:
    """Return at most so many addresses of each pattern and each status it answers with."""
    count: dict[str, int] = {}
    kept = []
    for address, status in statuses.items():
        try:
            name = resolve(urlsplit(address).path).view_name + ("?" if "?" in address else "")
        except Resolver404:
            name = "nowhere"
        name += f" {status}"
        count[name] = count.get(name, 0) + 1
        if count[name] <= most:
            kept.append(address)
    return kept


def variations(addresses: Iterable[str]) -> Iterator[Question]:
    """Yield other ways of asking: methods, conditions, languages, no final slash."""
    for address in addresses:
        path = urlsplit(address).path
        yield "HEAD", address, {}
        yield "GET", in_language(address, TONGUE), {}
        yield "GET", address, {"If-Modified-Since": "Tue, 01 Sep 2099 00:00:00 GMT"}
        yield "GET", address, {"If-None-Match": "*", "Accept-Language": "de, uk;q=0.8"}
        if len(path) > 1 and path.endswith("/"):
            yield "GET", path.rstrip("/"), {}


def queries(addresses: Iterable[str]) -> Iterator[Question]:
    """Yield what stands behind a question mark, for pages that know it and pages that don't."""
    for address, query in product(addresses, QUERIES):
        yield "GET", urlsplit(address).path + query, {}


def posts_of_forms(addresses: Iterable[str]) -> Iterator[Question]:
    """Yield what a careless or a wicked client sends: forms without the page's token."""
    for address in addresses:
        yield "POST", urlsplit(address).path, {}
        yield "OPTIONS", urlsplit(address).path, {}
