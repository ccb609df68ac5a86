"""What readers of a site that lived at Blogger have bookmarked: each leads to today's address.

Blogger's own questions (``?m=1``, ``?showComment=…``, ``?max-results=…``) mean nothing here and
stay behind; a fragment (``#c123``) is kept by the browser.
"""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import path

from appeals.models import AppealEdition
from blog import views as blog
from blog.models import PostEdition, PostEditionLabel
from config.pages import views as pages
from editorial import converters as converters
from editorial.fields import fold


def post(request: HttpRequest, year: int, month: int, slug: str) -> HttpResponse:
    """Lead to a post."""
    return HttpResponsePermanentRedirect(blog.found(year, month, slug).get_absolute_url())


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to a page."""
    return HttpResponsePermanentRedirect(pages.found(slug).get_absolute_url())


def archive(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """Lead to a month; Blogger named it by its first day, or each week of it by one of its own."""
    first = date(year, month, 1)
    span = {"published_on__gte": first, "published_on__lt": blog.after(first)}
    live = [model.objects.live().filter(**span) for model in (PostEdition, AppealEdition)]
    if not 1 <= day <= 31 or not any(editions.exists() for editions in live):
        raise Http404
    return redirect("blog:month", year, month, permanent=True)


def label(request: HttpRequest, label: str) -> HttpResponse:
    """Lead to a label."""
    return redirect("blog:label", slug_called(label), permanent=True)


def feed(request: HttpRequest, label: str = "") -> HttpResponse:
    """Lead to the feed of everything or of a label. Atom stands in for RSS, too."""
    if not label:
        return redirect(f"feeds:everything{form(request)}", permanent=True)
    return redirect(f"feeds:label{form(request)}", slug_called(label), permanent=True)


def comments(request: HttpRequest) -> HttpResponse:
    """Lead to the feed of all comments."""
    return redirect(f"feeds:comments{form(request)}", permanent=True)


def form(request: HttpRequest) -> str:
    """Return which form of a feed is asked for, as its name ends."""
    return "_json" if request.GET.get("alt") in ("json", "json-in-script") else ""


def slug_called(name: str) -> str:
    """Return the slug of the label that live posts carry under a slug or a name, in any case.

    Raises:
        Http404: there is none.
    """
    rows = PostEditionLabel.objects.filter(edition__in=PostEdition.objects.live())
    said = fold(name.strip("/"))
    called = {
        fold(row[1]): row[0] for row in rows.order_by().values_list("slug", "name").distinct()
    }
    if said in called.values():
        return said
    if said not in called:
        raise Http404
    return called[said]


#: What people have bookmarked, in every language of the interface.
urlpatterns = [
    path("<year:year>/<month:month>/<slug:slug>.html", post),
    path("<year:year>_<month:month>_<int:day>_archive.html", archive),
    path("p/<slug:slug>.html", page),
    path("search/label/<path:label>", label),
]
#: What programs have.
feeds = [
    path("atom.xml", feed),
    path("rss.xml", feed),
    path("feeds/posts/default", feed),
    path("feeds/posts/default/", feed),
    path("feeds/posts/summary", feed),
    path("feeds/posts/default/-/<path:label>", feed),
    path("feeds/comments/default", comments),
    path("feeds/comments/default/", comments),
]
