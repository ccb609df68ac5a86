"""An appeal's texts as readers see them: passage by passage, alone or side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from appeals.naming.standing import Spot, first_spots

Content = dict[str, Any]
Moment = TypeVar("Moment")

#: What may have stood between two texts that were one.
BETWEEN = ("\n\n", "\n", " ", "")


@dataclass(frozen=True)
class Passage:
    """One passage in one language; an empty text was not transcribed, or not translated."""

    key: str
    kind: str
    text: str
    stale: bool = False
    #: Since when the original says something else, where an edition tells.
    since: date | None = None
    #: Whether its translation stands with the passage above: it was split from that one since.
    with_above: bool = False
    #: Keys of passages that went into this one: they lead here.
    was: tuple[str, ...] = ()
    #: Where a name is spelled otherwise than the site spells it.
    spots: Sequence[Spot] = ()


@dataclass(frozen=True)
class Side:
    """An appeal in one language: the original, or a translation with its content."""

    language: str
    title: str
    passages: list[Passage]
    translation: Content = field(default_factory=dict)

    @property
    def original(self) -> bool:
        return not self.translation

    @property
    def is_blank(self) -> bool:
        """Whether nothing of it was transcribed, or translated: that is said once."""
        return not any(passage.text for passage in self.passages)

    @property
    def is_stale(self) -> bool:
        """Whether any of it is stale."""
        return any(passage.stale for passage in self.passages)


@dataclass(frozen=True)
class Row:
    """One passage in two languages."""

    key: str
    kind: str
    left: Passage
    right: Passage

    @property
    def was(self) -> tuple[str, ...]:
        return self.left.was


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def former(passage: Content) -> tuple[str, ...]:
    """Return the keys of the passages that went into this one."""
    return tuple(passage.get("was", ()))


def original(appeal: Content) -> Side:
    """Return an appeal's own text."""
    passages = [Passage(p["key"], p["kind"], p["text"], was=former(p)) for p in appeal["passages"]]
    title = appeal["original_title"] or appeal["title"]
    return Side(appeal["original_language"], title, with_spots(passages, appeal))


def translated(appeal: Content, translation: Content, since: dict[str, date] | None = None) -> Side:
    """Return a translation in the order of today's original, with what is stale marked so.

    Stale is a matter of content: the digest of the text a rendering was accepted against
    differs from that of the original's text now. One never accepted is none: a preview has such.
    What was only split or merged since is not stale: the same words are there.

    Args:
        since: the day on which the original of a passage was changed last, by its key.
    """
    renderings = {rendering["key"]: rendering for rendering in translation["renderings"]}
    passages: list[Passage] = []
    covered = 0
    for number, passage in enumerate(appeal["passages"]):
        keys = (passage["key"], *former(passage))
        there = [renderings[key] for key in keys if key in renderings]
        text = "\n\n".join(rendering["text"] for rendering in there if rendering["text"])
        stale = not fits(passage["text"], [r.get("original_digest", "") for r in there])
        if stale and len(there) == 1:
            after = untranslated(appeal["passages"][number + 1 :], renderings)
            covered = covers(there[0]["original_digest"], passage["text"], after)
            stale = not covered
        with_above = not there and covered > 0
        covered -= with_above
        passages.append(
            Passage(
                passage["key"],
                passage["kind"],
                text,
                stale,
                (since or {}).get(passage["key"]) if stale else None,
                with_above,
                former(passage),
            )
        )
    spotted = with_spots(passages, translation)
    return Side(translation["language"], translation["title"], spotted, translation)


def with_spots(passages: list[Passage], content: Content) -> list[Passage]:
    """Return passages that know where readers are told how the site spells a name."""
    if not content.get("names"):
        return passages
    found = first_spots([passage.text for passage in passages], content)
    return [replace(p, spots=spots) for p, spots in zip(passages, found, strict=True)]


def fits(text: str, digests: Sequence[str]) -> bool:
    """Tell whether a text is, paragraph for paragraph, what its renderings were accepted against.

    Several digests are those of passages that were merged since, in their order.
    """
    wanted = [known for known in digests if known]
    if len(wanted) < 2:
        return not wanted or wanted[0] == digest(text)
    paragraphs = text.split("\n\n")
    for count in range(1, len(paragraphs)):
        if digest("\n\n".join(paragraphs[:count])) == wanted[0]:
            return fits("\n\n".join(paragraphs[count:]), wanted[1:])
    return False


def untranslated(passages: Iterable[Content], renderings: Content) -> list[str]:
    """Return the texts of the passages up to the first that has a rendering."""
    texts = []
    for passage in passages:
        if any(key in renderings for key in (passage["key"], *former(passage))):
            break
        texts.append(passage["text"])
    return texts


def covers(known: str, text: str, after: Sequence[str]) -> int:
    """Return with how many of the texts after it a text is the one with a known digest; or 0."""
    for between in BETWEEN:
        for count in range(1, len(after) + 1):
            if digest(between.join([text, *after[:count]])) == known:
                return count
    return 0


def changed_on(editions: Iterable[tuple[Moment, Content]]) -> dict[str, Moment]:
    """Return when each passage's text changed last, by its key, from editions oldest first.

    What was merged brings the later moment with it, and is no change by itself.
    """
    found: dict[str, Moment] = {}
    before: dict[str, str] = {}
    for moment, content in editions:
        for passage in content["passages"]:
            key, gone = passage["key"], [k for k in former(passage) if k in before]
            if key not in before:
                continue
            moments = [found[k] for k in (key, *gone) if k in found]
            if moments:
                found[key] = max(moments)  # type: ignore[type-var]
            if "\n\n".join(before[k] for k in (key, *gone) if before[k]) != passage["text"]:
                found[key] = moment
        before = {passage["key"]: passage["text"] for passage in content["passages"]}
        found = {key: moment for key, moment in found.items() if key in before}
    return found


def side_by_side(left: Side, right: Side) -> list[Row]:
    """Pair two sides of the same appeal."""
    return [Row(a.key, a.kind, a, b) for a, b in zip(left.passages, right.passages, strict=True)]
