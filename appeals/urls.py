"""Addresses of appeals, of their texts in each language, and of organisations."""

from django.urls import path

from appeals import views
from editorial import converters as converters

app_name = "appeals"

APPEAL = "appeals/<slug:slug>/"
TEXT = f"{APPEAL}<language:lang>/"
TWO = "editions/<number:old>-<number:new>/"

urlpatterns = [
    path("appeals/", views.appeals, name="list"),
    path(APPEAL, views.detail, name="detail"),
    path(f"{APPEAL}editions/", views.history, name="history"),
    path(f"{APPEAL}editions/<number:number>/", views.edition, name="edition"),
    path(f"{APPEAL}{TWO}", views.compare, name="compare"),
    path(f"{APPEAL}<language:left>+<language:right>/", views.parallel, name="parallel"),
    path(TEXT, views.text, name="text"),
    path(f"{TEXT}editions/", views.text_history, name="text_history"),
    path(f"{TEXT}editions/<number:number>/", views.text_edition, name="text_edition"),
    path(f"{TEXT}{TWO}", views.text_compare, name="text_compare"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
]
