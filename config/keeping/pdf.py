"""PDF, where WeasyPrint is installed (the extra ``pdf``) and finds Pango."""

from ctypes.util import find_library
from functools import cache
from importlib.util import find_spec
from typing import Any

from django.template.loader import render_to_string

from config.keeping.documents import Document

#: Paper has its own looks: the page numbers, and addresses in ink.
PAPER = """
@page { size: A4; margin: 25mm 22mm; @bottom-center { content: counter(page); font-size: 9pt } }
html { font: 11pt/1.45 "Noto Serif", "Noto Serif CJK SC", serif }
h2, h3 { line-height: 1.2; break-after: avoid }
h2 { font-size: 18pt }
h3 { font-size: 13pt }
p { orphans: 3; widows: 3 }
a { color: inherit; overflow-wrap: anywhere }
section + section { break-before: page }
section > div:lang(ar), section > div:lang(fa), section > div:lang(ur) { line-height: 1.8 }
"""


@cache
def is_offered() -> bool:
    """Tell whether PDF can be made here."""
    return find_spec("weasyprint") is not None and find_library("pango-1.0") is not None


def pdf(document: Document) -> bytes:
    """Return a document as PDF."""
    return printed(render_to_string("keeping/document.html", {"document": document}))


def printed(html: str) -> bytes:
    """Print HTML that asks for nothing: there is no address from which anything could come."""
    from weasyprint import CSS, HTML, URLFetcher

    class Closed(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError(f"a document asks for nothing, and this asked for {url}")

    paper = CSS(string=PAPER, url_fetcher=Closed())
    document = HTML(string=html, url_fetcher=Closed())
    return document.write_pdf(stylesheets=[paper], pdf_identifier=b"")
