"""All feeds there are: a page for readers, and OPML 2.0 for their programs."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from lxml import etree
from lxml.builder import E

from appeals.models import AppealEdition, TranslationEdition
from appeals.models.editions import AppealEditionOrganisation
from blog.models import PostEdition, PostEditionLabel, PostEditionPerson
from config.feeds.writing import writable
from config.masthead import showing as masthead
from editorial.addresses import whole
from editorial.languages import language_name
from editorial.templatetags.languages import in_names


@dataclass(frozen=True)
class Listed:
    """One feed of the list: its name, and its address without the ending.

    Attributes:
        is_name: whether it is called by a name that the newsroom spells, in whatever interface.
    """

    title: str
    address: str
    is_name: bool = False

    @property
    def shown(self) -> str:
        return in_names(self.title) if self.is_name else self.title


@dataclass(frozen=True)
class Group:
    title: str
    channels: list[Listed]


def groups() -> list[Group]:
    """Return all feeds that hold something, and those of the whole site, in six queries."""
    site = [
        Listed(masthead.name(), reverse("home"), is_name=True),
        Listed(_("Appeals"), reverse("appeals:list")),
        Listed(_("Corrections"), reverse("corrections")),
        Listed(_("Comments"), "/comments/"),
    ]
    found = [
        Group(_("The whole site"), site),
        Group(_("Languages"), languages()),
        Group(_("Labels"), parties(PostEditionLabel, PostEdition, "blog:label")),
        Group(
            _("Organisations"),
            parties(AppealEditionOrganisation, AppealEdition, "appeals:organisation"),
        ),
        Group(_("People"), parties(PostEditionPerson, PostEdition, "person")),
    ]
    return [group for group in found if group.channels]


def languages() -> list[Listed]:
    """Return the feeds of the languages in which something can be read."""
    models: list[Any] = [PostEdition, AppealEdition, TranslationEdition]
    live = [model.objects.live().order_by().values_list("language").distinct() for model in models]
    tags = {tag for found in live for (tag,) in found if tag}
    listed = [Listed(capfirst(language_name(tag)), f"/languages/{tag}/") for tag in tags]
    return sorted(listed, key=lambda one: (one.title.casefold(), one.address))


def parties(rows: Any, editions: Any, name: str) -> list[Listed]:
    """Return the feeds of labels, organisations or people, each by the name it was last given."""
    live = rows.objects.filter(edition__in=editions.objects.live())
    live = live.exclude(slug="")  # one that was redacted has no page
    newest_last = live.order_by("edition__live_from", "-edition__slug", "-name")
    named = dict(newest_last.values_list("slug", "name"))
    listed = [
        Listed(title, reverse(name, args=[slug]), is_name=True) for slug, title in named.items()
    ]
    return sorted(listed, key=lambda one: (one.title.casefold(), one.address))


def feeds(request: HttpRequest) -> HttpResponse:
    """List all feeds for people."""
    return render(request, "feeds/list.html", {"groups": groups()})


def opml(request: HttpRequest) -> HttpResponse:
    """List all feeds for feed readers."""
    root = E.opml(E.head(E.title(writable(masthead.name()))), E.body(), version="2.0")
    for group in groups():
        outline = etree.SubElement(root[1], "outline", text=writable(group.title))
        for channel in group.channels:
            xml_url = f"{whole(channel.address)}feed/"
            facts = {"type": "rss", "text": writable(channel.title), "xmlUrl": xml_url}
            etree.SubElement(outline, "outline", facts)
    body = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return HttpResponse(body, content_type="text/x-opml; charset=utf-8")
