"""Writing a feed: Atom (RFC 4287) and JSON Feed 1.1."""

import json
import re
from datetime import UTC, datetime
from typing import Any, TextIO

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, SyndicationFeed, rfc3339_date

from config.feeds.channels import Channel
from config.feeds.entries import Entry
from config.masthead import showing as masthead
from editorial.addresses import whole

#: When a feed was updated in which there never was anything.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)

#: What XML 1.0 has no way to write.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Atom(Atom1Feed):
    """Django's Atom with what full texts in several languages need."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if settings.WEBSUB_HUB:
            handler.addQuickElement("link", "", {"rel": "hub", "href": settings.WEBSUB_HUB})

    def latest_post_date(self) -> datetime:
        return self.feed["updated"]

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        language = item["entry"].language
        return {"xml:lang": language} if language else {}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry = item["entry"]
        for name in entry.authors:
            handler.startElement("author", {})
            handler.addQuickElement("name", writable(name))
            handler.endElement("author")
        if entry.summary:
            handler.addQuickElement("summary", writable(entry.summary))
        handler.addQuickElement("content", writable(entry.html), {"type": "html"})


class JsonFeed(SyndicationFeed):
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: TextIO, encoding: str) -> None:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "language": self.feed["language"],
            "authors": [{"name": masthead.name(), "url": whole("/")}],
        }
        if settings.WEBSUB_HUB:
            feed["hubs"] = [{"type": "WebSub", "url": settings.WEBSUB_HUB}]
        feed["items"] = [json_item(item["entry"]) for item in self.items]
        json.dump(feed, outfile, ensure_ascii=False, separators=(",", ":"))


Form = type[Atom] | type[JsonFeed]


def json_item(entry: Entry) -> dict[str, Any]:
    """Return an entry as JSON Feed has it, without what it does not say."""
    item = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "summary": entry.summary,
        "date_published": rfc3339_date(entry.published),
        "date_modified": rfc3339_date(entry.updated),
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.tags),
        "language": entry.language,
    }
    return {name: value for name, value in item.items() if value}


def writable(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return UNWRITABLE.sub("", text)


def written(channel: Channel, form: Form, path: str) -> bytes:
    """Return a feed in one of the forms.

    Args:
        path: its own address.
    """
    updated = [entry.updated for entry in channel.entries]
    feed = form(
        title=writable(title(channel)),
        link=whole(channel.page),
        description="",
        language=settings.LANGUAGE_CODE,
        author_name=masthead.name(),
        feed_url=whole(path),
        feed_guid=whole(path),
        updated=max([*updated, *filter(None, [channel.moved])], default=NEVER),
    )
    for entry in channel.entries:
        feed.add_item(
            writable(entry.title),
            entry.url,
            None,  # type: ignore[arg-type]  # no summary is none: an empty one would be written
            unique_id=entry.id,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=[writable(name) for name in entry.tags],
            entry=entry,
        )
    return feed.writeString("utf-8").encode()


def title(channel: Channel) -> str:
    """Return what a feed is called among others: its own name, and the site's."""
    name = masthead.name()
    return name if channel.title == name else f"{channel.title} · {name}"
