"""Addresses of appeals and their translations."""

from django.urls import path

from appeals import views

app_name = "appeals"

urlpatterns = [
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/<str:lang>/", views.text, name="text"),
]
