"""Which feeds there are, and what is in each: never anything but live editions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from appeals.models import AppealEdition, TranslationEdition
from appeals.models.editions import AppealEditionOrganisation
from blog.models import Comment, PostEdition, PostEditionLabel, PostEditionPerson
from blog.views import found
from config import corrections as corrected
from config.feeds import entries as made
from config.feeds.entries import Entry
from config.feeds.moving import changed
from config.masthead import showing as masthead
from editorial.languages import language_name
from editorial.models import EditionQuerySet
from editorial.resolving import Moved

#: How many entries a feed has at most.
SIZE = 25


@dataclass(frozen=True)
class Channel:
    """One feed: what it is called, the page it belongs to, what it holds, when that changed."""

    title: str
    page: str
    entries: Sequence[Entry]
    #: When an edition in it last appeared or ended; nothing where editions do not make it.
    moved: datetime | None

    @property
    def changed(self) -> datetime | None:
        """When it last became another; nothing where the public record cannot tell.

        What takes out a name keeps no public date.
        """
        return self.moved if all(entry.as_sealed for entry in self.entries) else None


def newest(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries of one feed, the newest first."""
    ordered = sorted(entries, key=lambda entry: entry.id)
    return sorted(ordered, key=lambda entry: entry.published, reverse=True)[:SIZE]


def of_items(editions: Any, rows: Any) -> EditionQuerySet:
    """Return all editions of the items that ever had one of these rows in public."""
    return editions.filter(item_id__in=rows.values("edition__item_id"))


def everything() -> Channel:
    """The newest posts and appeals."""
    posts = made.full(PostEdition).newest_first()[:SIZE]
    appeals = made.full(AppealEdition).newest_first()[:SIZE]
    every = [model.objects.all() for model in corrected.MODELS]
    entries = newest([*made.of_posts(posts), *made.of_appeals(appeals)])
    return Channel(masthead.name(), reverse("home"), entries, changed(*every))


def label(slug: str) -> Channel:
    """The newest posts that carry a label."""
    rows = PostEditionLabel.objects.filter(slug=slug)
    live = rows.filter(edition__in=PostEdition.objects.live())
    row = live.order_by("-edition__live_from", "edition__slug", "name").first()
    if row is None:
        raise Http404
    posts = made.full(PostEdition).filter(pk__in=live.values("edition"))
    ever = rows.filter(edition__in=PostEdition.objects.was_live())
    return Channel(
        row.name,
        reverse("blog:label", args=[slug]),
        newest(made.of_posts(posts.newest_first()[:SIZE])),
        changed(of_items(PostEdition.objects, ever), AppealEdition.objects.all()),
    )


def appeals() -> Channel:
    """The newest appeals."""
    live = made.full(AppealEdition).newest_first()[:SIZE]
    return Channel(
        _("Appeals"),
        reverse("appeals:list"),
        newest(made.of_appeals(live)),
        changed(AppealEdition.objects.all(), TranslationEdition.objects.all()),
    )


def organisation(slug: str) -> Channel:
    """The newest appeals that an organisation issued or signed."""
    rows = AppealEditionOrganisation.objects.filter(slug=slug)
    live = rows.filter(edition__in=AppealEdition.objects.live())
    row = live.order_by("-edition__live_from", "edition__slug", "name").first()
    if row is None:
        raise Http404
    appeals = made.full(AppealEdition).filter(pk__in=live.values("edition"))
    ever = rows.filter(edition__in=AppealEdition.objects.was_live())
    issued = of_items(AppealEdition.objects, ever)
    texts = TranslationEdition.objects.filter(appeal_id__in=issued.values("item_id"))
    return Channel(
        row.name,
        reverse("appeals:organisation", args=[slug]),
        newest(made.of_appeals(appeals.newest_first()[:SIZE])),
        changed(issued, texts),
    )


def person(slug: str) -> Channel:
    """The newest posts that a person wrote."""
    rows = PostEditionPerson.objects.filter(slug=slug)
    live = rows.filter(edition__in=PostEdition.objects.live())
    row = live.order_by("-edition__live_from", "edition__slug", "name").first()
    if row is None:
        raise Http404
    posts = made.full(PostEdition).filter(pk__in=live.values("edition"))
    ever = rows.filter(edition__in=PostEdition.objects.was_live())
    return Channel(
        row.name,
        reverse("person", args=[slug]),
        newest(made.of_posts(posts.newest_first()[:SIZE])),
        changed(of_items(PostEdition.objects, ever), AppealEdition.objects.all()),
    )


def language(lang: str) -> Channel:
    """The newest posts, translations and originals in one language."""
    models: list[Any] = [PostEdition, TranslationEdition, AppealEdition]
    live = [made.full(model).filter(language=lang) for model in models]
    posts, *texts = [editions.newest_first()[:SIZE] for editions in live]
    of_texts = made.of_texts([text for found in texts for text in found])
    entries = newest([*made.of_posts(posts), *of_texts])
    if not entries:
        raise Http404
    posts_ever = PostEdition.objects.filter(language=lang)
    rest = [AppealEdition.objects.all(), TranslationEdition.objects.all()]
    return Channel(
        capfirst(language_name(lang)), reverse("home"), entries, changed(posts_ever, *rest)
    )


def corrections() -> Channel:
    """The newest corrections of anything."""
    entries = newest(made.of_corrections(corrected.newest(SIZE)))
    return Channel(_("Corrections"), reverse("corrections"), entries, None)


def comments() -> Channel:
    """The newest approved comments on posts that are public."""
    live = PostEdition.objects.live()
    comments = list(said().filter(post_id__in=live.values("item_id"))[:SIZE])
    on = live.light().filter(item_id__in={comment.post_id for comment in comments})
    entries = newest(made.of_comments(comments, {post.item_id: post for post in on}))
    return Channel(_("Comments"), reverse("home"), entries, None)


def comments_on(year: int, month: int, slug: str) -> Channel:
    """The newest approved comments on one post."""
    try:
        post = found(year, month, slug)
    except Moved as moved:
        raise Moved(f"{moved.url}comments/") from moved
    comments = said().filter(post_id=post.item_id)[:SIZE]
    title = _("Comments on “%(title)s”") % {"title": post.title}
    entries = newest(made.of_comments(comments, {post.item_id: post}))
    return Channel(title, post.get_absolute_url(), entries, None)


def said() -> Any:
    """Return approved comments, the newest first. When one was approved is not public."""
    return Comment.objects.public().order_by("-sent_at", "key")
