"""The process in which one file is read: no secrets around it, and little it can use up.

It reads a job as JSON from its standard input and answers with one line of JSON:
``{"pages": [{"number", "width", "height", "file", "smaller": {WIDTH: FILE}}]}`` or
``{"refused": REASON}``; a job about metadata with a line for each file,
``{"metadata": {NAME: [TEXT]}}``.
"""

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from appeals.evidence import limits
from appeals.evidence.kinds import Refused
from appeals.evidence.metadata import metadata
from appeals.evidence.pixels import encoded, public, smaller
from appeals.evidence.sources import pages


def confine() -> None:
    """Limit what this process may take, where the system knows such limits."""
    with contextlib.suppress(ImportError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.SECONDS, limits.SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """Write the pages asked for into the job's folder, and describe them."""
    boxes = {int(number): found for number, found in job["boxes"].items()}
    made = []
    for number, image in pages(Path(job["source"]), job["only"]):
        page = public(image, boxes.get(number, ()))
        data, suffix = encoded(page)
        file, narrow = f"{number}.{suffix}", {}
        Path(job["folder"], file).write_bytes(data)
        for width, less in (smaller(data, suffix) if job["smaller"] else {}).items():
            narrow[width] = f"{number}-{width}.{suffix}"
            Path(job["folder"], narrow[width]).write_bytes(less)
        said = {"width": page.width, "height": page.height, "file": file, "smaller": narrow}
        made.append({"number": number} | said)
    return {"pages": made} if made else {"refused": "damaged"}


def describe(files: dict[str, str]) -> None:
    """Write a line about the metadata of each file, and none of one that cannot be read."""
    for name, path in files.items():
        with contextlib.suppress(Exception):  # a reader fails in as many ways as files are broken
            print(json.dumps({"metadata": {name: metadata(Path(path))}}), flush=True)


def main() -> None:
    confine()
    try:
        job = json.load(sys.stdin)
        if "metadata" in job:
            return describe(job["metadata"])
        said = answer(job)
    except Refused as refusal:
        said = {"refused": refusal.reason}
    except MemoryError:
        said = {"refused": "too_large"}
    except Exception as error:  # a reader fails in as many ways as files are broken
        bomb = "Bomb" in type(error).__name__
        said = {"refused": "too_large" if bomb else "damaged"}
    print(json.dumps(said))


if __name__ == "__main__":
    main()
