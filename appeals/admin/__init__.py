"""The desk's pages of appeals, translations, parties and names."""

from appeals.admin import appeals, names, parties, translations

__all__ = ["appeals", "names", "parties", "translations"]
