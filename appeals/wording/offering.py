"""Offering, for a passage, the renderings of the most similar ones already published here."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from rapidfuzz.distance import Indel

from appeals.models import AppealEdition, PairShingle, PublishedPair, TranslationEdition
from appeals.models.editions import text_url
from appeals.wording.shingles import shingles, tokens
from editorial.comparing import Piece, differences

#: So many are offered, and this like at least, from 0 to 1.
OFFERED, LIKE = 3, 0.5
#: So many that share most numbers are compared word by word.
COMPARED = 60


@dataclass(frozen=True)
class Offer:
    """A published passage like one to be translated."""

    pk: int
    rendering: str
    #: How much of the words is the same, in hundredths.
    percent: int
    #: Its original and the one to be translated, word by word.
    comparison: list[Piece]
    #: Where it was published.
    appeal: str
    language: str
    live_from: Any
    url: str


def offers(text: str, source: str, target: str) -> list[Offer]:
    """Return what is published here of passages like a text, the likest first.

    Four queries, however much is published.
    """
    numbers = shingles(text, source, target)
    if not numbers:
        return []
    likely = PairShingle.objects.filter(number__in=numbers).values_list("pair")
    counted = likely.annotate(shared=Count("pk")).order_by("-shared", "-pair")[:COMPARED]
    pairs = PublishedPair.objects.filter(
        pk__in=[pk for pk, _shared in counted], edition__in=TranslationEdition.objects.live()
    ).select_related("edition")
    words = tokens(text)
    scored = sorted(
        ((Indel.normalized_similarity(words, tokens(pair.original)), pair) for pair in pairs),
        key=lambda found: (-found[0], -found[1].pk),
    )
    best: dict[str, tuple[float, Any]] = {}
    for score, pair in scored:
        if score >= LIKE:
            best.setdefault(pair.rendering, (score, pair))
    chosen = list(best.values())[:OFFERED]
    return [offer(text, score, pair, published(chosen)) for score, pair in chosen]


def published(chosen: list[tuple[float, Any]]) -> dict[int, Any]:
    """Return the live appeals of pairs, by their ids."""
    live = AppealEdition.objects.live().light().defer("content")
    return {a.item_id: a for a in live.filter(item__in={p.edition.appeal_id for _s, p in chosen})}


def offer(text: str, score: float, pair: Any, appeals: dict[int, Any]) -> Offer:
    appeal = appeals[pair.edition.appeal_id]
    return Offer(
        pair.pk,
        pair.rendering,
        int(score * 100),
        differences(pair.original, text),
        appeal.title,
        pair.edition.language,
        pair.edition.live_from,
        f"{text_url(appeal.slug, pair.edition)}#{pair.key}",
    )
