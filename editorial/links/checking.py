"""Checking the sources of all working copies: a few at a time, and no server twice in a row."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.db.models import F, Q
from django.utils import timezone

from editorial.links.asking import ask
from editorial.models import SourceLink

Rows = list[Any]


def source_models() -> list[Any]:
    """Return every concrete model of sources."""
    return [model for model in apps.get_models() if issubclass(model, SourceLink)]


def due(limit: int, older_than: timedelta) -> dict[str, Rows]:
    """Return the links whose last check is longest ago, each with the sources that cite it."""
    before = timezone.now() - older_than
    found: Rows = []
    for model in source_models():
        rows = model._base_manager.exclude(url="")
        rows = rows.filter(Q(checked_at=None) | Q(checked_at__lt=before))
        found += rows.order_by(F("checked_at").asc(nulls_first=True), "pk")[:limit]
    found.sort(key=lambda row: row.checked_at.timestamp() if row.checked_at else 0.0)
    by_link: dict[str, Rows] = defaultdict(list)
    for row in found:
        if row.url in by_link or len(by_link) < limit:
            by_link[row.url].append(row)
    return by_link


def check(
    limit: int = 200,
    older_than: timedelta = timedelta(days=7),
    *,
    pause: float = 2.0,
    asking: Callable[[str], str] = ask,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[tuple[str, str]]:
    """Ask the links that are due and yield each with its result.

    The result is stored with the working copies' sources and nowhere else: it is no part of any
    content, so it changes no digest and reopens nothing.

    Args:
        pause: seconds between two questions to the same server.
    """
    asked: dict[str, float] = {}
    for url, rows in due(limit, older_than).items():
        host = urlsplit(url).netloc.lower()
        if host in asked and (wait := asked[host] + pause - time.monotonic()) > 0:
            sleep(wait)
        result = asking(url)
        asked[host] = time.monotonic()
        for row in rows:
            same = type(row)._base_manager.filter(pk=row.pk, url=url)
            same.update(checked_at=timezone.now(), check_result=result)
        yield url, result
