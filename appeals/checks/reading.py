"""Reading a translation, in a fixed number of queries, into what checks look at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.conf import settings

from appeals.checks.document import PLACES, Document, Name, Pair, Signed, Term
from appeals.checks.gone import gone
from appeals.checks.texts import Text
from appeals.models import (
    Appeal,
    CanonicalName,
    GlossaryTerm,
    NameDistinction,
    NameVariant,
    Passage,
    Signatory,
    Translation,
)


def read(translation: Translation, texts: Iterable[tuple[Passage, str]]) -> Document:
    """Return a translation as a document; its texts are those given, by passage."""
    appeal = translation.appeal
    pairs = [
        Pair(
            passage.key,
            passage.kind,
            Text(passage.text, appeal.original_language),
            Text(text, translation.language),
        )
        for passage, text in texts
    ]
    signatories = list(appeal.signatories.select_related("person", "organisation"))
    signed = [Signed(row.role, row.role_original, row.count) for row in signatories]
    return Document(
        pairs,
        names=list(remembered(translation)),
        signed=signed,
        hidden=gone(appeal, signatories),
        around=around(translation),
        house=settings.LANGUAGE_CODE,
        terms=terms(appeal.original_language, translation.language),
        said=list(said(appeal, signatories)),
    )


def said(appeal: Appeal, signatories: Iterable[Signatory]) -> Iterator[str]:
    """Yield what names the people, places and organisations of an appeal."""
    yield appeal.place
    for row in signatories:
        yield from (row.name, row.printed_as)
        if row.organisation:
            yield from (row.organisation.name, *row.organisation.names.values())


def around(translation: Translation) -> list[Pair]:
    """Return what readers are shown beside the passages, by the places that ``PLACES`` names."""
    texts = {name: getattr(translation, name.removeprefix(":")) for name in PLACES}
    return [
        Pair(place, "", Text(""), Text(text, translation.language))
        for place, text in texts.items()
        if text
    ]


def terms(source: str, target: str) -> list[Term]:
    """Return the glossary of a pair of languages, whatever their scripts and regions."""
    pair = {"source": source, "target": target}
    wanted = {f"{side}__startswith": tag.split("-")[0] for side, tag in pair.items()}
    rows = GlossaryTerm.objects.filter(**wanted) if source else ()
    return [
        row.as_term()
        for row in rows
        if all(getattr(row, side).split("-")[0] == tag.split("-")[0] for side, tag in pair.items())
    ]


def texts_of(translation: Translation) -> list[tuple[Passage, str]]:
    """Return every passage of the original with its rendering's text, in order."""
    renderings = dict(translation.renderings.values_list("passage_id", "text"))
    passages = translation.appeal.passages.all()
    return [(passage, renderings.get(passage.pk, "")) for passage in passages]


def remembered(translation: Translation) -> Iterator[Name]:
    """Yield the names of the name memory, as this language spells them.

    A spelling that is kept as this appeal printed it is not held against anybody.
    """
    language = translation.language.split("-")[0]
    spellings, distinct = defaultdict(list), defaultdict(list)
    variants = NameVariant.objects.exclude(printed_in=translation.appeal_id)
    for name, text, tag in variants.values_list("name_id", "text", "language"):
        if not tag or tag.split("-")[0] == language:
            spellings[name].append(text)
    for name, other in NameDistinction.objects.values_list("name_id", "other"):
        distinct[name].append(other)
    for pk, text in CanonicalName.objects.values_list("pk", "text"):
        yield Name(text, tuple(spellings[pk]), tuple(distinct[pk]))
