"""The masthead in a folder: held against what is here, written, and shown."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from blog.models import Label
from config.content.checking import Plan, choose, hold
from config.content.filling import assign, rewrite, touch
from config.content.pages import find_pages
from config.content.places import Ref, meant
from config.content.reading import SITE
from config.content.records import Link, Page, Site
from config.content.showing import Export, Shown
from config.content.yamlout import dump, filled
from config.masthead.models import ONE_THING, Masthead, NavigationEntry
from config.masthead.sections import SECTIONS


def check_masthead(plan: Plan) -> None:
    """Report what is wrong with the masthead."""
    site = plan.folder.site
    if site is None:
        return
    hold(Masthead(name=site.name, tagline=site.tagline), site, plan.problems)
    for link in site.navigation:
        if sum(map(bool, (link.page, link.label, link.section, link.language))) != 1:
            plan.problems.add(link.at, ONE_THING)
        choose(link, "section", SECTIONS, plan.problems)
        choose(link, "language", dict(settings.LANGUAGES), plan.problems)
        hold(NavigationEntry(text=link.text), link, plan.problems)
        if link.page:
            find_page(link.page, plan)


def find_page(ref: Ref, plan: Plan) -> Any:
    """Return the page that a link leads to, in the folder or here; report if it is nowhere."""
    slugs = {page.slug: page for page in plan.folder.pages}
    here: list[Any] = [slugs[ref]] if ref in slugs else list(find_pages(ref))
    if not here:
        plan.problems.add(ref.at, _("There is no page “%s”.") % ref + meant(ref, slugs))
    return here[0] if here else None


def fill_masthead(row: Masthead, said: Site, plan: Plan, rows: Mapping[int, Any]) -> bool:
    """Give the masthead what its record says; tell whether anything differed.

    Args:
        rows: the row of each page of the folder, by the identity of its record.
    """
    changed = assign(row, name=said.name, tagline=said.tagline)
    changed |= bool(said.planned) and assign(row, planned_for=said.planned)
    if changed or row.pk is None:
        row.save()
    related = rewrite(row.entries, [entry(link, plan, rows) for link in said.navigation])
    return touch(row, changed, related)


def entry(link: Link, plan: Plan, rows: Mapping[int, Any]) -> dict[str, Any]:
    """Return the row of a link, but for its position."""
    page = find_page(link.page, plan) if link.page else None
    page = rows[id(page)] if isinstance(page, Page) else page
    label = plan.labels.row(link.label)
    return {
        "page_id": page.pk if page else None,
        "label_id": label.pk if label else None,
        "section": link.section,
        "language": link.language,
        "text": link.text,
    }


def add_masthead(masthead: Shown, pages: list[Shown], export: Export) -> None:
    """Add the masthead's file."""
    said = masthead.content
    site = {
        "name": said["title"],
        "published": masthead.published,
        "planned": masthead.item.planned_for,
        "tagline": said["tagline"],
        "navigation": [link_of(entry, pages) for entry in said["navigation"]],
    }
    export.add(SITE, dump(filled(site)))


def link_of(entry: dict[str, str], pages: list[Shown]) -> dict[str, str]:
    """Return how a file speaks of a link: of a page by its slug, of a label by its name now."""
    page = [page.slug for page in pages if page.item.key == entry.get("page")]
    label = Label.objects.filter(slug=entry.get("slug", "")).first()
    link = {
        "page": page[0] if page else "",
        "label": label.name if label else entry.get("name", ""),
        "section": entry.get("section", ""),
        "language": entry.get("language", ""),
        "text": entry["text"],
    }
    return filled(link)
