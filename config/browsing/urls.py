"""Addresses of the ways to everything. People, organisations and labels have theirs elsewhere."""

from django.urls import path

from config.browsing import views
from editorial import converters as converters

urlpatterns = [
    path("browse/", views.browse, name="browse"),
    path("places/", views.places, name="places"),
    path("places/<slug:slug>/", views.place, name="place"),
    path("languages/", views.languages, name="languages"),
    path("languages/<language:lang>/", views.language, name="language"),
    path("timeline/", views.timeline, name="timeline"),
]
