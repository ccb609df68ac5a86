"""How often the checks are right, measured on passages that somebody labelled."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from appeals.checks.document import Document, Name, Pair, Signed, Term
from appeals.checks.registry import Check, checks_on, run
from appeals.checks.texts import Text


@dataclass
class Score:
    """What a check said of labelled passages."""

    right: int = 0
    false: int = 0
    missed: int = 0
    #: Where: for whoever tunes a check.
    false_at: list[str] = field(default_factory=list)
    missed_at: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float | None:
        """How many of its alarms were right; None where there was none."""
        alarms = self.right + self.false
        return self.right / alarms if alarms else None

    @property
    def recall(self) -> float | None:
        """How many of the problems it found; None where there was none."""
        problems = self.right + self.missed
        return self.right / problems if problems else None


@dataclass(frozen=True)
class Labelled:
    """A document, with the codes of the problems in each of its passages."""

    document: Document
    problems: dict[str, set[str]]
    held_out: bool
    languages: str


def load(path: Path) -> Iterator[Labelled]:
    """Yield the labelled documents of a file, or of all the YAML files of a folder."""
    for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
        for row in yaml.safe_load(file.read_text("utf-8")):
            yield labelled(row)


def labelled(row: dict[str, Any]) -> Labelled:
    original, language = row["languages"]
    pairs = [
        Pair(
            f"{original}-{language} {number}: {passage['original'][:40]}",
            passage.get("kind", "paragraph"),
            Text(passage["original"], original),
            Text(passage["rendering"], language),
        )
        for number, passage in enumerate(row["passages"], start=1)
    ]
    names = [
        Name(n["name"], tuple(n.get("variants", ())), tuple(n.get("not_the_same_as", ())))
        for n in row.get("names", ())
    ]
    terms = [
        Term(t["term"], tuple(t["renderings"]), tuple(t.get("forbidden", ())))
        for t in row.get("glossary", ())
    ]
    signed = [Signed(**signatory) for signatory in row.get("signatories", ())]
    return Labelled(
        Document(pairs, names, signed, row.get("hidden", ()), terms=terms),
        {
            pair.key: set(passage["problems"])
            for pair, passage in zip(pairs, row["passages"], strict=True)
        },
        row.get("held_out", False),
        f"{original}-{language}",
    )


def measure(rows: Iterable[Labelled]) -> dict[str, Score]:
    """Return what each check that is on said of all the passages, by its code."""
    scores = {check.code: Score() for check in checks_on()}
    for row in rows:
        found = {(finding.check.code, finding.key) for finding in run(row.document)}
        for key, problems in row.problems.items():
            for code, score in scores.items():
                if (code, key) in found and code in problems:
                    score.right += 1
                elif (code, key) in found:
                    score.false += 1
                    score.false_at.append(key)
                elif code in problems:
                    score.missed += 1
                    score.missed_at.append(key)
    return scores


def report(rows: list[Labelled]) -> Iterator[str]:
    """Yield the measurement as tables in Markdown: what checks were tuned on, and the rest."""
    for title, part in (
        ("Passages that the checks were tuned on", [row for row in rows if not row.held_out]),
        ("Passages held out", [row for row in rows if row.held_out]),
    ):
        yield from table(title, part, checks_on())


def table(title: str, rows: list[Labelled], checks: list[Check]) -> Iterator[str]:
    scores = measure(rows)
    passages: Counter[str] = Counter()
    for row in rows:
        passages[row.languages] += len(row.problems)
    counted = ", ".join(f"{languages} {count}" for languages, count in sorted(passages.items()))
    yield f"### {title}: {passages.total()} ({counted})"
    yield ""
    yield "| check | severity | right | false alarms | missed | precision | recall |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    for check in checks:
        score = scores[check.code]
        cells = [score.right, score.false, score.missed]
        shares = [share(score.precision), share(score.recall)]
        line = [f"`{check.code}`", check.severity.value, *map(str, cells), *shares]
        yield f"| {' | '.join(line)} |"
    yield ""


def share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
