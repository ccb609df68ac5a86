"""Merging a passage with the one after it, in the original and in every translation."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from appeals.dividing import join
from appeals.models import Appeal, AppealEdition, Passage, PassageAlias, Rendering
from appeals.regrouping import (
    REGROUPED,
    move_notes,
    put_in_order,
    refuse_others,
    regrouping,
    review_again,
    with_hands,
)
from editorial.moving import bump, record
from editorial.states import CannotNow, State


def merge_passages(
    appeal: Appeal, passage: Passage, *, by: Any, revision: int | None = None
) -> Passage:
    """Merge a passage with the next one and return it; the other's key leads to it from now on.

    A rendering whose parts were both accepted, and not stale, stays accepted: nobody's words
    changed. Any other is reviewed again.

    Raises:
        MayNot: this person may not.
        Stale: somebody saved the appeal after ``revision`` was read.
        CannotNow: there is no passage after this one.
    """
    with regrouping(appeal, by=by, revision=revision) as taking:
        order = list(appeal.passages.all())
        at = next((n for n, row in enumerate(order) if row.pk == passage.pk), len(order))
        if at + 1 >= len(order):
            raise CannotNow(_("There is no passage after this one to merge it with."))
        taken = taking(order[at], order[at + 1])
        order = list(appeal.passages.select_for_update())
        first, second = order[at], order.pop(at + 1)
        refuse_others(Rendering.objects.filter(passage__in=[first, second]), taken)
        absorb(appeal, first, second, by=by)
        put_in_order(order)
    return first


def absorb(appeal: Appeal, first: Passage, second: Passage, *, by: Any) -> None:
    """Let one passage take in another: texts, renderings, notes, pictures and keys.

    For use inside ``editing()`` of the appeal and of its translations.
    """
    pairs = paired(first, second)
    kept = {pair: stays_accepted(pair, (first, second)) for pair in pairs}
    first.text = join(first.text, second.text)
    first.save(update_fields=["text", "digest"])
    for pair in pairs:
        merge_renderings(pair, first, kept[pair], by=by)
    move_notes(appeal, second.key, first.key)
    second.places.update(passage=first)
    lead(second, to=first)
    reason = f"§ {first.key}, § {second.key} → § {first.key}"
    second.delete()
    record(appeal, "merge_passages", by=by, reason=reason)


Pair = tuple[Rendering | None, Rendering | None]


def paired(first: Passage, second: Passage) -> list[Pair]:
    """Return the renderings of two passages, paired by their translation."""
    ones = {r.translation_id: r for r in first.renderings.select_related("translation")}
    others = {r.translation_id: r for r in second.renderings.select_related("translation")}
    return [(ones.get(pk), others.get(pk)) for pk in sorted({*ones, *others})]


def stays_accepted(pair: Pair, passages: tuple[Passage, Passage]) -> bool:
    """Tell whether both parts are accepted as they are, or blank on both sides."""
    standings = set()
    for rendering, passage in zip(pair, passages, strict=True):
        if rendering is None or not rendering.text:
            standings.add("open" if passage.text else "blank")
        else:
            fresh = rendering.accepted_digest == passage.digest
            standings.add("accepted" if rendering.state == State.APPROVED and fresh else "open")
    return "accepted" in standings and "open" not in standings


def merge_renderings(pair: Pair, first: Passage, accepted: bool, *, by: Any) -> None:
    """Make one rendering of two; the row of the first is kept, if there is one."""
    there = [rendering for rendering in pair if rendering is not None]
    kept, *others = there
    authors = {r.author_id for r in there if r.text and r.author_id}
    also = with_hands("".join(r.also_by for r in there))
    kept.text = join(*(rendering.text for rendering in there))
    for other in others:
        other.delete()
    kept.passage = first
    if len(authors) > 1:
        kept.author = by
        also = with_hands(also, authors)
    elif authors and kept.author_id not in authors:
        kept.author_id = authors.pop()
    kept.also_by = also
    if not accepted:
        review_again(kept, by=by)
        return
    kept.accepted_digest = first.digest
    kept.save(update_fields=REGROUPED)
    bump(kept)
    first.keep_text()
    record(kept, "merge", by=by, from_state=State.APPROVED)


def lead(second: Passage, *, to: Passage) -> None:
    """Let the key of a passage, and every key that led to it, lead to another."""
    after = to.aliases.count()
    editions = AppealEdition.objects.exclude(live_until=F("live_from"))
    known = editions.filter(item_id=to.appeal_id, content__contains=f'"key":"{second.key}"')
    former = list(second.aliases.all())
    PassageAlias.objects.filter(appeal_id=to.appeal_id, key=second.key).delete()
    PassageAlias.objects.create(
        appeal_id=to.appeal_id,
        key=second.key,
        passage=to,
        position=after,
        former_id=second.pk,
        in_edition=known.exists(),
    )
    for position, alias in enumerate(former, start=after + 1):
        alias.passage, alias.position = to, position
        alias.save(update_fields=["passage", "position"])
