"""Addresses of the desk's pages about passages."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from appeals.passage_history import passage_history
from appeals.passage_views import passages
from appeals.split_views import split


def passage_urls(wrap: Callable[[Any], Any]) -> list[URLPattern]:
    """Return the addresses, for an admin site that wraps its views."""
    base = "appeals/appeal/<int:pk>/passages/"
    history = "appeals/translation/<int:pk>/passage/<str:key>/"
    return [
        path(base, wrap(passages), name="appeals_appeal_passages"),
        path(f"{base}<str:key>/split/", wrap(split), name="appeals_appeal_split"),
        path(history, wrap(passage_history), name="appeals_translation_passage"),
    ]
