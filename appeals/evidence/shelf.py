"""Where pages are kept: privately, each under the SHA-256 of its bytes, never to change.

Beside a page lie its smaller widths, each under the page's digest and its own width. No row speaks
of them: they come and go with the page, and are public where it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, transaction

from appeals.evidence import limits
from appeals.models import AppealEditionPage, PageImage
from appeals.models.sources import private_storage

FOLDER = "pages"
NARROWED = re.compile(r"(?<=/)([0-9a-f]{64})-\d+(\.\w+)$")
#: Which locks of PostgreSQL's are ours, and how many: it has room for some thousands in all.
LOCK, LOCKS = 0x70616765, 1024

#: The files stored since the transaction began, of whoever wants none of them if it fails.
_new: ContextVar[list[str] | None] = ContextVar("new", default=None)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Run a transaction; when it fails, the files that it stored go as its rows do."""
    stored: list[str] = []
    try:
        with transaction.atomic(), collecting(stored):
            yield
    except BaseException:
        discard(stored)
        raise


@contextmanager
def collecting(stored: list[str]) -> Iterator[None]:
    """Let a list grow by the names of the files stored meanwhile: a rollback keeps them."""
    token = _new.set(stored)
    try:
        yield
    finally:
        _new.reset(token)


def discard(stored: list[str]) -> None:
    """Remove files that were stored for nothing; a page's only where nobody else relies on it."""
    for name in stored:
        if name.startswith(f"{FOLDER}/"):
            forget([whole(name)])
        else:
            private_storage().delete(name)
    stored.clear()


def remember(name: str) -> None:
    """Note that a file is new: it goes again if what it belongs to is not saved."""
    if (stored := _new.get()) is not None:
        stored.append(name)


def put(data: bytes, suffix: str, smaller: Mapping[int, bytes]) -> tuple[str, str]:
    """Store a page and its smaller widths; return the page's stored name and its digest."""
    digest = sha256(data).hexdigest()
    name = f"{FOLDER}/{digest}.{suffix}"
    hold(name)
    store(name, data)
    for width, less in smaller.items():
        store(narrowed(name, width), less)
    return name, digest


def store(name: str, data: bytes) -> None:
    """Store a file under its name, unless it is there and whole."""
    storage = private_storage()
    if storage.exists(name):
        if storage.size(name) == len(data):
            return
        storage.delete(name)  # whoever began to write it was cut off
    saved = storage.save(name, ContentFile(data))
    if saved != name:  # somebody stored the same page at this moment
        storage.delete(saved)
    else:
        remember(name)


def narrowed(name: str, width: int) -> str:
    """Return the name of a page's smaller width, by the page's name or that of its file."""
    stem, _dot, suffix = name.rpartition(".")
    return f"{stem}-{width}.{suffix}"


def whole(name: str) -> str:
    """Return the name of the page that a file is, or is a smaller width of."""
    return NARROWED.sub(r"\1\2", name)


def open_page(file: str) -> Any:
    """Open a page's picture, or a smaller width of it, by its file's name.

    Raises:
        FileNotFoundError: it is not kept any more.
    """
    return private_storage().open(f"{FOLDER}/{file}")


def remove(name: str) -> None:
    """Remove a page's picture in all widths, also in those that it may not have."""
    storage = private_storage()
    for one in (*(narrowed(name, width) for width in limits.WIDTHS), name):
        storage.delete(one)


def hold(name: str, *, alone: bool = False) -> None:
    """Let nobody remove a page's files until this transaction ends, or nobody store them either.

    Without it a page could be found on the shelf by somebody and removed by somebody else before
    the row that needs it is saved. On SQLite one transaction writes at a time anyway.
    """
    if connection.vendor == "postgresql":
        lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        digest = sha256(name.encode()).digest()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(%s, %s)", [LOCK, int.from_bytes(digest[:2]) % LOCKS])


def is_needed(name: str) -> bool:
    """Tell whether a document or an edition has a page, by its stored name."""
    shown = AppealEditionPage.objects.filter(file=name.rpartition("/")[2])
    return PageImage.objects.filter(file=name).exists() or shown.exists()


def forget(names: Iterable[str]) -> None:
    """Remove the pictures among these that no document and no edition has any more.

    A page that was superseded may show what its successor hides, so nothing keeps it around.
    """
    for name in set(names):
        with transaction.atomic():
            hold(name, alone=True)
            if not is_needed(name):
                remove(name)


def forget_in_the_end(names: Iterable[str]) -> None:
    """Forget pictures once the transaction is through; a failure is logged, and tidied up later."""
    transaction.on_commit(lambda: forget(names), robust=True)


def forget_page(sender: Any, instance: PageImage, **_kwargs: Any) -> None:
    """Receiver: when a page's row is gone, its picture goes too, unless something has it."""
    if name := str(instance.file.name or ""):
        forget_in_the_end([name])


def forget_original(sender: Any, instance: Any, **_kwargs: Any) -> None:
    """Receiver: when a document's row is gone, its original goes too."""
    if name := str(instance.original.name or ""):
        transaction.on_commit(lambda: private_storage().delete(name))
