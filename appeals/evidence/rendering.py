"""Having a file's pages drawn by another process, and saying why one is refused."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.evidence import limits
from appeals.evidence.kinds import Refused, check_name, kind_of
from appeals.evidence.pixels import Rectangle
from editorial.states import CannotNow


class NotTaken(CannotNow):
    """The file is not taken, with a sentence that says why."""


@dataclass(frozen=True)
class Drawn:
    """One page as the public may see it."""

    number: int
    width: int
    height: int
    suffix: str
    data: bytes
    smaller: Mapping[int, bytes]


def sentence(reason: str, facts: Mapping[str, Any]) -> str:
    """Return why a file is refused, for the person who brought it."""
    sentences = {
        "empty": _("The file is empty."),
        "unknown": _("This is no file that we read: bring JPEG, PNG, TIFF, HEIC or PDF."),
        "misnamed": _(
            "The name ends in “%(suffix)s”, but the file is %(kind)s. Is it the right one?"
        ),
        "too_heavy": _(
            "The file is larger than %(size)d MB. Bring it in parts or scanned coarser."
        ),
        "too_many": ngettext(
            "The file has more than %(pages)d page. Bring it in parts.",
            "The file has more than %(pages)d pages. Bring it in parts.",
            limits.PAGES,
        ),
        "too_large": _("A page has more pixels than any scan needs. Bring it scanned coarser."),
        "locked": _("This PDF is locked with a password. Bring a copy that is not."),
        "script": _("This PDF holds a program (JavaScript). Print it to a new PDF and bring that."),
        "too_long": _("Reading this file takes too long. Bring it in parts, or scanned coarser."),
        "damaged": _("The file is damaged or cut off: not all of its pages can be read."),
    }
    known = {"size": limits.BYTES // 1024**2, "pages": limits.PAGES}
    return sentences[reason] % (known | dict(facts))


def check_upload(name: str, head: bytes, size: int) -> None:
    """Refuse, before anything reads it, a file that is too heavy or not what its name says.

    Raises:
        NotTaken: with the sentence for the person who brought it.
    """
    try:
        check_name(name, kind_of(head))
        if size > limits.BYTES:
            raise Refused("too_heavy")
    except Refused as refusal:
        raise NotTaken(sentence(refusal.reason, refusal.facts)) from None


def draw(
    chunks: Iterable[bytes],
    boxes: Mapping[int, Sequence[Rectangle]] | None = None,
    only: int | None = None,
    *,
    smaller: bool = True,
) -> list[Drawn]:
    """Return the public pages of a file, the boxes of each burnt in, or only one page.

    Args:
        smaller: whether they are wanted in smaller widths too.

    Raises:
        NotTaken: hostile, broken, too much, or of no kind that we read.
    """
    with tempfile.TemporaryDirectory(prefix="broadside-") as folder:
        source = Path(folder, "original")
        with source.open("xb") as file:
            file.writelines(chunks)
        job = {"source": str(source), "folder": folder, "boxes": boxes or {}, "only": only}
        said = ask(job | {"smaller": smaller})
        if "refused" in said:
            raise NotTaken(sentence(said["refused"], {}))
        return [
            Drawn(
                page["number"],
                page["width"],
                page["height"],
                page["file"].rpartition(".")[2],
                Path(folder, page["file"]).read_bytes(),
                {int(w): Path(folder, file).read_bytes() for w, file in page["smaller"].items()},
            )
            for page in said["pages"]
        ]


def ask(job: dict[str, Any]) -> dict[str, Any]:
    """Run the child on one job; that it crashed or ran out of time is an answer too."""
    try:
        said: dict[str, Any] = json.loads(run(job, limits.SECONDS))
    except subprocess.TimeoutExpired:
        return {"refused": "too_long"}
    except ValueError:
        return {"refused": "damaged"}
    return said


def asked_each(job: dict[str, Any], seconds: int) -> Iterator[tuple[str, Any]]:
    """Yield the child's answers about several files: those it gave before its time was up."""
    try:
        lines = run(job, seconds)
    except subprocess.TimeoutExpired as late:
        lines = late.stdout or b""
    for line in lines.splitlines():
        try:
            said = json.loads(line)
        except ValueError:  # cut off
            return
        yield from said.get("metadata", {}).items()


def run(job: dict[str, Any], seconds: int) -> bytes:
    """Run the child on one job, and return what it says."""
    return subprocess.run(
        [sys.executable, "-m", "appeals.evidence.child"],
        input=json.dumps(job).encode(),
        capture_output=True,
        timeout=seconds,
        cwd=settings.BASE_DIR,
        env={"PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    ).stdout
