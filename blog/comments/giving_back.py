"""Giving back what somebody wrote where the thing it was about has gone meanwhile."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from editorial.resolving import Gone

View = Callable[..., HttpResponse]


def gives_back(view: View) -> View:
    """Let a view's 404 and 410 show what was sent to it; no cache keeps what answers a POST.

    What is hidden and what never was answer alike, with the words as without.
    """

    @wraps(view)
    def keep_words(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        words = {"refused": request.POST.get("text", "")}
        try:
            response = view(request, *args, **kwargs)
        except Gone as gone:
            context = words | {"edition": gone.edition}
            response = render(request, "blog/comment_gone.html", context, status=410)
        except Http404:
            if not words["refused"]:
                raise
            response = render(request, "blog/comment_nowhere.html", words, status=404)
        add_never_cache_headers(response)
        return response

    return keep_words
