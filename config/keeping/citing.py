"""How to cite an edition, on a page and in files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.answering import answer
from config.keeping.formats import TYPES, written
from config.keeping.items import Find
from config.keeping.styles import citations
from config.keeping.works import work


def page(find: Find) -> Any:
    """Return the view that shows one edition's citations."""

    def view(request: HttpRequest, number: int, **address: Any) -> HttpResponse:
        kept = find(**address)
        entry = kept.history.numbered(number)
        cited = work(kept, entry)
        context = {
            "live": kept.live,
            "history": kept.history,
            "entry": entry,
            "work": cited,
            "citations": citations(cited),
            "forms": {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"},
            "section": "posts" if cited.kind == "post" else "appeals",
        }
        return render(request, "keeping/cite.html", context)

    return view


def file(find: Find) -> Any:
    """Return the view that sends one edition's citation to a program."""

    def view(request: HttpRequest, number: int, form: str, **address: Any) -> HttpResponse:
        kept = find(**address)
        cited = work(kept, kept.history.numbered(number))
        response = answer(written(cited, form), TYPES[form])
        response.headers["Content-Disposition"] = f'attachment; filename="{cited.key}.{form}"'
        return response

    return view
