"""Whether the static files that pages name were collected: without them every page is a 500."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.checks import CheckMessage, Error, Tags, register

from config.stylesheet import NAME, StylesheetFinder


def names() -> Iterator[str]:
    """Yield the names of all static files that there are to collect; none is written."""
    ignored = apps.get_app_config("staticfiles").ignore_patterns  # type: ignore[attr-defined]
    for finder in get_finders():
        if isinstance(finder, StylesheetFinder):
            yield NAME
        else:
            yield from (str(name) for name, _storage in finder.list(ignored))


def missing() -> str:
    """Say what is wrong with the collected files in one line; nothing where all are there."""
    storage: Any = staticfiles_storage
    if not isinstance(storage, ManifestFilesMixin):
        return ""
    collected = storage.hashed_files
    lost = sorted(name for name in names() if storage.hash_key(name) not in collected)
    if not lost:
        return ""
    if not collected:
        return "the static files are not collected (manage.py collectstatic)."
    return f"the collected static files lack {lost[0]} (manage.py collectstatic)."


@register(Tags.staticfiles, deploy=True)
def collected(**options: Any) -> list[CheckMessage]:
    """Report it to who asks before the start: ``manage.py check --deploy``."""
    said = missing()
    return [Error(f"Broadside does not start: {said}", id="config.E001")] if said else []


def demand() -> None:
    """Stop a server that could answer nothing but errors.

    Raises:
        SystemExit: with one line that says why.
    """
    if said := missing():
        raise SystemExit(f"Broadside does not start: {said}")
