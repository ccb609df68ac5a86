"""Pages of posts, for readers: live editions and nothing else."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from appeals.views import listed as listed_appeals
from blog.comments.discussion import discussion
from blog.models import PostEdition, PostEditionLabel
from blog.parts import parts
from editorial.histories import History
from editorial.models import EditionQuerySet
from editorial.paging import page
from editorial.reading import remembered, show_comparison, show_edition, show_history
from editorial.registers import Register, named
from editorial.resolving import resolve

#: What the templates of one item are given.
Facts = dict[str, Any]


def listed() -> EditionQuerySet:
    """Return live posts as lists show them: without their text, with names and labels."""
    posts = PostEdition.objects.live().defer("content", "salts", "redactions")
    return posts.prefetch_related("people", "labels")


def found(year: int, month: int, slug: str) -> Any:
    """Return the live post at an address."""
    first = date(year, month, 1)
    posts = PostEdition.objects.light()
    return resolve(posts, published_on__gte=first, published_on__lt=after(first), slug=slug)


def after(month: date) -> date:
    """Return the first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def facts(edition: Any, editions: History) -> Facts:
    """Return what a post's page shows around an edition's text, all of it public today."""
    content = edition.data
    return {
        "edition": edition,
        "content": content,
        "section": "posts",
        "history": editions,
        "appeals": presented([appeal["key"] for appeal in content["appeals"]]),
        "versions": edition.versions(),
    }


def presented(keys: list[str]) -> list[Any]:
    """Return the live appeals with these keys, in this order."""
    if not keys:
        return []
    return sorted(listed_appeals().filter(key__in=keys), key=lambda appeal: keys.index(appeal.key))


def past(edition: Any) -> History:
    """Return the public history of the post that is live."""
    return History(PostEdition.objects.all(), edition.item_id, edition.get_absolute_url())


def post(request: HttpRequest, year: int, month: int, slug: str) -> HttpResponse:
    """Show the live edition of a post."""
    return show(request, found(year, month, slug))


def show(request: HttpRequest, live: Any, *, status: int = 200, **comment: Any) -> HttpResponse:
    """Show a post with its comments; ``comment`` tells of one that was not taken."""
    context = facts(live, past(live)) | discussion(live, request.GET, **comment)
    response = render(request, "blog/post.html", context, status=status)
    return remembered(response, live.get_absolute_url())


def history(request: HttpRequest, year: int, month: int, slug: str) -> HttpResponse:
    """List the public editions of a post."""
    live = found(year, month, slug)
    return show_history(request, live, past(live), section="posts")


def edition(request: HttpRequest, year: int, month: int, slug: str, number: int) -> HttpResponse:
    """Show one public edition of a post as it was."""
    live = found(year, month, slug)
    editions = past(live)
    context = facts(editions.numbered(number).edition, editions)
    return show_edition(request, live, editions, number, "blog/_post.html", context)


def compare(
    request: HttpRequest, year: int, month: int, slug: str, old: int, new: int
) -> HttpResponse:
    """Show what differs between two public editions of a post."""
    live = found(year, month, slug)
    return show_comparison(request, live, past(live), (old, new), parts, section="posts")


def labels(request: HttpRequest) -> HttpResponse:
    """List the labels that live posts carry by the alphabet."""
    live = PostEditionLabel.objects.filter(edition__in=PostEdition.objects.live())
    register = Register(named(live), request)
    context = {"register": register, "title": _("Labels"), "to": "blog:label", "section": "labels"}
    return render(request, "register.html", context)


def label(request: HttpRequest, slug: str) -> HttpResponse:
    """List the posts that carry a label, the newest first."""
    rows = PostEditionLabel.objects.filter(slug=slug)
    live = rows.filter(edition__in=PostEdition.objects.live())
    newest = live.order_by("-edition__live_from", "edition__slug", "name").first()
    if newest is None:
        raise Http404
    editions, older = page(listed().filter(pk__in=rows.values("edition")), request)
    return render(
        request,
        "blog/label.html",
        {"label": newest, "editions": editions, "older": older, "section": "labels"},
    )
