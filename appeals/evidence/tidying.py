"""Putting the shelf in order: what failures left goes, and what pages lack is made."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from appeals.evidence import limits, shelf
from appeals.evidence.pixels import smaller, widths
from appeals.models import AppealEditionPage, PageImage
from appeals.models.sources import private_storage

#: The row of a file so young may not be saved yet.
YOUNG = timedelta(hours=1)


def tidy() -> Counter[str]:
    """Remove the pictures that nothing needs, and make the smaller widths that pages lack.

    Returns:
        how many were ``removed``; how many pages got widths (``narrowed``); how many pages are
        ``lost``, and how many ``damaged``: other bytes than their digest says.
    """
    there = kept()
    gone = needless(there)
    shelf.forget(map(shelf.whole, gone))
    found = Counter(removed=len(gone))
    for name in sorted(needed()):
        if name not in there:
            found["lost"] += 1
        elif lacking(name, there):
            found[narrow(name)] += 1
    return found


def kept() -> set[str]:
    """Return the stored names of all pictures."""
    with suppress(FileNotFoundError):
        return {f"{shelf.FOLDER}/{file}" for file in private_storage().listdir(shelf.FOLDER)[1]}
    return set()


def needed() -> set[str]:
    """Return the stored names of the pages that documents and editions have."""
    shown = AppealEditionPage.objects.values_list("sha256", "file").distinct()
    of_editions = {f"{shelf.FOLDER}/{file}" for digest, file in shown if len(digest) == 64}
    return of_editions | set(PageImage.objects.values_list("file", flat=True))


def needless(there: set[str]) -> set[str]:
    """Return the files that nothing needs and that are no longer young."""
    pages, before = needed(), timezone.now() - YOUNG
    without = {name for name in there if shelf.whole(name) not in pages}
    return {name for name in without if private_storage().get_modified_time(name) < before}


def lacking(name: str, there: set[str]) -> bool:
    """Tell whether a page may have widths that are not there."""
    suffix = name.rpartition(".")[2]
    possible = widths(limits.SIDE, suffix)
    if own := PageImage.objects.filter(file=name).values_list("width", flat=True).first():
        possible = widths(own, suffix)
    return any(shelf.narrowed(name, width) not in there for width in possible)


def narrow(name: str) -> str:
    """Make a page's smaller widths of the page as it is kept; return what came of it."""
    with private_storage().open(name) as file:
        data = file.read()
    stem, _dot, suffix = name.rpartition("/")[2].partition(".")
    if sha256(data).hexdigest() != stem:
        return "damaged"
    made = smaller(data, suffix)
    with transaction.atomic():
        shelf.hold(name)
        if shelf.is_needed(name):  # and was not taken away meanwhile
            for width, less in made.items():
                shelf.store(shelf.narrowed(name, width), less)
    return "narrowed" if made else "narrow"
