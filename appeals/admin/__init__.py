"""The desk's pages of appeals, translations, parties and names."""

from appeals.admin import appeals, glossary, names, parties, translations

__all__ = ["appeals", "glossary", "names", "parties", "translations"]
