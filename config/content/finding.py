"""Which row a record speaks of. An item's addresses say it: once public, they are its for ever."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from appeals.models import Appeal, Translation
from blog.models import Post
from config.content import records
from editorial.models import Path


def at_path(model: type[Any], path: str) -> Any:
    """Return the item of a kind that has, or once had, a public path."""
    kept = Path.objects.filter(path=path).first()
    if kept is None or kept.content_type != ContentType.objects.get_for_model(model):
        return None
    return model.objects.filter(pk=kept.object_id).first()


def post_path(slug: str, published: datetime) -> str:
    """Return the address that a post has when it is published at a moment."""
    day = timezone.localdate(published)
    return reverse("blog:post", args=[day.year, f"{day.month:02}", slug])


def draft_posts(slug: str) -> list[Post]:
    """Return the posts with a slug that are not public, nor about to be."""
    return [post for post in Post.objects.filter(slug=slug).order_by("pk") if is_draft(post)]


def is_draft(item: Any) -> bool:
    """Tell whether no edition of an item is live or scheduled."""
    editions = item.edition_model.objects.filter(item=item)
    return not (editions.live().exists() or editions.scheduled().exists())


def find_posts(record: records.Post) -> list[Post]:
    """Return the post that a record speaks of: by slug and month, or by slug among the drafts.

    More than one means that the drafts cannot be told apart.
    """
    if record.published:
        found = at_path(Post, post_path(record.slug, record.published))
        if found:
            return [found]
    return draft_posts(record.slug)


def find_appeal(slug: str) -> Appeal | None:
    """Return the appeal with a slug, or the one whose address it once was."""
    found = Appeal.objects.filter(slug=slug).first()
    return found or at_path(Appeal, reverse("appeals:detail", args=[slug]))


def find_translations(appeal: Appeal, language: str) -> list[Translation]:
    """Return an appeal's translations into a language: number 1, 2, … in the order of making."""
    return list(appeal.translations.filter(language=language).order_by("pk"))
