"""The front page under a masthead that is not public yet."""

from collections.abc import Mapping
from typing import Any

from config.front import fronts
from config.masthead.models import Masthead
from config.masthead.showing import pretend
from editorial.languages import spoken
from editorial.previewing import Page, shows


@shows(Masthead)
def front_page(edition: Any, asked: Mapping[str, str]) -> Page:
    """Return the front page as readers would get it with this name and these links."""
    pretend(edition)
    return "home.html", fronts(spoken())
