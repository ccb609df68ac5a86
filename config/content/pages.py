"""The site's own pages in a folder: held against what is here, written, and shown."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from config.content.checking import Plan, check_item
from config.content.filling import assign
from config.content.finding import at_path, is_draft
from config.content.places import meant
from config.content.records import Page
from config.content.showing import Export, Shown, checked
from config.content.yamlout import filled, tidy, with_front
from config.pages.models import Page as Row
from config.pages.models import reserved
from config.pages.reserving import is_reserved
from editorial.fields import slug_of
from editorial.sanitising import sanitise


def check_pages(plan: Plan) -> None:
    """Report what is wrong with the pages; find each one's row."""
    for page in plan.folder.pages:
        page.slug = page.slug or slug_of(page.title)
    seen: dict[str, Page] = {}
    for page in plan.folder.pages:
        row = Row(**{name: getattr(page, name) for name in ("title", "slug", "language")})
        check_item(page, row, plan)
        if not page.slug:
            plan.problems.add(page.at, _("No slug can be made from this title: give one."))
            continue
        if is_reserved(page.slug):
            plan.problems.add(page.where("slug"), reserved(page.slug))
        if (first := seen.setdefault(page.slug, page)) is not page:
            reason = _("%s has this slug too.")
            plan.problems.add(page.where("slug"), reason % first.at.file)
        rows = find_pages(page.slug)
        if len(rows) > 1:
            reason = _("There are several drafts with the slug “%s” here: change one of them.")
            plan.problems.add(page.at, reason % page.slug)
        plan.rows[id(page)] = rows[0] if rows else None
        find_original(page, plan)


def find_pages(slug: str) -> list[Row]:
    """Return the page whose address a slug is or was, or else the drafts that mean to have it."""
    if found := at_path(Row, reverse("pages:page", args=[slug])):
        return [found]
    return [page for page in Row.objects.filter(slug=slug).order_by("pk") if is_draft(page)]


def find_original(page: Page, plan: Plan) -> Any:
    """Return what a page is a translation of, in the folder or here; report if it is nowhere."""
    ref = page.translation_of
    if not ref:
        return None
    slugs = {other.slug: other for other in plan.folder.pages}
    if slugs.get(ref) is page:
        plan.problems.add(ref.at, _("A page is not a translation of itself."))
    here = [slugs[ref]] if ref in slugs else find_pages(ref)
    if not here:
        plan.problems.add(ref.at, _("There is no page “%s”.") % ref + meant(ref, slugs))
    return here[0] if here else None


def fill_page(row: Row, said: Page, plan: Plan, original: Row | None) -> bool:
    """Give a page what its record says; tell whether anything differed."""
    changed = assign(
        row,
        title=said.title,
        slug=said.slug,
        language=said.language or plan.language,
        summary=said.summary,
        body=row.body if sanitise(row.body).strip() == said.body else said.body,
        translation_of=original,
    )
    changed |= bool(said.planned) and assign(row, planned_for=said.planned)
    if changed or row.pk is None:
        row.save()
    return changed


def add_page(page: Shown, pages: list[Shown], export: Export) -> None:
    """Add a page's file: its body as HTML, so that nothing of it is lost."""
    said = page.content
    original = [other.slug for other in pages if other.item.key == said["translation_of"]]
    front = {
        "title": said["title"],
        "slug": checked(page.slug),
        "language": said["language"],
        "published": page.published,
        "planned": page.item.planned_for,
        "translation_of": original[0] if original and said["translation_of"] else "",
        "summary": said["summary"],
    }
    body = tidy(said["body"])
    name = page.slug if page.published else f"draft-{page.slug}"
    export.add(f"pages/{name}.html", with_front(filled(front), f"{body}\n" if body else ""))
