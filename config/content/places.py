"""Where in a folder something is said, and what is wrong there."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, order=True)
class Place:
    file: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Ref(str):
    """A text that knows where it stands."""

    at: Place

    @classmethod
    def said(cls, text: str, at: Place) -> "Ref":
        ref = cls(text)
        ref.at = at
        return ref


class Problems:
    """What is wrong in a folder, all of it, before anything is written."""

    def __init__(self) -> None:
        self.found: list[tuple[Place, str]] = []

    def add(self, at: Place, reason: Any) -> None:
        self.found.append((at, str(reason)))

    def __bool__(self) -> bool:
        return bool(self.found)

    def lines(self) -> list[str]:
        """Return one line a problem, in the order of the folder, each said once."""
        return [f"{at}: {reason}" for at, reason in sorted(set(self.found))]


class BadFolder(Exception):
    """A folder that cannot be imported; nothing was written."""

    def __init__(self, problems: Problems) -> None:
        super().__init__("\n".join(problems.lines()))
        self.problems = problems


def meant(said: str, known: Any, cutoff: float = 0.6) -> str:
    """Return " Did you mean …?" where something known looks like what was said."""
    close = get_close_matches(said, [str(name) for name in known], 1, cutoff)
    return " " + _("Did you mean “%(name)s”?") % {"name": close[0]} if close else ""
