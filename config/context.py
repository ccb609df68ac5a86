"""What every public template may use. Nothing here may look at who is asking."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.functional import SimpleLazyObject, lazy

from config.keeping.pdf import is_offered
from config.masthead import showing as masthead
from editorial.addresses import in_language, whole
from editorial.languages import spoken


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's own facts: the same for every reader."""
    path, query = escape_uri_path(request.path), request.META.get("QUERY_STRING", "")
    if path.startswith(("/admin/", "/preview/")):  # of which there is one each
        path, query = "/", ""
    return {
        "CANONICAL": whole(path),
        "TONGUES": tongues(path, query),
        "SITE_NAME": lazy(masthead.name, str)(),
        "MASTHEAD": SimpleLazyObject(masthead.current),
        "SITE_URL": settings.SITE_URL,
        "PDF_OFFERED": is_offered(),
    }


def tongues(path: str, query: str = "") -> list[dict[str, Any]]:
    """Return the languages of the interface, each with where it has the same page."""
    rest = f"?{iri_to_uri(query)}" if query else ""
    return [
        {
            "code": code,
            "name": name,
            "url": in_language(path, code) + rest,
            "current": code == spoken(),
        }
        for code, name in settings.LANGUAGES
    ]
