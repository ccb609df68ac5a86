"""An appeal's texts as readers see them: passage by passage, alone or side by side."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

Content = dict[str, Any]


@dataclass(frozen=True)
class Passage:
    """One passage in one language; an empty text was not transcribed, or not translated."""

    key: str
    kind: str
    text: str
    stale: bool = False


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


@dataclass(frozen=True)
class Row:
    """One passage in two languages."""

    key: str
    kind: str
    left: Passage
    right: Passage


def original(appeal: Content) -> Side:
    """Return an appeal's own text."""
    passages = [Passage(p["key"], p["kind"], p["text"]) for p in appeal["passages"]]
    title = appeal["original_title"] or appeal["title"]
    return Side(appeal["original_language"], title, passages)


def translated(appeal: Content, translation: Content) -> Side:
    """Return a translation in the order of today's original, with what is stale marked so.

    Stale is a matter of content: the digest of the text a rendering was accepted against
    differs from that of the original's text now. One never accepted is none: a preview has such.
    """
    renderings = {rendering["key"]: rendering for rendering in translation["renderings"]}
    passages = []
    for passage in appeal["passages"]:
        rendering = renderings.get(passage["key"], {})
        now = sha256(passage["text"].encode()).hexdigest()
        stale = rendering.get("original_digest", "") not in ("", now)
        text = rendering.get("text", "")
        passages.append(Passage(passage["key"], passage["kind"], text, stale))
    return Side(translation["language"], translation["title"], passages, translation)


def side_by_side(left: Side, right: Side) -> list[Row]:
    """Pair two sides of the same appeal."""
    return [Row(a.key, a.kind, a, b) for a, b in zip(left.passages, right.passages, strict=True)]
