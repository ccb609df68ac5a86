"""The contact sheet: each of the readers' pages at three widths, light and dark, and on paper."""

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from tests.browser import ARGUMENTS, CHROMIUM
from tests.showing.addresses import APPEAL, POST, TEXT, by_route

#: The width of a telephone, of a tablet, of a desk; and of a sheet of A4 without its margins.
WIDTHS = (320, 768, 1440)
PAPER = 680
THEMES = ("light", "dark")
#: The interfaces beside the newsroom's own whose front pages are shown.
FRONTS = ("/ar/", "/fr/", "/ru/", "/uk/")
STYLE = """
body { font: 14px/1.4 sans-serif; margin: 1rem; background: #888; color: #000 }
figure { display: inline-block; vertical-align: top; margin: 0 1rem 1rem 0 }
img { display: block; width: auto; height: 420px; object-fit: cover; object-position: top }
"""
#: Pictures further down wait for the reader to come near.
ALL_PICTURES = """Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => null);
}))"""


class Shot(NamedTuple):
    """A picture to be taken of a page."""

    address: str
    width: int
    theme: str

    @property
    def name(self) -> str:
        path = self.address.strip("/").replace("/", "_").replace("?", "-") or "home"
        return f"{path}.{self.width}.{self.theme}.png"


def shots(addresses: Iterable[str]) -> Iterator[Shot]:
    """Yield the pictures that each page is shown in."""
    known = by_route()
    texts = {address for route in (POST, APPEAL, TEXT) for address in known[route]}
    for address in addresses:
        for width in WIDTHS:
            for theme in THEMES:
                yield Shot(address, width, theme)
        if address in texts:
            yield Shot(address, PAPER, "print")


def take(site: str, wanted: list[Shot], folder: Path) -> None:
    """Take pictures of a site that is served, and write them with a page that shows them all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(base_url=site, reduced_motion="reduce")
        for shot in wanted:
            page.set_viewport_size({"width": shot.width, "height": 900})
            if shot.theme == "print":
                page.emulate_media(media="print", color_scheme="light")
            else:
                page.emulate_media(media="screen", color_scheme=shot.theme)  # type: ignore[arg-type]
            page.goto(shot.address)
            page.evaluate(ALL_PICTURES)
            page.screenshot(path=folder / shot.name, full_page=True)
        browser.close()
    (folder / "index.html").write_text("\n".join(shown(wanted)), encoding="utf-8")


def shown(wanted: list[Shot]) -> Iterator[str]:
    """Yield the lines of the page that shows the pictures."""
    yield f"<!doctype html><meta charset=utf-8><title>Contact sheet</title><style>{STYLE}</style>"
    last = ""
    for shot in wanted:
        if shot.address != last:
            yield f"<h2>{escape(shot.address)}</h2>"
        last = shot.address
        name = escape(shot.name)
        yield f"<figure><a href='{name}'><img loading=lazy src='{name}' alt=''></a>"
        yield f"<figcaption>{shot.width}, {shot.theme}</figcaption></figure>"
