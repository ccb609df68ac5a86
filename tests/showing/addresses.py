"""An address for each of the readers' pages, by its pattern in the URL configuration."""

import io
from pathlib import Path

from django.core.management import call_command

from appeals.models import Appeal, Translation, TranslationEdition
from blog.models import Comment
from blog.models.receipts import Receipt
from blog.models.telling import ReplyAddress
from config import demonstrating
from tests.worlds.addresses import patterns

TEXTS = Path(__file__).parent / "texts"

POST = "<year:year>/<month:month>/<slug:slug>/"
APPEAL = "appeals/<slug:slug>/"
TEXT = f"{APPEAL}<language:lang>/"
VERSION = f"{TEXT}<key:key>/"
RECEIPT = "comments/receipt/<str:token>/"
EDITION = "editions/<number:number>/"
TWO = "editions/<number:old>-<number:new>/"

SALT = "/2025/03/salt-in-the-wells/"
TALKED = "/2026/02/the-boat-is-a-street/"
LETTER = "/appeals/verenn-reading-room/"
SCANNED = "/appeals/ilvar-assembly-labour-levy/"
WELLS = "/appeals/marsa-nuhas-wells/"
WELL = "/appeals/the-well-stays-open/"

#: What programs ask for.
FILES = (
    *("/feed/", "/timegate/", "/timemap/", "/healthz", "/export/"),
    *("/feeds/posts/summary", "/default", "/default/"),
)
#: What only leads on to another page, or is sent there by a form.
LEADING_ON = (
    *("/<path:label>", "/on/<str:date>/", "/comment/", f"{POST}comments/<slug:key>/"),
    *("comments/replies/<str:token>/<slug:key>/", f"{RECEIPT}withdraw/", f"{RECEIPT}replies/"),
)


def load() -> None:
    """Load the demonstration and the invented texts beside it."""
    demonstrating.load()
    call_command("import_content", TEXTS, publish=True, stdout=io.StringIO())


def is_page(route: str) -> bool:
    """Tell whether a pattern is of pages that people look at."""
    return not ("." in route.rpartition("/")[2] or f"/{route}".endswith(FILES + LEADING_ON))


def routes() -> list[str]:
    """Return the patterns of all pages, as they stand in the URL configuration."""
    return [route for route, _pattern in patterns() if is_page(route)]


def by_route() -> dict[str, list[str]]:
    """Return addresses for each pattern; some have several that are worth a look."""
    second = second_version()
    token = receipt()
    return {
        "": ["/"],
        "posts/": ["/posts/"],
        "<year:year>/": ["/2025/"],
        "<year:year>/<month:month>/": ["/2025/03/"],
        POST: [
            *(SALT, TALKED, "/2024/04/every-element/", "/2021/06/who-signs-and-how/"),
            *("/2025/08/al-dalw-al-azraq/", "/2024/04/ha-mafteach/", "/2024/04/tulkhuur/"),
            *("/2024/04/gasaghebi/", "/2024/04/yaoshi/", "/2023/10/chytalnu-zalu-zachyneno/"),
        ],
        f"{POST}comments/": [f"{TALKED}comments/"],
        f"{POST}comments/<slug:key>/report/": [f"{TALKED}comments/{comment().key}/report/"],
        f"{POST}editions/": [f"{SALT}editions/"],
        f"{POST}{EDITION}": [f"{SALT}editions/1/"],
        f"{POST}{TWO}": [f"{SALT}editions/1-2/"],
        f"{POST}{EDITION}cite/": [f"{SALT}editions/1/cite/"],
        "labels/": ["/labels/"],
        "labels/<slug:slug>/": ["/labels/rivers-and-lakes/"],
        "appeals/": ["/appeals/"],
        APPEAL: [LETTER, SCANNED, WELL],
        f"{APPEAL}signatories/": [f"{LETTER}signatories/"],
        f"{APPEAL}signatories/<number:number>/": [],  # the same, of a letter with hundreds
        f"{APPEAL}editions/": [f"{WELLS}editions/"],
        f"{APPEAL}{EDITION}": [f"{WELLS}editions/1/"],
        f"{APPEAL}{TWO}": [f"{WELLS}editions/1-2/"],
        f"{APPEAL}{EDITION}cite/": [f"{WELLS}editions/1/cite/"],
        f"{APPEAL}<language:left>+<language:right>/": [
            *(f"{WELLS}en+ar/", f"{WELL}he+zh/", f"{WELL}ka+mn/", f"{WELL}ar+ru/"),
            f"{WELL}mn+mn-Mong/",
        ],
        TEXT: [f"{SCANNED}en/", f"{WELLS}ar/", *(f"{WELL}{lang}/" for lang in LANGUAGES)],
        f"{TEXT}editions/": [f"{WELLS}en/editions/"],
        f"{TEXT}{EDITION}": [f"{WELLS}en/editions/1/"],
        f"{TEXT}{TWO}": [f"{WELLS}en/editions/1-2/"],
        f"{TEXT}{EDITION}cite/": [f"{WELLS}en/editions/1/cite/"],
        f"{TEXT}passages/<slug:passage>/": [f"{SCANNED}en/passages/p1/"],
        VERSION: [second],
        f"{VERSION}editions/": [f"{second}editions/"],
        f"{VERSION}{EDITION}": [f"{second}editions/1/"],
        f"{VERSION}{TWO}": [],  # drawn by the template of `TEXT`; none has two editions
        f"{VERSION}{EDITION}cite/": [f"{second}editions/1/cite/"],
        f"{VERSION}passages/<slug:passage>/": [f"{second}passages/p1/"],
        "organisations/": ["/organisations/"],
        "organisations/<slug:slug>/": ["/organisations/assembly-of-the-ilvar-people/"],
        "people/": ["/people/"],
        "people/<slug:slug>/": ["/people/ines-varlow/"],
        "browse/": ["/browse/"],
        "places/": ["/places/"],
        "places/<slug:slug>/": ["/places/marsa-nuhas/"],
        "languages/": ["/languages/"],
        "languages/<language:lang>/": ["/languages/ru/", "/languages/ar/"],
        "timeline/": ["/timeline/"],
        "search/": ["/search/", "/search/?q=salt", "/search/?q=wrds", "/search/?q=вода"],
        "corrections/": ["/corrections/"],
        "feeds/": ["/feeds/"],
        "letters/": ["/letters/", "/letters/?asked=1"],
        "letters/confirm/<slug:key>/": ["/letters/confirm/x/"],
        "letters/leave/<slug:key>/": ["/letters/leave/x/"],
        "comments/figures/": ["/comments/figures/"],
        RECEIPT: [token],
        f"{RECEIPT}correct/": [f"{token}correct/"],
        f"{RECEIPT}erase/": [f"{token}erase/"],
        "comments/replies/<str:token>/": [replies()],
        "<slug:slug>/": ["/about/", "/o-nas/"],
        "<slug:slug>/editions/": ["/about/editions/"],
        "<slug:slug>/editions/<number:number>/": ["/about/editions/1/"],
        "<slug:slug>/editions/<number:old>-<number:new>/": [],
        "<slug:slug>/editions/<number:number>/cite/": ["/about/editions/1/cite/"],
        "preview/<str:token>/": [],  # shows a page of the others, and the way to it is the desk's
    }


LANGUAGES = ["en", "ru", "ar", "he", "mn", "mn-Mong", "ka", "zh"]
#: What stands where there is no page, or none any more.
MISSING = ["/nothing/here/", "/appeals/northern-pilots-statement/"]


def known_routes() -> dict[str, list[str]]:
    """Return the addresses for each pattern that there is.

    Raises:
        LookupError: a pattern is new.
    """
    known = by_route()
    if new := [route for route in routes() if route not in known]:
        raise LookupError(
            f"No address is known for {', '.join(map(repr, new))}: "
            "add one to by_route() in tests/showing/addresses.py."
        )
    return {route: known[route] for route in routes()}


def every_address() -> list[str]:
    """Return an address or more for each pattern, and those of pages that are not there."""
    return [address for found in known_routes().values() for address in found] + MISSING


def one_of_each() -> list[str]:
    """Return an address for each page that differs from the others in more than its words."""
    alike = (VERSION, f"{TEXT}editions/", f"{APPEAL}{EDITION}cite/", f"{TEXT}{EDITION}cite/")
    differing = [found for route, found in known_routes().items() if not route.startswith(alike)]
    return [found[0] for found in differing if found] + MISSING


def second_version() -> str:
    """Return the address of a second translation into one language."""
    appeal = Appeal.objects.get(slug=SCANNED.split("/")[2])
    keys = Translation.objects.filter(appeal=appeal, language="en").values_list("key", flat=True)
    edition = TranslationEdition.objects.live().get(key__in=list(keys), is_principal=False)
    return f"{SCANNED}en/{edition.key}/"


def comment() -> Comment:
    """Return a comment that readers see, with answers to it."""
    return Comment.objects.public().filter(parent=None, post__slug=TALKED.split("/")[3])[0]


def receipt() -> str:
    """Return the address of a new receipt."""
    return f"/comments/receipt/{Receipt.make(comment())}/"


def replies() -> str:
    """Return the address at which a reader is told of replies, which nobody has confirmed."""
    kept, _made = ReplyAddress.objects.get_or_create(
        comment=comment(), defaults={"address": "ana@reader.example"}
    )
    return kept.get_absolute_url()
