"""How well the guard tells spam from comments, on texts that somebody has labelled.

Only what is in a text counts here: what a guard sees of sources, time and rules is left out. The
score is cross-validated: each text is scored by what was learnt from the other four fifths.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from blog.guarding.exposing import findings
from blog.guarding.folding import words
from blog.guarding.likeness import FEW_WORDS, SAME, in_common, shingles
from blog.guarding.linking import links
from blog.guarding.reasons import ALIKE, EXPOSED, LINK
from blog.guarding.scoring import LIKELY, sample

FOLDS = 5
LABELS = ("spam", "comment", "exposing")


@dataclass
class Case:
    """One labelled text, why the guard holds it, and how it is scored."""

    label: str
    language: str
    text: str
    reasons: list[str] = field(default_factory=list)
    score: int = 0

    @property
    def is_spam(self) -> bool:
        return self.label == "spam"

    @property
    def is_likely(self) -> bool:
        return self.score >= LIKELY


def read(path: Path) -> list[Case]:
    """Return the labelled texts of a file: label, language and text, separated by tabs.

    Raises:
        ValueError: a line has another form.
    """
    cases = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.startswith("#") or not line.strip():
            continue
        parts = line.split("\t")
        if len(parts) != 3 or parts[0] not in LABELS:
            raise ValueError(f"{path.name}:{number}: expected label, language, text")
        label, language, text = parts
        cases.append(Case(label, language, text))
    return cases


def measure(cases: Sequence[Case]) -> None:
    """Find out of each text why the guard would hold it, and how it is scored."""
    said: list[set[str]] = []
    for case in cases:
        parts = shingles(words(case.text))
        is_alike = any(in_common(parts, other) >= SAME for other in said)
        said.append(parts)
        case.reasons = [LINK] * bool(links(case.text))
        case.reasons += [ALIKE] * (is_alike and len(words(case.text)) >= FEW_WORDS)
        case.reasons += sorted({EXPOSED + found.kind for found in findings(case.text)})
    for fold in range(FOLDS):
        others = (case for at, case in enumerate(cases) if at % FOLDS != fold)
        learnt = sample((case.text, case.is_spam) for case in others)
        for case in cases[fold::FOLDS]:
            case.score = learnt.score(case.text)


def share_in_order(cases: Iterable[Case]) -> float:
    """Return how often spam is scored above a comment, of all pairs (area under the curve)."""
    spam = [case.score for case in cases if case.is_spam]
    others = [case.score for case in cases if not case.is_spam]
    won = sum((one > other) + (one == other) / 2 for one in spam for other in others)
    return won / (len(spam) * len(others) or 1)
