"""The site's own tables: the index that search asks."""

from config.search.models import Indexed, IndexedWords, Posting, Spelling

__all__ = ["Indexed", "IndexedWords", "Posting", "Spelling"]
