"""Addresses that search engines and other programs ask for."""

from typing import Any

from django.urls import URLPattern, path

from config.metadata import sitemaps, wellknown
from editorial import converters as converters


def parts(name: str, places: Any) -> list[URLPattern]:
    """Return the addresses of a sitemap and of what does not fit into it."""
    view = sitemaps.part(places)
    return [
        path(f"sitemaps/{name}.xml", view),
        path(f"sitemaps/{name}-<number:number>.xml", view),
    ]


urlpatterns = [
    path("robots.txt", wellknown.robots, name="robots"),
    path(".well-known/security.txt", wellknown.security, name="security"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    *parts("posts-<year:year>", sitemaps.posts),
    *parts("appeals-<year:year>", sitemaps.appeals),
    *parts("pages", sitemaps.pages),
    *parts("lists", sitemaps.lists),
    path("sitemaps/news.xml", sitemaps.news),
]
