"""The site's addresses. They are promises: a path that was public stays one."""

from django.contrib import admin
from django.urls import include, path

from config import views
from config.cards.views import picture
from config.search.views import search
from editorial import converters as converters
from editorial.preview_views import shared

handler400 = "config.views.refused"

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("preview/<str:token>/", shared, name="preview"),
    path("people/", views.people, name="people"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("search/", search, name="search"),
    path("corrections/", views.corrections, name="corrections"),
    path("cards/<slug:item>/<digest:digest>.png", picture, name="card"),
    path("", include("config.feeds.urls")),
    path("", include("config.keeping.urls")),
    path("", include("config.letters.urls")),
    path("", include("config.metadata.urls")),
    path("", include("appeals.urls")),
    path("", include("blog.urls")),
]
