"""The terms of the glossary in a document: pure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from appeals.checks.document import Document, Pair, Term
from appeals.wording.stems import Hit, Phrases


class Used(NamedTuple):
    """A term that stands in an original, and what its rendering makes of it."""

    term: Term
    #: Where in the original.
    at: Hit
    #: Whether the rendering has one of the renderings that the glossary gives.
    is_rendered: bool
    #: Where the rendering has one that the glossary forbids.
    forbidden: tuple[Hit, ...]


class Glossary:
    """The terms of one pair of languages, ready to be looked for."""

    def __init__(self, terms: Sequence[Term], source: str, target: str) -> None:
        self.terms = {term.term: term for term in terms}
        self.source = Phrases(self.terms, source)
        self.target = {
            term.term: Phrases({*term.renderings, *term.forbidden}, target) for term in terms
        }

    def used_in(self, pair: Pair) -> Iterator[Used]:
        """Yield the terms of a passage, each once.

        A forbidden rendering inside a longer one that is allowed is none.
        """
        seen = set()
        for at in self.source.found_in(pair.original):
            term = self.terms[at.phrase]
            if term.term in seen:
                continue
            seen.add(term.term)
            hits = list(self.target[term.term].found_in(pair.rendering))
            forbidden = tuple(hit for hit in hits if hit.phrase in term.forbidden)
            yield Used(term, at, any(hit.phrase in term.renderings for hit in hits), forbidden)


def glossary_of(document: Document) -> Glossary | None:
    """Return a document's glossary, made once; nothing where it has no terms."""
    if not document.terms or not document.pairs:
        return None
    kept = document.kept.get("glossary")
    if not isinstance(kept, Glossary):
        first = document.pairs[0]
        languages = first.original.language, first.rendering.language
        kept = document.kept["glossary"] = Glossary(document.terms, *languages)
    return kept
