"""A page for its preview."""

from collections.abc import Mapping
from typing import Any

from config.pages.models import Page
from config.pages.views import facts, past
from editorial.previewing import Page as Shown
from editorial.previewing import shows


@shows(Page)
def page(edition: Any, asked: Mapping[str, str]) -> Shown:
    """Return a page of the site as readers would get it."""
    return "pages/page.html", facts(edition, past(edition))
