"""The one stylesheet readers load: static/css/index.css with its parts, joined and minified."""

import gzip
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


def put(target: Path, content: bytes) -> None:
    """Write a file whole, in the place of an older one."""
    fresh = target.with_suffix(f".{os.getpid()}.tmp")
    fresh.write_bytes(content)
    fresh.replace(target)


class StylesheetFinder(BaseFinder):
    """Offers css/site.css to runserver, WhiteNoise and collectstatic alike.

    WhiteNoise is given it compressed, too, where it sends what finders find.

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
            put(target, css.encode())
        return target

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        found = str(self.build())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        target = self.build()
        yield NAME, self.storage
        if settings.WHITENOISE_USE_FINDERS:  # in the demonstration nothing is collected
            small = target.with_name(f"{target.name}.gz")
            put(small, gzip.compress(target.read_bytes(), mtime=0))
            yield f"{NAME}.gz", self.storage
