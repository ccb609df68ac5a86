"""Addresses of letters by e-mail."""

from django.urls import path

from config.letters import views

app_name = "letters"

urlpatterns = [
    path("letters/", views.letters, name="letters"),
    path("letters/confirm/<slug:key>/", views.confirm, name="confirm"),
    path("letters/leave/<slug:key>/", views.leave, name="leave"),
]
