"""The site's own tables: the index that search asks, and who gets letters."""

from config.letters.models import Subscription
from config.search.models import Indexed, IndexedWords, Posting, Spelling

__all__ = ["Indexed", "IndexedWords", "Posting", "Spelling", "Subscription"]
