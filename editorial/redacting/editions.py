"""Changing what a sealed edition shows, so that its digest and the chain still verify."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from editorial import canonical
from editorial.signals import published

#: Changes a content in place: the values of its leaves, never its shape.
Change = Callable[[dict[str, Any]], None]


def change_editions(editions: Iterable[Any], change: Change) -> int:
    """Change leaves of editions, inside an open redaction; return how many.

    A leaf that changes keeps its hash and loses its salt: nothing confirms a guess at what it
    said. Columns and rows are derived anew.

    Raises:
        ValueError: the change would alter the shape, over which the digest is too.
    """
    return sum(change_edition(edition, change) for edition in editions)


def change_edition(edition: Any, change: Change) -> int:
    """Change leaves of one edition; return how many."""
    content, salts, redactions = (
        json.loads(getattr(edition, name)) for name in ("content", "salts", "redactions")
    )
    hashes = canonical.leaf_hashes(content, salts, redactions)
    before = dict(canonical.leaves(content))
    change(content)
    after = dict(canonical.leaves(content))
    if before.keys() != after.keys():
        raise ValueError("a redaction changes values, not the shape of an edition")
    changed = [pointer for pointer in after if after[pointer] != before[pointer]]
    if not changed:
        return 0
    for pointer in changed:
        salts.pop(pointer, None)
        redactions[pointer] = hashes[pointer]
    rewrite(edition, content, salts, redactions)
    return len(changed)


def rewrite(edition: Any, content: Any, salts: Any, redactions: Any) -> None:
    """Write a redacted edition and everything derived from it; its digest stays as it is."""
    columns = edition.columns(content)
    changes = {
        "content": canonical.canonical(content),
        "salts": canonical.canonical(salts),
        "redactions": canonical.canonical(redactions),
    } | {name: value for name, value in columns.items() if getattr(edition, name) != value}
    type(edition)._base_manager.filter(pk=edition.pk).update(**changes)
    for relation, rows in edition.rows(content).items():
        manager = getattr(edition, relation)
        manager.all().delete()
        manager.bulk_create(
            manager.model(edition=edition, position=position, **row)
            for position, row in enumerate(rows)
        )
    edition.refresh_from_db(fields=list(changes))
    edition.__dict__.pop("data", None)
    published.send(type(edition), edition=edition)
