"""The register of checks, and how they are run.

A check is added by writing it in a module of its own and naming that module in ``KNOWN``:

    @check("code", _("what it looks for"), WARNING)
    def code(pair: Pair, document: Document) -> Iterator[Remark]:
        yield Remark(_("A sentence that says why."), start, end)
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from appeals.checks.document import PLACES, Document, Pair

#: Modules of this package that hold checks, in the order in which their findings are shown.
KNOWN = (
    "missing",
    "quantities_kept",
    "heads",
    "hidden",
    "spellings",
    "terms",
    "scripts",
    "lengths",
    "endings",
    "slips",
    "marks",
    "unseen",
    "addresses",
    "spelling",
)


class Severity(TextChoices):
    """How much a finding asks for. Errors are mended or dismissed before a submission."""

    ERROR = "error", gettext_lazy("error")
    WARNING = "warning", gettext_lazy("warning")
    HINT = "hint", gettext_lazy("hint")


ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT


@dataclass(frozen=True)
class Remark:
    """What a check noticed, where, and why it matters.

    ``facts`` are what it rests on besides the two texts: when they change, a dismissal lapses.
    """

    message: str
    start: int | None = None
    end: int | None = None
    in_original: bool = False
    facts: str = ""


@dataclass(frozen=True)
class Check:
    code: str
    label: Any
    severity: Severity
    look: Callable[[Pair, Document], Iterator[Remark]]
    #: Whether it runs where nobody asked for it, or against it.
    by_default: bool = True
    #: Whether it looks at the title and the like too.
    around: bool = False
    #: Whether it can look at a language; at all of them, if not given.
    reads: Callable[[str], bool] | None = None

    def can_read(self, language: str) -> bool:
        """Tell whether it looks at texts of a language (BCP 47)."""
        return self.reads is None or self.reads(language)


@dataclass(frozen=True)
class Finding:
    """A remark of a check about a passage."""

    check: Check
    key: str
    remark: Remark
    excerpt: str = ""

    @property
    def severity(self) -> Severity:
        return self.check.severity

    @property
    def fingerprint(self) -> str:
        """Tell this finding from others about the same two texts, whatever the language."""
        remark = self.remark
        where = (self.check.code, remark.in_original, remark.start, remark.end, remark.facts)
        return sha256(repr(where).encode("utf-8", "surrogatepass")).hexdigest()


_CHECKS: dict[str, Check] = {}
Look = Callable[[Pair, Document], Iterator[Remark]]


def check(
    code: str,
    label: Any,
    severity: Severity,
    by_default: bool = True,
    around: bool = False,
    reads: Callable[[str], bool] | None = None,
) -> Callable[[Look], Look]:
    """Register the function below under a code."""

    def register(look: Look) -> Look:
        _CHECKS[code] = Check(code, label, severity, look, by_default, around, reads)
        return look

    return register


@cache
def checks() -> dict[str, Check]:
    """Return every check by its code, in the order of ``KNOWN`` whatever was imported first."""
    modules = [import_module(f"appeals.checks.{module}").__name__ for module in KNOWN]
    return dict(sorted(_CHECKS.items(), key=lambda row: modules.index(row[1].look.__module__)))


def checks_on() -> list[Check]:
    """Return the checks that run here: the default ones, as EDITORIAL_CHECKS adds and removes."""
    asked = list(settings.EDITORIAL_CHECKS)
    return [
        check
        for code, check in checks().items()
        if f"-{code}" not in asked and (check.by_default or code in asked)
    ]


def unread(language: str) -> list[Check]:
    """Return the checks that run here and cannot look at a language."""
    return [check for check in checks_on() if not check.can_read(language)]


def run(document: Document, severities: Collection[str] = tuple(Severity)) -> Iterator[Finding]:
    """Return what the checks find in a document, passage by passage, the errors first."""
    order = list(Severity)
    wanted = [check for check in checks_on() if check.severity in severities]
    return run_at(document, sorted(wanted, key=lambda check: order.index(check.severity)))


def run_at(
    document: Document, running: Iterable[Check], places: Collection[str] | None = None
) -> Iterator[Finding]:
    """Yield what some checks find, at some places or everywhere."""
    running = list(running)
    for pair in (*document.around, *document.pairs):
        if places is not None and pair.key not in places:
            continue
        for check in running:
            if pair.key in PLACES and not check.around:
                continue
            if not check.can_read(pair.rendering.language):
                continue
            for remark in check.look(pair, document):
                yield Finding(check, pair.key, remark, excerpt(pair, remark))


def excerpt(pair: Pair, remark: Remark) -> str:
    """Return the words that a remark is about."""
    text = pair.original if remark.in_original else pair.rendering
    return text.string[remark.start : remark.end] if remark.start is not None else ""
