"""What axe finds on the readers' pages, however they are read."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product

from django.conf import settings
from playwright.sync_api import Browser, Page

from editorial.addresses import in_language
from tests.browser import barriers
from tests.showing import addresses

WIDTHS = (320, 1440)
THEMES = ("light", "dark")
#: A language of the interface, a width and a theme.
Way = tuple[str, int, str]


def found_on(page: Page, address: str, language: str) -> Iterator[tuple[Way, list[str]]]:
    """Yield what axe finds on a page, by the way of reading it."""
    answer = page.goto(in_language(address, language))
    if answer is None or answer.ok is (address in addresses.MISSING):
        raise LookupError(f"{address} answers {answer and answer.status}.")
    for width, theme in product(WIDTHS, THEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        yield (language, width, theme), barriers(page, sizes=True)


def walk(browser: Browser, site: str, chosen: list[str]) -> bool:
    """Walk over the pages, print what was found, and tell whether all is well."""
    languages = [code for code, _name in settings.LANGUAGES]
    page = browser.new_page(base_url=site)
    violations: Counter[Way] = Counter()
    places: dict[str, list[str]] = defaultdict(list)
    for language, address in product(languages, chosen):
        for way, faults in found_on(page, address, language):
            violations[way] += len(faults)
            for fault in faults:
                places[fault].append(f"{address} {' '.join(map(str, way))}")
    ways = list(product(WIDTHS, THEMES))
    print("Violations", *(f"{width} {theme}" for width, theme in ways), sep="\t")
    for language in languages:
        print(language, *(violations[language, *way] for way in ways), sep="\t")
    for fault, where in places.items():
        print(f"\n{fault}", *where[:4], f"in {len(where)} readings", sep="\n  ")
    read = len(chosen) * len(languages) * len(ways)
    print(f"\n{len(chosen)} pages, {read} readings, {sum(violations.values())} violations.")
    return not places
