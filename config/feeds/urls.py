"""Addresses of feeds: ``feed/`` (Atom) and ``feed.json`` under the page that they belong to."""

from django.urls import path

from config.feeds import channels
from config.feeds.listing import opml
from config.feeds.serving import Make, served
from config.feeds.writing import Atom, Form, JsonFeed
from editorial import converters as converters

app_name = "feeds"

MAKERS: dict[str, Make] = {
    "": channels.everything,
    "appeals/": channels.appeals,
    "corrections/": channels.corrections,
    "comments/": channels.comments,
    "labels/<slug:slug>/": channels.label,
    "organisations/<slug:slug>/": channels.organisation,
    "people/<slug:slug>/": channels.person,
    "languages/<language:lang>/": channels.language,
    "<year:year>/<month:month>/<slug:slug>/comments/": channels.comments_on,
}

FORMS: list[tuple[str, Form, str]] = [("feed/", Atom, ""), ("feed.json", JsonFeed, "_json")]

urlpatterns = [
    path("feeds.opml", opml, name="opml"),
    *(
        path(f"{base}{last}", served(make, form, last), name=f"{make.__name__}{suffix}")
        for base, make in MAKERS.items()
        for last, form, suffix in FORMS
    ),
]
