"""The site's own tables: the index that search asks, who gets letters, what a hub was told."""

from config.letters.models import Subscription
from config.search.models import Indexed, IndexedWords, Posting, Spelling
from config.websub.models import Ping

__all__ = ["Indexed", "IndexedWords", "Ping", "Posting", "Spelling", "Subscription"]
