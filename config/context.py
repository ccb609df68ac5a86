"""What every public template may use. Nothing here may look at who is asking."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from config.keeping.pdf import is_offered


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's own facts: the same for every reader."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "PDF_OFFERED": is_offered(),
    }
