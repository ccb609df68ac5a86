"""Addresses of pages: one word at the top of the site. They are asked after all others."""

from django.urls import path

from config.keeping import items
from config.keeping.urls import kept
from config.pages import views
from editorial import converters as converters

app_name = "pages"

PAGE = "<slug:slug>/"

urlpatterns = [
    path(PAGE, views.page, name="page"),
    path(f"{PAGE}editions/", views.history, name="history"),
    path(f"{PAGE}editions/<number:number>/", views.edition, name="edition"),
    path(f"{PAGE}editions/<number:old>-<number:new>/", views.compare, name="compare"),
    *kept(PAGE, items.page),
]
