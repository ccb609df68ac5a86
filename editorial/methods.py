"""What can be done with a public address: it is read, unless its view says that it takes more."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

View = TypeVar("View", bound=Callable[..., Any])

READING = ("GET", "HEAD")
#: Some addresses are one reader's own, and caches may keep a 405.
UNKEPT = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def takes(*methods: str) -> Callable[[View], View]:
    """Return a decorator that says which methods a view takes, where it is more than reading."""

    def mark(view: View) -> View:
        view.methods = methods  # type: ignore[attr-defined]
        return view

    return mark


class MethodMiddleware:
    """Answers OPTIONS, and refuses what an address does not take, before its view is asked.

    The answer is that of a pattern: it tells nothing of whether there is anything at an address
    (RFC 9110, 9.3.7 and 15.5.6). The desk's views see to it themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.path_info.startswith("/admin/"):
            return None
        allowed = [*getattr(view, "methods", READING), "OPTIONS"]
        if request.method == "OPTIONS":
            return HttpResponse(headers=UNKEPT | {"Allow": ", ".join(allowed)})
        return (
            None if request.method in allowed else HttpResponseNotAllowed(allowed, headers=UNKEPT)
        )
