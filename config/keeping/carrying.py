"""Sending a post or an appeal as a file to keep."""

from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse

from config.answering import answer
from config.keeping.documents import Document, document
from config.keeping.epub import epub
from config.keeping.items import Find
from config.keeping.pdf import is_offered, pdf
from editorial.canonical import sha256

DAY = 60 * 60 * 24


def book(find: Find) -> Any:
    """Return the view that sends an EPUB."""

    def view(request: HttpRequest, **address: Any) -> HttpResponse:
        made = document(find(**address))
        return sent(made, epub(made), "application/epub+zip", "epub")

    return view


def paper(find: Find) -> Any:
    """Return the view that sends a PDF; where none can be made, there is nothing at its address.

    Making one takes a while: it is kept under the digest of all that is in it.
    """

    def view(request: HttpRequest, **address: Any) -> HttpResponse:
        if not is_offered():
            raise Http404
        made = document(find(**address))
        key = f"pdf:{sha256(repr(made))}"
        body = cache.get(key)
        if body is None:
            body = pdf(made)
            cache.set(key, body, DAY)
        return sent(made, body, "application/pdf", "pdf")

    return view


def sent(made: Document, body: bytes, content_type: str, ending: str) -> HttpResponse:
    """Return a file to be kept."""
    response = answer(body, content_type)
    name = f"{made.work.key}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
