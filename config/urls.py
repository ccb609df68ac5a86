"""The site's addresses. They are promises: a path that was public stays one."""

from typing import Any

from django.contrib import admin
from django.urls import include, path

from config import bookmarks, views
from config.cards.views import picture
from config.feeds.listing import feeds
from config.search.views import search
from editorial import converters as converters
from editorial.addresses import fronts
from editorial.preview_views import shared

REFUSED, MISSING = "config.views.refused", "config.views.missing"
handler400, handler404 = REFUSED, MISSING

#: What programs ask for, and the desk: there is one of each.
files: list[Any] = [
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("preview/<str:token>/", shared, name="preview"),
    path("cards/<slug:item>/<digest:digest>.png", picture, name="card"),
    path("", include("config.feeds.urls")),
    path("", include("config.metadata.urls")),
    *bookmarks.feeds,
]
#: What people read, in every language of the interface.
pages: list[Any] = [
    path("", views.home, name="home"),
    path("people/", views.people, name="people"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("search/", search, name="search"),
    path("corrections/", views.corrections, name="corrections"),
    path("feeds/", feeds, name="feeds"),
    path("", include("config.browsing.urls")),
    path("", include("config.keeping.urls")),
    path("", include("config.letters.urls")),
    path("", include("appeals.urls")),
    path("", include("blog.urls")),
    *bookmarks.urlpatterns,
    path("", include("config.pages.urls")),
]
urlpatterns = [*files, *pages]


class Fronted:
    """The same addresses with the front of a language before those of pages.

    ``request.urlconf`` takes one for a request. The front does not follow the language that is
    active, as that of ``i18n_patterns`` does: whatever is written, sealed or mailed in another
    language, at the desk or by a command, has canonical addresses.
    """

    handler400, handler404 = REFUSED, MISSING

    def __init__(self, front: str) -> None:
        self.front = front
        self.urlpatterns = [*files, path(f"{front.strip('/')}/", include(pages))]


#: By the language of the interface.
fronted: dict[str, Any] = {
    language: Fronted(front) for language, front in fronts().items() if front
}
