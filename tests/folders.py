"""Content folders for tests, and what the commands make of them."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from config.content.places import BadFolder
from config.content.writing import import_folder

POST = """---
title: Salt in the wells
slug: salt
published: 2025-03-11T08:30
---
They met at *dawn*.
"""
APPEAL = """title: To the people of the lake
original_language: ru
published: 2025-03-11
"""
ORIGINAL = "§ title [title]\nК людям озера\n\n§ p1\nВода ушла.\n"
ENGLISH = """---
title: To the lake
published: 2025-03-11
---
§ title
To the people of the lake

§ p1
The water has gone.
"""
LAKE = {
    "appeals/lake/appeal.yaml": APPEAL,
    "appeals/lake/original.ru.txt": ORIGINAL,
    "appeals/lake/translation.en.txt": ENGLISH,
}


def lay(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write a folder's files."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def problems(root: Path, files: dict[str, str | bytes], **options: Any) -> list[str]:
    """Return what an import of these files complains of."""
    try:
        import_folder(lay(root, files), **options)
    except BadFolder as bad:
        return bad.problems.lines()
    return []


def run(folder: Path, *options: str) -> dict[str, int]:
    """Run the command and return its last line, parsed."""
    output = StringIO()
    call_command("import_content", str(folder), *options, stdout=output)
    return json.loads(output.getvalue().splitlines()[-1])


def counts(made: int = 0, updated: int = 0, unchanged: int = 0, published: int = 0) -> Any:
    return {"made": made, "updated": updated, "unchanged": unchanged, "published": published}
