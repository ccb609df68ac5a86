"""The site's own tables: its masthead and pages, the index, who gets letters, what a hub knows."""

from config.letters.models import Subscription
from config.masthead.models import Masthead, MastheadEdition, NavigationEntry
from config.pages.models import Page, PageEdition
from config.search.models import Indexed, IndexedWords, Posting, Spelling
from config.websub.models import Ping

__all__ = [
    "Indexed",
    "IndexedWords",
    "Masthead",
    "MastheadEdition",
    "NavigationEntry",
    "Page",
    "PageEdition",
    "Ping",
    "Posting",
    "Spelling",
    "Subscription",
]
