"""The one stylesheet readers load: static/css/index.css with its parts, joined and minified."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import rcssmin
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

IMPORT = re.compile(r'@import "([^"]+)";')
NAME = "css/site.css"


def joined(index: Path) -> str:
    """Return the stylesheet with every part in the place of its import, minified."""

    def part(match: re.Match[str]) -> str:
        return (index.parent / match[1]).read_text(encoding="utf-8")

    css = IMPORT.sub(part, index.read_text(encoding="utf-8"))
    return str(rcssmin.cssmin(css))


class StylesheetFinder(BaseFinder):
    """Offers css/site.css to runserver, WhiteNoise and collectstatic alike.

    The file is written under VAR_DIR, and written again only when it would differ: two
    processes that start together put the same bytes in the same place by a rename.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.index = Path(settings.BASE_DIR) / "static" / "css" / "index.css"
        self.storage = FileSystemStorage(location=Path(settings.VAR_DIR) / "built")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def build(self) -> Path:
        """Write the stylesheet if it is missing or old, and return where it is."""
        target = Path(self.storage.path(NAME))
        css = joined(self.index)
        if not target.exists() or target.read_text(encoding="utf-8") != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(f".{os.getpid()}.tmp")
            fresh.write_text(css, encoding="utf-8")
            fresh.replace(target)
        return target

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        found = str(self.build())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        self.build()
        yield NAME, self.storage
