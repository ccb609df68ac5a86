"""Addresses that search engines and other programs ask for."""

from django.urls import path

from config.metadata import sitemaps, wellknown
from editorial import converters as converters

urlpatterns = [
    path("robots.txt", wellknown.robots, name="robots"),
    path(".well-known/security.txt", wellknown.security, name="security"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/posts-<year:year>.xml", sitemaps.part(sitemaps.posts)),
    path("sitemaps/appeals-<year:year>.xml", sitemaps.part(sitemaps.appeals)),
    path("sitemaps/pages.xml", sitemaps.part(sitemaps.pages)),
    path("sitemaps/lists.xml", sitemaps.part(sitemaps.lists)),
    path("sitemaps/news.xml", sitemaps.news),
]
