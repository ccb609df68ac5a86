"""Reviewing a translation passage by passage, the original beside its rendering."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from appeals.accepting import PASSAGE_MOVES
from appeals.checks.dismissing import Checked
from appeals.keeping import kept_originals
from appeals.keys import hold_passage
from appeals.models import Passage, Rendering, Translation, TranslationEdition
from appeals.naming.asking import Question
from appeals.wording.offering import Offer
from editorial.comparing import Piece, differences
from editorial.editing import Stale, editing, hold
from editorial.models import Decision, Note, name_of
from editorial.moving import bump, move, record
from editorial.states import CannotNow, MayNot, State

#: Where a passage can stand, in the order of the bar: what waits for somebody comes last.
STANDINGS = ("accepted", "stale", "sent_back", "open", "empty")


@dataclass
class Row:
    """One passage of the original and its rendering, with all that was said about them."""

    passage: Passage
    rendering: Rendering
    notes: list[Note] = field(default_factory=list)
    last: Decision | None = None
    is_own: bool = False
    #: Whether it was this person who said that the meaning is unchanged.
    is_own_word: bool = False
    #: The original as it was accepted and as it is, word by word; empty where it is not kept.
    comparison: list[Piece] = field(default_factory=list)
    #: The passage that waits next, by its key.
    following: str = ""
    #: What the checks say here.
    checked: Checked = field(default_factory=Checked)
    #: Names that look alike, asked about where the one that is new stands first.
    questions: list[Question] = field(default_factory=list)
    #: Published passages like this one; None where nobody asked for them.
    offers: list[Offer] | None = None
    #: What the editing box holds instead of the rendering: an offer that was taken.
    filled: str = ""

    @property
    def revision(self) -> int:
        """The revision that a form about the rendering carries; 0 while there is none."""
        return self.rendering.revision if self.rendering.pk else 0

    @property
    def standing(self) -> str:
        if not self.rendering.text:
            return "empty"
        if self.rendering.is_stale:
            return "stale"
        return {
            State.APPROVED.value: "accepted",
            State.CHANGES_REQUESTED.value: "sent_back",
        }.get(self.rendering.state, "open")

    @property
    def original_changed(self) -> bool:
        """Whether this was once accepted against another original than today's."""
        return self.rendering.original_changed

    @property
    def is_vouched(self) -> bool:
        """Whether somebody says that the meaning is unchanged, and it waits to be confirmed."""
        return self.rendering.is_vouched

    @property
    def voucher(self) -> str:
        """Who says so."""
        return name_of(self.rendering.vouched_by)

    @property
    def is_to_translate_again(self) -> bool:
        """Whether a translator said so, and nobody has worked on it since."""
        return bool(self.last and self.last.name == "translate_again" and self.standing == "open")

    @property
    def has_open_notes(self) -> bool:
        return any(note.resolved_at is None for note in self.notes)

    @property
    def can_be_accepted(self) -> bool:
        return self.standing in ("open", "sent_back") and not self.must_be_somebody_else

    @property
    def can_be_confirmed(self) -> bool:
        return self.is_vouched and not self.must_be_somebody_else

    @property
    def must_be_somebody_else(self) -> bool:
        """Whether accepting it would be confirming oneself."""
        return self.is_own or self.is_own_word

    @property
    def can_be_sent_back(self) -> bool:
        return self.standing in ("open", "accepted", "stale")

    @property
    def decided(self) -> str:
        """What was last decided about the rendering, in a word."""
        step = PASSAGE_MOVES.get(self.last.name) if self.last else None
        return str(step.done) if step else ""

    @property
    def is_decided(self) -> bool:
        """Whether the last decision says where the rendering stands, and who made it so."""
        return self.standing in ("accepted", "sent_back") and bool(self.decided)


def rows(translation: Translation, user: Any) -> list[Row]:
    """Return every passage of the original with its rendering, in order.

    A passage without a rendering has an unsaved, empty one. The number of queries does not grow
    with the passages.
    """
    renderings = {
        r.passage_id: r for r in translation.renderings.select_related("author", "vouched_by")
    }
    notes = notes_by_place(translation)
    last = last_decisions(translation)
    found = []
    for passage in translation.appeal.passages.prefetch_related("places__page"):
        rendering = renderings.get(passage.pk) or Rendering(passage=passage, state=State.DRAFT)
        rendering.passage, rendering.translation = passage, translation
        row = Row(passage, rendering, notes[passage.key], last.get(rendering.pk))
        if settings.EDITORIAL_FOUR_EYES:
            row.is_own = rendering.is_by(user)
            row.is_own_word = rendering.is_vouched and rendering.vouched_by_id == user.pk
        found.append(row)
    compare_originals(translation, found)
    following = ""
    for row in reversed(found):
        row.following = following
        following = following if row.standing == "accepted" else row.passage.key
    return found


def notes_by_place(translation: Translation) -> dict[str, list[Note]]:
    """Return the notes on a translation by the key of their passage, the open ones first."""
    found = defaultdict(list)
    notes = Note.objects.about(translation)
    for note in notes.order_by(F("resolved_at").asc(nulls_first=True), "at", "pk"):
        found[note.place].append(note)
    return found


def last_decisions(translation: Translation) -> dict[int, Decision]:
    """Return what was decided last about each rendering, by the rendering's id."""
    decisions = Decision.objects.filter(
        content_type=ContentType.objects.get_for_model(Rendering),
        object_id__in=translation.renderings.values("pk"),
    )
    return {decision.object_id: decision for decision in decisions}


def compare_originals(translation: Translation, found: list[Row]) -> None:
    """Give the rows whose original changed the comparison of both, where the older one is kept.

    An import may have accepted a rendering against an original that this house never had.
    """
    wanted = {row.rendering.accepted_digest for row in found if row.original_changed}
    if not wanted:
        return
    kept = kept_originals(translation.appeal_id, wanted)
    for row in found:
        if row.original_changed and (text := kept.get(row.rendering.accepted_digest)) is not None:
            row.comparison = differences(text, row.passage.text)


def next_open(
    translation: Translation, passage: Passage, *, to_translate: bool = False
) -> Passage | None:
    """Return the passage after this one, or else the first, that is not accepted as it is.

    Args:
        to_translate: leave out what only waits for a reviewer.
    """
    is_settled = Q(state=State.APPROVED, accepted_digest=F("passage__digest"))
    if to_translate:
        is_settled |= Q(state=State.DRAFT)
    settled = translation.renderings.filter(is_settled).exclude(text="")
    waiting = translation.appeal.passages.exclude(pk__in=settled.values("passage"))
    others = waiting.exclude(pk=passage.pk)
    return others.filter(position__gt=passage.position).first() or others.first()


def tally(found: list[Row]) -> list[dict[str, Any]]:
    """Return how many passages stand where, and the first of each."""
    counts = Counter(row.standing for row in found)
    first = {row.standing: row.passage.key for row in reversed(found)}
    names = {
        "accepted": pgettext("rendering", "accepted"),
        "stale": _("stale"),
        "sent_back": pgettext("rendering", "sent back"),
        "open": _("to be reviewed"),
        "empty": _("empty"),
    }
    return [
        {"standing": s, "name": names[s], "count": counts[s], "first": first.get(s)}
        for s in STANDINGS
    ]


def save_text(
    translation: Translation,
    passage: Passage,
    text: str,
    *,
    by: Any,
    revision: int,
    at: datetime | None = None,
) -> bool:
    """Save the rendering of a passage; return whether that changed anything.

    A changed text waits for review again, and whoever wrote it is its author. The rendering is
    made on its first save.

    Args:
        revision: the rendering's, as this person saw it; 0 where there was none.
        at: when, for a history that is told after the event; now, if not given.

    Raises:
        MayNot: this person does not translate.
        Stale: somebody saved another text after that revision was read.
        CannotNow: the passage went into another one.
    """
    if not by.has_perm("appeals.change_rendering"):
        raise MayNot(_("Your role does not include translating."))
    text = text.replace("\r\n", "\n").strip()
    at = at or timezone.now()
    with editing(translation, by=by, at=at):
        passage = hold_passage(passage)
        rendering = translation.renderings.filter(passage=passage).first()
        if text == (rendering.text if rendering else ""):
            return False
        if revision != (rendering.revision if rendering else 0):
            raise Stale(_("Somebody saved this passage after you opened it."))
        put_text(translation, passage, rendering, text, by=by, at=at)
    return True


def put_text(
    translation: Translation,
    passage: Passage,
    rendering: Rendering | None,
    text: str,
    *,
    by: Any,
    at: datetime | None = None,
) -> None:
    """Give a passage another rendering, inside ``editing()``: it waits for review again."""
    if rendering is None:
        translation.renderings.create(passage=passage, text=text, author=by)
        return
    at = at or timezone.now()
    came_from = rendering.state
    rendering.text, rendering.author = text, by
    rendering.state, rendering.waiting_since = State.DRAFT, at
    rendering.save(update_fields=["text", "author", "state", "waiting_since"])
    bump(rendering)
    if came_from != State.DRAFT:
        record(rendering, "reopen", by=by, from_state=came_from, at=at)


@transaction.atomic
def decide(
    translation: Translation,
    passage: Passage,
    name: str,
    *,
    by: Any,
    revision: int,
    original: str,
    reason: str = "",
) -> Decision:
    """Make a move with a rendering as this person saw it: accept it, send it back, …

    Args:
        revision: the rendering's.
        original: the digest of the original's text: what is accepted is the pair.

    Raises:
        MayNot: this person may not, or wrote it.
        CannotNow: either text was changed meanwhile, or somebody was faster.
    """
    hold(translation)  # before the rendering, as a save does: nobody waits for each other
    passage = hold_passage(passage)
    rendering = translation.renderings.filter(passage=passage).first()
    if rendering is None:
        raise CannotNow(_("There is no rendering to accept yet."))
    rendering.translation, rendering.passage = translation, passage
    if passage.digest != original:
        raise CannotNow(_("The original was changed after you opened it. Read both again."))
    return move(rendering, name, by=by, reason=reason, revision=revision)


def stale_and_sent_back(user: Any) -> QuerySet[Translation]:
    """Return the translations with passages that wait for this person, for the desk.

    Each has ``stale_count``, ``sent_back_count`` and ``is_public`` (its readers see the stale
    ones marked); those that are public come first. Who only reviews is shown what is stale.
    """
    translates = user.has_perm("appeals.change_rendering")
    if not translates and not user.has_perm("appeals.review_translation"):
        return Translation.objects.none()
    stale = Q(renderings__state=State.APPROVED) & ~Q(
        renderings__accepted_digest=F("renderings__passage__digest")
    )
    sent_back = Q(renderings__state=State.CHANGES_REQUESTED)
    waiting = (
        Q(stale_count__gt=0) | Q(sent_back_count__gt=0) if translates else Q(stale_count__gt=0)
    )
    live = TranslationEdition.objects.live().filter(item=OuterRef("pk"))
    return (
        Translation.objects.annotate(
            stale_count=Count("renderings", filter=stale),
            sent_back_count=Count("renderings", filter=sent_back),
            is_public=Exists(live),
        )
        .filter(waiting)
        .select_related("appeal")
        .order_by("-is_public", "waiting_since", "pk")
    )
