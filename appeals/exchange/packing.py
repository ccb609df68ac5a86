"""Packing an appeal's passages, and one translation's renderings, for another tool."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from appeals.exchange import tmx, xliff, xliff2
from appeals.exchange.parcel import FORBIDDEN, Parcel, Unit, travelling
from appeals.models import Appeal, Passage, Rendering, Translation
from editorial.canonical import sha256
from editorial.states import CannotNow, State

#: The formats by the name that an address and a file have: how to write, media type, suffix.
FORMATS: dict[str, tuple[Callable[[Parcel], bytes], str, str]] = {
    "xliff-1.2": (xliff.write, "application/xliff+xml", "xlf"),
    "xliff-2.0": (lambda parcel: xliff2.write(parcel, "2.0"), "application/xliff+xml", "xlf"),
    "xliff-2.1": (xliff2.write, "application/xliff+xml", "xlf"),
    "tmx": (tmx.write, "application/xml", "tmx"),
}


def pack(appeal: Appeal, language: str, translation: Translation | None = None) -> Parcel:
    """Return the passages in their order with what renders them so far.

    Raises:
        CannotNow: there is no passage.
    """
    renderings = {r.passage_id: r for r in translation.renderings.all()} if translation else {}
    units = [
        unit(passage, renderings.get(passage.pk) or Rendering(passage=passage))
        for passage in appeal.passages.all()
    ]
    if not units:
        raise CannotNow(_("There is no passage yet: nothing to translate."))
    return Parcel(
        source_language=appeal.original_language or "und",
        target_language=language,
        units=units,
        slug=appeal.slug,
        appeal=appeal.key,
        translation=translation.key if translation else "",
    )


def unit(passage: Passage, rendering: Rendering) -> Unit:
    rendering.passage = passage
    return Unit(
        key=passage.key,
        source=travelling(passage.text),
        target=travelling(rendering.text),
        kind=passage.kind,
        state=state(rendering),
        original=passage.digest,
        rendering=sha256(rendering.text),
    )


def state(rendering: Rendering) -> str:
    """Return how far a rendering is: what waits for the translator is as if it were new."""
    if not rendering.text or rendering.is_stale or rendering.state == State.CHANGES_REQUESTED:
        return "initial"
    return "reviewed" if rendering.state == State.APPROVED else "translated"


def replaced(appeal: Appeal, translation: Translation | None = None) -> list[str]:
    """Return the keys of passages with characters that no file can hold."""
    texts = [(passage.key, passage.text) for passage in appeal.passages.all()]
    if translation:
        renderings = translation.renderings.select_related("passage")
        texts += [(rendering.passage.key, rendering.text) for rendering in renderings]
    return list(dict.fromkeys(key for key, text in texts if FORBIDDEN.search(text)))


def file_name(appeal: Appeal, language: str, form: str) -> str:
    """Return what a file is called on the translator's machine."""
    return f"{appeal.slug}.{language}.{FORMATS[form][2]}"
