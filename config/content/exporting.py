"""From the database to a folder that ``import_content`` reads."""

import shutil
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.models import Appeal, CanonicalName, GlossaryTerm, Organisation, Person
from blog.models import Label, Post
from config.content.exporting_appeals import export_appeal
from config.content.glossary import TERM
from config.content.masthead import add_masthead
from config.content.pages import add_page
from config.content.printed import printed_in_posts
from config.content.showing import CannotExport, Export, Names, Shown, checked, show
from config.content.yamlout import filled, table, tidy, with_front
from config.masthead.models import Masthead
from config.pages.models import Page


def export_folder(root: Path, *, originals: bool = False) -> Export:
    """Write everything to a folder that is empty or not there yet.

    Args:
        originals: with the private originals of appeals that withhold names, too.

    Raises:
        CannotExport: the folder is not empty, or something cannot be said; nothing was written.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise CannotExport(_("%s is not an empty folder.") % root)
    export = Export()
    for name, text in parties().items():
        export.add(name, text)
    names = Names()
    appeals = [show(appeal, export) for appeal in Appeal.objects.order_by("slug")]
    export.add("names.yaml", name_memory({one.item.pk: one.slug for one in appeals}))
    if terms := glossary():
        export.add("glossary.yaml", terms)
    for appeal in appeals:
        export_appeal(appeal, names, export, originals)
    posts = [show(post, export) for post in Post.objects.order_by("slug", "pk")]
    printed = printed_in_posts()
    for post in posts:
        add_post(post, posts, appeals, names, export, printed.get(post.item.key, []))
    pages = [show(page, export) for page in Page.objects.order_by("slug", "pk")]
    for page in pages:
        add_page(page, pages, export)
    for masthead in Masthead.objects.all():
        add_masthead(show(masthead, export), pages, export)
    write(root, export)
    return export


def write(root: Path, export: Export) -> None:
    """Write the files, and copy the originals."""
    root.mkdir(parents=True, exist_ok=True)
    for name, text in export.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for name, original in export.copies.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with original.open("rb") as kept, path.open("wb") as copy:
            shutil.copyfileobj(kept, copy)


def parties() -> dict[str, str]:
    """Return the files of organisations, people and labels."""
    sorts: dict[str, Any] = {"organisations": Organisation, "people": Person, "labels": Label}
    return {
        f"{name}.yaml": table(
            {"name": row.name, "slug": row.slug, "names": getattr(row, "names", {})}
            for row in model.objects.order_by("slug")
        )
        for name, model in sorts.items()
    }


def name_memory(slugs: dict[int, str]) -> str:
    """Return the file of the name memory; appeals are named by their slugs in the folder."""
    return table(
        {
            "canonical": name.text,
            "note": name.note,
            "variants": [
                filled(
                    {
                        "text": variant.text,
                        "language": variant.language,
                        "script": variant.script,
                        "printed_in": sorted(slugs[a.pk] for a in variant.printed_in.all()),
                    }
                )
                for variant in name.variants.order_by("folded", "language")
            ],
            "not_the_same_as": [row.other for row in name.distinctions.order_by("folded")],
        }
        for name in CanonicalName.objects.order_by("text")
    )


def glossary() -> str:
    """Return the file of the glossary, or nothing."""
    rows = list(GlossaryTerm.objects.values(*TERM))
    return table(filled(row) for row in rows) if rows else ""


def month(post: Shown) -> str:
    """Return the month of a post's address, or nothing for a draft."""
    return f"{timezone.localtime(post.published):%Y/%m}" if post.published else ""


def add_post(
    post: Shown,
    posts: list[Shown],
    appeals: list[Shown],
    names: Names,
    export: Export,
    printed: list[dict[str, Any]],
) -> None:
    """Add a post's file: its body as HTML, so that nothing of it is lost."""
    said = post.content
    slugs = {appeal.item.key: appeal.slug for appeal in appeals}
    front = {
        "title": said["title"],
        "slug": checked(post.slug),
        "language": said["language"],
        "published": post.published,
        "planned": post.item.planned_for,
        "translation_of": reference(said["translation_of"], posts),
        "dateline": said["dateline"],
        "byline": [names.person(person) for person in said["byline"]],
        "labels": [label["name"] for label in said["labels"]],
        "summary": said["summary"],
        "appeals": [slugs[a["key"]] for a in said["appeals"] if a["key"] in slugs],
        "sources": [source(one) for one in said["sources"]],
        "comments": said["comments"],
        "comments_days": said.get("comments_days"),
        "as_printed": printed,
    }
    name = f"{month(post).replace('/', '-') or 'draft'}-{post.slug}"
    body = tidy(said["body"])
    export.add(f"posts/{name}.html", with_front(filled(front), f"{body}\n" if body else ""))


def reference(key: str, posts: list[Shown]) -> str:
    """Return how a file speaks of the post with a key: by slug, with the month if need be."""
    for post in posts:
        if key and post.item.key == key:
            alone = sum(other.slug == post.slug for other in posts) == 1
            return post.slug if alone or not month(post) else f"{month(post)}/{post.slug}"
    return ""


def source(said: dict[str, str]) -> dict[str, Any]:
    """Return a source; an empty address stays: it says that the link is lost."""
    keys = ("title", "url", "publisher", "seen_on", "archived_url")
    return filled({key: said[key] for key in keys}, "url")
