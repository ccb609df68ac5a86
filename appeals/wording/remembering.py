"""Keeping the translation memory: it follows the editions, redacted and withdrawn ones too."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone

from appeals.models import AppealEdition, PairShingle, PublishedPair, TranslationEdition
from appeals.wording.shingles import shingles, tokens
from editorial.canonical import sha256

#: An original of fewer words is rendered sooner than it is looked for.
FEWEST = 3


def follow(sender: Any, edition: Any, **_signal: Any) -> None:
    """Keep the memory as the editions are, when one of them is sealed or redacted."""
    if sender is TranslationEdition:
        forget_ended(edition.item_id)
        remember(edition)
    elif sender is AppealEdition and edition.redactions != "{}":
        kept = TranslationEdition.objects.filter(appeal_id=edition.item_id, pairs__isnull=False)
        for translation in kept.distinct():
            remember(translation)


def forget_ended(item_id: int) -> None:
    """Forget the editions of a translation that are no longer public."""
    ended = TranslationEdition.objects.filter(item_id=item_id, live_until__lte=timezone.now())
    PublishedPair.objects.filter(edition__in=ended).delete()


def remember(edition: Any) -> None:
    """Write an edition's passages anew, if it is public or will be."""
    PublishedPair.objects.filter(edition=edition).delete()
    if edition.is_withdrawal or edition.is_cancelled or edition.ended_at:
        return
    pairs = PublishedPair.objects.bulk_create(pairs_of(edition), batch_size=500)
    source = original_language(edition)
    PairShingle.objects.bulk_create(
        (
            PairShingle(pair=pair, number=number)
            for pair in pairs
            for number in shingles(pair.original, source, edition.language)
        ),
        batch_size=2000,
    )


def pairs_of(edition: Any) -> Iterator[PublishedPair]:
    """Yield the passages of an edition, each with the original it was accepted against."""
    rows = [row for row in edition.data["renderings"] if row["text"] and row["original_digest"]]
    originals = texts_of(edition.appeal_id, {row["original_digest"] for row in rows})
    for row in rows:
        original = originals.get(row["original_digest"], "")
        if len(tokens(original)) >= FEWEST:
            yield PublishedPair(
                edition=edition, key=row["key"], original=original, rendering=row["text"]
            )


def texts_of(appeal_id: int, digests: Iterable[str]) -> dict[str, str]:
    """Return the passages of an appeal's editions by their digests, as far as they are wanted."""
    wanted, found = set(digests), dict[str, str]()
    editions = AppealEdition.objects.texts().filter(item_id=appeal_id).order_by("-number")
    for edition in editions.light().iterator():
        passages = (passage["text"] for passage in edition.data["passages"])
        found |= {digest: text for text in passages if (digest := sha256(text)) in wanted}
        if wanted <= found.keys():
            break
    return found


def original_language(edition: Any) -> str:
    """Return the language of the document that an edition translates."""
    languages = AppealEdition.objects.texts().filter(item_id=edition.appeal_id)
    return languages.order_by("-number").values_list("language", flat=True).first() or ""


def rebuild() -> int:
    """Write the whole memory anew; return how many passages it has."""
    PublishedPair.objects.all().delete()
    now = timezone.now()
    standing = TranslationEdition.objects.texts().filter(Q(live_until=None) | Q(live_until__gt=now))
    for edition in standing.iterator():
        remember(edition)
    return PublishedPair.objects.count()
