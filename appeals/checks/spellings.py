"""A name that is spelled two ways in one document."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.document import Document, Pair
from appeals.checks.registry import WARNING, Remark, check
from appeals.checks.spelled_names import Spelled, spelled


@check("names", gettext_lazy("a name spelled two ways"), WARNING)
def names(pair: Pair, document: Document) -> Iterator[Remark]:
    used, found = survey(document)
    for hit, name in found.get(pair.key, ()):
        chosen = preferred(name, used[name])
        if bare(hit.name) != bare(chosen):
            yield Remark(
                _("Elsewhere in this text the name is spelled “%(name)s”.") % {"name": chosen},
                hit.start,
                hit.end,
                facts=chosen,
            )


def bare(name: str) -> str:
    """Return a name without the ending of a plural."""
    return name.casefold().removesuffix("s")


Used = dict[str, Counter[str]]
Found = dict[str, list[tuple[Spelled, str]]]


def survey(document: Document) -> tuple[Used, Found]:
    """Return how often each name is spelled how, and where; read once for a document."""
    kept = document.kept.get("names")
    if isinstance(kept, tuple):
        return kept
    by_spelling: dict[str, str] = {}
    for entry in document.names:
        for other in entry.not_the_same_as:
            by_spelling.setdefault(other, "")
        for spelling in (entry.text, *entry.spellings):
            by_spelling[spelling] = entry.text
    used: Used = {}
    found: Found = {}
    for pair in document.pairs:
        for hit in spelled(pair.rendering, by_spelling):
            if name := by_spelling[hit.name]:
                used.setdefault(name, Counter())[hit.name] += 1
                found.setdefault(pair.key, []).append((hit, name))
    document.kept["names"] = used, found
    return used, found


def preferred(name: str, used: Counter[str]) -> str:
    """Return the spelling to hold the others against: the canonical one, else the commonest."""
    return name if used[name] else used.most_common(1)[0][0]
