"""Pictures in a text that is brought in: posts show none, so each becomes a link to where it is."""

import re
from html import escape
from html.parser import HTMLParser

PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
LINK = re.compile(r"<(/?)a\b", re.IGNORECASE)


class Picture(HTMLParser):
    """Reads the attributes of one picture's tag."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.feed(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said = {name: (value or "").strip() for name, value in attrs}


def as_links(html: str) -> str:
    """Return HTML with links, called by their words, in the place of pictures.

    What has no address of its own on the web, or stands in another link, leaves its words.
    """
    return PICTURE.sub(lambda found: as_link(found[0], html[: found.start()]), html)


def as_link(tag: str, before: str) -> str:
    picture = Picture(tag).said
    address = picture.get("src", "")
    words = escape(picture.get("alt") or picture.get("title") or file_name(address))
    opened = [mark[1] for mark in LINK.finditer(before)]
    if (opened and not opened[-1]) or not address.lower().startswith(("https://", "http://")):
        return f"[{words}]" if words else ""
    return f'<a href="{escape(address)}">{words}</a>'


def file_name(address: str) -> str:
    """Return what a picture without words is called by."""
    if address.startswith("data:"):
        return ""
    return re.split(r"[?#]", address)[0].rstrip("/").rpartition("/")[2]
