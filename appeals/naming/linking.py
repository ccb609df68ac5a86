"""Keeping which spellings a text uses, so that its editions can tell readers whose they are."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db.models import Q

from appeals.checks.texts import Text
from appeals.models import CanonicalName, NameDistinction, NameVariant, UsesNames
from appeals.naming.likeness import base, words_of
from appeals.naming.standing import standing_in
from editorial.sharing import worked_on_all


class Spellings:
    """The name memory as it is now, to be looked for in many texts."""

    def __init__(self) -> None:
        rows = NameVariant.objects.values_list("pk", "text", "language", "name__text")
        self.variants = [row for row in rows if row[1] != row[3]]
        self.names: tuple[str, ...] = ()
        if self.variants:
            others = CanonicalName.objects.values_list("text", flat=True)
            apart = NameDistinction.objects.values_list("other", flat=True)
            texts = (text for _pk, text, _language, _name in self.variants)
            self.names = tuple(sorted({*texts, *others, *apart}))

    def used_in(self, texts: Iterable[Text]) -> set[int]:
        """Return the spellings that texts use, by their ids; not one that two names share."""
        found: set[int] = set()
        for text in texts:
            here = {hit.name for hit in standing_in(text, self.names)}
            meant = [
                (pk, spelling)
                for pk, spelling, language, _name in self.variants
                if spelling in here and language.split("-")[0] in ("", text.base)
            ]
            shared = Counter(spelling for _pk, spelling in meant)
            found |= {pk for pk, spelling in meant if shared[spelling] == 1}
        return found


#: The name memory, once it was read, for whoever edits many texts together.
_shared: ContextVar[list[Spellings] | None] = ContextVar("shared", default=None)


@contextmanager
def one_memory() -> Iterator[None]:
    """Read the name memory once for all texts that are edited inside this block."""
    token = _shared.set([])
    try:
        yield
    finally:
        _shared.reset(token)


def link(item: Any, spellings: Spellings | None = None) -> None:
    """Keep which spellings a working copy uses now."""
    spellings = spellings or remembered()
    if spellings.variants:
        item.names.set(spellings.used_in(said.text for said in item.own_texts()))


def remembered() -> Spellings:
    """Return the name memory: as it was read last, among texts that are edited together."""
    shared = _shared.get()
    if shared is None:
        return Spellings()
    if not shared:
        shared.append(Spellings())
    return shared[0]


def link_everywhere(variants: Iterable[NameVariant], *, by: Any) -> None:
    """Keep which working copies use some spellings; who taught the site these worked on them.

    Args:
        by: nobody, where an import tells of what is long so.
    """
    variants = list(variants)
    spellings = Spellings()
    for model in apps.get_models():
        if issubclass(model, UsesNames) and variants:
            where = Q(*(model.saying(word_of(v.text)) for v in variants), _connector=Q.OR)
            found = model._base_manager.filter(where).values("pk")
            for item in model._base_manager.filter(pk__in=found):
                link(item, spellings)
    for variant in variants if by else ():
        worked_on_all(variant, by=by)


def word_of(name: str) -> str:
    """Return what every form of a name has in it: the unchanging part of its longest word."""
    return max(map(base, words_of(name)), key=len, default=name)
