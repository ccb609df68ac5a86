"""Addresses of posts: the year and month of first publication, and the slug."""

from django.urls import path

from blog import views

app_name = "blog"

urlpatterns = [
    path("<int:year>/<str:month>/<slug:slug>/", views.post, name="post"),
]
