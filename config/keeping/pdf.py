"""PDF, where WeasyPrint is installed (the extra ``pdf``) and finds Pango."""

from ctypes.util import find_library
from functools import cache
from importlib.util import find_spec
from typing import Any

from django.template.loader import render_to_string

from config.keeping.documents import Document


@cache
def is_offered() -> bool:
    """Tell whether PDF can be made here."""
    return find_spec("weasyprint") is not None and find_library("pango-1.0") is not None


def pdf(document: Document) -> bytes:
    """Return a document as PDF."""
    return printed(render_to_string("keeping/document.html", {"document": document}))


def printed(html: str) -> bytes:
    """Print HTML that asks for nothing: there is no address from which anything could come."""
    from weasyprint import HTML, URLFetcher

    class Closed(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError(f"a document asks for nothing, and this asked for {url}")

    return HTML(string=html, url_fetcher=Closed()).write_pdf(pdf_identifier=b"")
