"""Splitting a passage: its original, and its rendering in every translation."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from appeals.dividing import is_divided
from appeals.models import Appeal, Passage, PassageAlias, Rendering
from appeals.models.passages import passage_key
from appeals.regrouping import put_in_order, refuse_others, regrouping, review_again, with_hands
from editorial.editing import Stale
from editorial.moving import record
from editorial.states import CannotNow

Halves = tuple[str, str]


def split_passage(
    appeal: Appeal,
    passage: Passage,
    halves: Halves,
    rendered: Mapping[int, Halves],
    *,
    by: Any,
    kind: str = "",
) -> Passage:
    """Split a passage in two and return the second, which has a key of its own.

    What is paired anew is reviewed anew, by somebody else. Notes, former keys and history stay
    with the first.

    Args:
        halves: the original's two parts; together they say what it says, but for space.
        rendered: the two parts of each translation's rendering, by the translation's id; one
            left out stays whole with the first.
        kind: of the second passage; the first one's, if not given.

    Raises:
        MayNot: this person may not.
        Stale: a text is another by now.
        CannotNow: there would be nothing in one of the two.
    """
    with regrouping(appeal, by=by) as taking:
        taken = taking(passage)
        row = Passage.objects.select_for_update().filter(pk=passage.pk, appeal=appeal).first()
        if row is None or not is_divided(halves, row.text):
            raise Stale(_("The original was changed after you opened it."))
        renderings = list(row.renderings.select_related("translation").order_by("pk"))
        refuse_others(renderings, taken)
        check_divided(row, halves, renderings, rendered)
        second = Passage.objects.create(
            appeal=appeal,
            key=fresh_key(appeal),
            kind=kind or row.kind,
            text=halves[1],
            split_from=row.key,
        )
        row.text = halves[0]
        row.save(update_fields=["text", "digest"])
        order = [p for p in appeal.passages.all() if p.pk != second.pk]
        order.insert(order.index(row) + 1, second)
        put_in_order(order)
        for rendering in renderings:
            parts = rendered.get(rendering.translation_id, (rendering.text, ""))
            split_rendering(rendering, second, parts, by=by)
        record(appeal, "split_passage", by=by, reason=f"§ {row.key} → § {row.key}, § {second.key}")
    return second


def check_divided(
    passage: Passage,
    halves: Halves,
    renderings: list[Rendering],
    rendered: Mapping[int, Halves],
) -> None:
    """Raise unless every text is divided, or left whole, as it is now."""
    texts = {rendering.translation_id: rendering.text for rendering in renderings}
    for translation, parts in rendered.items():
        if not is_divided(parts, texts.get(translation, "")):
            raise Stale(_("A translation of this passage was changed after you opened it."))
    if passage.text and not all(halves):
        raise CannotNow(_("Each of the two passages needs a part of the original."))
    if not passage.text and not any(all(parts) for parts in rendered.values()):
        raise CannotNow(_("Say where a text divides: nothing has been split."))


def fresh_key(appeal: Appeal) -> str:
    """Return a key that no passage of an appeal has, or had."""
    while True:
        key = passage_key()
        had = PassageAlias.objects.filter(appeal=appeal, key=key)
        if not appeal.passages.filter(key=key).exists() and not had.exists():
            return key


def split_rendering(rendering: Rendering, second: Passage, parts: Halves, *, by: Any) -> None:
    """Give the second passage its part of a rendering; both are reviewed again.

    Who divides a text says what belongs together: they do not accept it themselves.
    """
    if not rendering.text:
        return
    rendering.also_by = with_hands(rendering.also_by, [by.pk])
    if parts[1]:
        Rendering.objects.create(
            translation=rendering.translation,
            passage=second,
            text=parts[1],
            author=rendering.author,
            also_by=rendering.also_by,
        )
    rendering.text = parts[0]
    review_again(rendering, by=by)
