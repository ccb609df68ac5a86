r"""Texts in passages: ``§ KEY [kind]`` begins one, blank lines inside it separate paragraphs.

``§ KEY [kind] was KEY KEY`` names passages that went into this one: links to them lead here.

A line of the text itself that begins with § is written with a backslash before it: ``\§``; one
that begins with backslashes and § with one more. Without any ``§ KEY`` line a text has one passage
a paragraph, keyed p1, p2, …
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from config.content.nodes import clean
from config.content.places import Place, Problems
from config.content.records import Passage

KEY = "[A-Za-z0-9_-]{1,40}"
MARK = re.compile(rf"§[ \t]+({KEY})(?:[ \t]+\[([a-z_]+)\])?(?:[ \t]+was((?:[ \t]+{KEY})+))?[ \t]*")
ESCAPED = re.compile(r"^\\(?=\\*§)", re.MULTILINE)
TO_ESCAPE = re.compile(r"^(?=\\*§)", re.MULTILINE)


def front_matter(text: str) -> tuple[str | None, str, int]:
    """Return the front matter (None: it has no end), the body, and the lines before the body."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return "", text, 0
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 1
    return None, "", 0


def read_passages(body: str, file: str, before: int, problems: Problems) -> list[Passage]:
    """Return the passages of a text whose first line is number ``before`` + 1 of its file."""
    lines = list(enumerate(body.split("\n"), start=before + 1))
    if any(MARK.fullmatch(line) for _number, line in lines):
        return list(marked(lines, file, problems))
    for number, line in lines:
        if line.startswith("§"):
            problems.add(Place(file, number), stray(line))
    return list(unmarked(lines, file, problems))


def marked(lines: Iterable[tuple[int, str]], file: str, problems: Problems) -> Iterator[Passage]:
    """Yield the passages of a text with ``§ KEY`` lines."""
    found: dict[str, Passage] = {}
    passage: Passage | None = None
    text: list[str] = []
    for number, line in lines:
        at = Place(file, number)
        if mark := MARK.fullmatch(line):
            if passage:
                yield finish(passage, text, passage.at.line + 1, problems)
            was = (mark[3] or "").split()
            passage, text = Passage(at=at, key=mark[1], kind=mark[2] or "", was=was), []
            for key in (passage.key, *was):
                if (first := found.setdefault(key, passage)) is not passage:
                    reason = _(
                        "The passage “%(key)s” stands here a second time, after line %(line)d."
                    )
                    problems.add(at, reason % {"key": key, "line": first.at.line})
        elif line.startswith("§"):
            problems.add(at, stray(line))
        elif passage:
            text.append(line)
        elif line.strip():
            problems.add(at, _("This text stands before the first “§ KEY” line."))
    if passage:
        yield finish(passage, text, passage.at.line + 1, problems)


def unmarked(lines: Iterable[tuple[int, str]], file: str, problems: Problems) -> Iterator[Passage]:
    """Yield one passage a paragraph."""
    begun: int | None = None
    text: list[str] = []
    count = 0
    for number, line in [*lines, (0, "")]:
        if line.strip():
            begun = begun or number
            text.append(line)
        elif begun:
            count += 1
            passage = Passage(at=Place(file, begun), key=f"p{count}")
            yield finish(passage, text, begun, problems)
            begun, text = None, []


def finish(passage: Passage, lines: list[str], first: int, problems: Problems) -> Passage:
    """Give a passage its text, which begins with a line of the file."""
    text = ESCAPED.sub("", "\n".join(lines))
    passage.text = clean(text, Place(passage.at.file, first), problems)
    return passage


def stray(line: str) -> str:
    """Say what is wrong with a line that begins with § and begins no passage."""
    return _("This is no “§ KEY [kind]” line. A line of the text that begins with § needs “\\§”.")


def write_passages(passages: Iterable[tuple[str, str, str, Sequence[str]]]) -> str:
    """Return the text of a file with (key, kind, text, former keys) passages.

    An empty kind is left out.
    """
    return "\n".join(
        " ".join(["§", key, *([f"[{kind}]"] if kind else []), *(["was", *was] if was else [])])
        + "\n"
        + (f"{escape(text)}\n" if text else "")
        for key, kind, text, was in passages
    )


def escape(text: str) -> str:
    r"""Put a backslash before every § (or \§) that begins a line."""
    return TO_ESCAPE.sub(r"\\", text)
