"""What came back, held against what is here today: only what fits is taken in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.exchange.parcel import Parcel, Unit, Unreadable, same_language, squeezed, travelling
from appeals.models import Appeal, Passage, Rendering, Translation
from appeals.reviewing import put_text
from editorial.canonical import sha256
from editorial.editing import editing
from editorial.languages import language_name
from editorial.states import MayNot, State


class Standing(TextChoices):
    """What becomes of a passage that came back."""

    NEW = "new", gettext_lazy("new text")
    CHANGED = "changed", gettext_lazy("another text")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    REFUSED = "refused", gettext_lazy("refused")


class Reason(TextChoices):
    """Why a passage is refused. Nothing of it is written."""

    ORIGINAL = "original", gettext_lazy("the original was changed since the export")
    UNKNOWN = "unknown", gettext_lazy("the appeal has no such passage")
    EMPTY = "empty", gettext_lazy("it has no rendering in the file; the one here stays")
    EDITED = "edited", gettext_lazy("the rendering was edited here since the export")
    COPY = "copy", gettext_lazy("the file has the original in the place of its rendering")
    PARTIAL = "partial", gettext_lazy("only a part of it is translated in the file")
    ACCEPTED = (
        "accepted",
        gettext_lazy("accepted here, and the file does not say which texts it was made from"),
    )
    TWICE = "twice", gettext_lazy("the file has two different renderings of it")


#: What a person who has seen both texts may take in all the same.
TAKEN_ON_REQUEST = {Reason.EDITED, Reason.COPY, Reason.ACCEPTED}


@dataclass
class Arrival:
    """One passage that came back."""

    key: str
    text: str
    standing: Standing
    reason: Reason | None = None
    passage: Passage | None = None
    rendering: Rendering | None = None

    @property
    def is_text(self) -> bool:
        """Whether it has a text that is taken in unless somebody objects."""
        return self.standing in (Standing.NEW, Standing.CHANGED)

    @property
    def can_be_taken(self) -> bool:
        return self.is_text or self.reason in TAKEN_ON_REQUEST

    @property
    def before(self) -> str:
        """The rendering that is here today."""
        return self.rendering.text if self.rendering else ""


@dataclass(frozen=True)
class Text:
    """A rendering to take in, and what it was held against."""

    key: str
    text: str
    original: str
    #: The rendering's revision; 0 where there was none.
    revision: int


@dataclass
class Taken:
    """What an import did: the keys written, and those refused at the last moment."""

    keys: list[str] = field(default_factory=list)
    refused: dict[str, Reason] = field(default_factory=dict)


def check_about(translation: Translation, parcel: Parcel) -> None:
    """Raise ``Unreadable`` for a file of another appeal, or in another language."""
    if parcel.appeal and parcel.appeal != translation.appeal.key:
        raise Unreadable(_("This file is of another appeal."))
    if parcel.target_language and not same_language(parcel.target_language, translation.language):
        names = {
            "file": language_name(parcel.target_language),
            "here": language_name(translation.language),
        }
        raise Unreadable(_("This file is a translation into %(file)s, not %(here)s.") % names)


def compare(translation: Translation, parcel: Parcel) -> list[Arrival]:
    """Return what became of each passage in a file: those of the appeal in order, then others.

    Raises:
        Unreadable: the file is of another appeal, or in another language.
    """
    check_about(translation, parcel)
    passages = list(translation.appeal.passages.all())
    renderings = {r.passage_id: r for r in translation.renderings.all()}
    claims, unknown = match(passages, parcel.units, former_keys(translation.appeal))
    found = [
        judge(passage, renderings.get(passage.pk), claims[passage.key])
        for passage in passages
        if passage.key in claims
    ]
    strangers = [
        Arrival(u.key, travelling(u.target), Standing.REFUSED, Reason.UNKNOWN) for u in unknown
    ]
    return found + strangers


def former_keys(appeal: Appeal) -> dict[str, str]:
    """Return by former key the key of the passage that it went into."""
    return dict(appeal.passage_aliases.values_list("key", "passage__key"))


def match(
    passages: list[Passage], units: Iterable[Unit], former: Mapping[str, str]
) -> tuple[dict[str, list[Unit]], list[Unit]]:
    """Return the units of each passage by its key, and those that are of no passage.

    The key tells. Where a tool put numbers of its own in its place, the original's text does; a
    memory's pair is then of every passage that says the same.
    """
    by_key = {passage.key: passage for passage in passages}
    by_key |= {was: by_key[key] for was, key in former.items() if was not in by_key}
    by_text = defaultdict(list)
    for passage in passages:
        if passage.text:
            by_text[squeezed(passage.text)].append(passage.key)
    keyed, said = defaultdict(list), defaultdict(list)
    unknown = []
    for unit in units:
        named = by_key.get(unit.key) or by_key.get(unit.name)
        same = by_text.get(squeezed(unit.source), [])
        if named and (unit.original or named.key in same or not same):
            keyed[named.key].append(unit)
        elif same:
            for key in same:
                said[key].append(unit)
        else:
            unknown.append(unit)
    return {**said, **keyed}, unknown


def judge(passage: Passage, rendering: Rendering | None, units: list[Unit]) -> Arrival:
    """Hold what a file says of one passage against what is here."""
    now = rendering.text if rendering else ""
    text = tidy(units[0].target)
    arrival = Arrival(passage.key, text, Standing.REFUSED, None, passage, rendering)
    if any(is_of_another(unit, passage) for unit in units):
        arrival.reason = Reason.ORIGINAL
    elif len({tidy(unit.target) for unit in units}) > 1:
        arrival.reason = Reason.TWICE
    elif text == tidy(now):
        arrival.standing = Standing.UNCHANGED
    elif not text:
        arrival.reason = Reason.EMPTY
    else:
        arrival.reason = objection(units, passage, rendering, text)
        if arrival.reason is None:
            arrival.standing = Standing.CHANGED if now else Standing.NEW
    return arrival


def is_of_another(unit: Unit, passage: Passage) -> bool:
    """Tell whether a unit renders another text than the original's today.

    The digest tells where it came back; the text has to agree in any case, but for what tools do
    to white space.
    """
    if unit.original and unit.original != passage.digest:
        return True
    return squeezed(unit.source) != squeezed(passage.text)


def objection(
    units: list[Unit], passage: Passage, rendering: Rendering | None, text: str
) -> Reason | None:
    """Return why a text that differs from today's is not taken in, if it is not."""
    unit, now = units[0], rendering.text if rendering else ""
    if unit.is_partial:
        return Reason.PARTIAL
    if any(one.rendering and one.rendering != sha256(now) for one in units):
        return Reason.EDITED
    is_known = all(one.original and one.rendering for one in units)
    if now and rendering and rendering.state == State.APPROVED and not is_known:
        return Reason.ACCEPTED
    says_done = unit.state not in ("", "initial")
    if not says_done and squeezed(text) == squeezed(passage.text):
        return Reason.COPY
    return None


def tidy(text: str) -> str:
    """Return a rendering as it is kept."""
    return travelling(text).strip()


def text_of(arrival: Arrival) -> Text:
    """Return what is to be taken in, with what it was held against."""
    assert arrival.passage is not None
    revision = arrival.rendering.revision if arrival.rendering else 0
    return Text(arrival.key, arrival.text, arrival.passage.digest, revision)


@transaction.atomic
def take(translation: Translation, texts: Iterable[Text], *, by: Any) -> Taken:
    """Take renderings in, to be reviewed; what changed meanwhile is refused, passage by passage.

    Args:
        by: who imports, and is their author from now on; None for nobody with an account.

    Raises:
        MayNot: this person does not translate.
    """
    if by is not None and not by.has_perm("appeals.change_rendering"):
        raise MayNot(_("Your role does not include translating."))
    taken = Taken()
    with editing(translation, by=by):
        held = Passage.objects.select_for_update().filter(appeal=translation.appeal_id)
        passages = {passage.key: passage for passage in held}
        renderings = {r.passage_id: r for r in translation.renderings.all()}
        for text in texts:
            passage = passages.get(text.key)
            rendering = renderings.get(passage.pk) if passage else None
            if passage is None:
                taken.refused[text.key] = Reason.UNKNOWN
            elif passage.digest != text.original:
                taken.refused[text.key] = Reason.ORIGINAL
            elif text.revision != (rendering.revision if rendering else 0):
                taken.refused[text.key] = Reason.EDITED
            elif text.text != (rendering.text if rendering else ""):
                put_text(translation, passage, rendering, text.text, by=by)
                taken.keys.append(text.key)
    return taken
