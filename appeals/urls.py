"""Addresses of appeals, of their texts in each language, and of organisations."""

from django.urls import URLPattern, path

from appeals import views
from appeals.evidence.serving import picture
from editorial import converters as converters

app_name = "appeals"

APPEAL = "appeals/<slug:slug>/"
TEXT = f"{APPEAL}<language:lang>/"
TWO = "editions/<number:old>-<number:new>/"


def text_paths(base: str, name: str) -> list[URLPattern]:
    """Return the addresses of one text of an appeal: itself and its public history."""
    return [
        path(base, views.text, name=name),
        path(f"{base}editions/", views.text_history, name=f"{name}_history"),
        path(f"{base}editions/<number:number>/", views.text_edition, name=f"{name}_edition"),
        path(f"{base}{TWO}", views.text_compare, name=f"{name}_compare"),
    ]


urlpatterns = [
    path("appeals/", views.appeals, name="list"),
    path(APPEAL, views.detail, name="detail"),
    path(f"{APPEAL}signatories/", views.signatories, name="signatories"),
    path(f"{APPEAL}signatories/<number:number>/", views.signatories_page, name="signatories_page"),
    path(f"{APPEAL}editions/", views.history, name="history"),
    path(f"{APPEAL}editions/<number:number>/", views.edition, name="edition"),
    path(f"{APPEAL}{TWO}", views.compare, name="compare"),
    path(f"{APPEAL}<language:left>+<language:right>/", views.parallel, name="parallel"),
    *text_paths(TEXT, "text"),
    # A second translation into the same language: the principal one has the plain address.
    *text_paths(f"{TEXT}<key:key>/", "version"),
    path("media/documents/<slug:name>.<slug:suffix>", picture, name="picture"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
]
