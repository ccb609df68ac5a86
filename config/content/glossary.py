"""The glossary. An import adds to it and changes terms, and takes none away."""

from collections.abc import Iterator
from typing import Any

from appeals.models import GlossaryTerm
from editorial.fields import fold

#: What a folder says of a term.
TERM = ("source", "target", "term", "rendering", "forbidden", "note")


def write_glossary(plan: Any) -> Iterator[str]:
    """Write every term; yield what happened to each: made, updated or unchanged."""
    for said in plan.folder.glossary:
        new = {name: str(getattr(said, name)) for name in TERM}
        same = {"source": new["source"], "target": new["target"], "folded": fold(new["term"])}
        row, made = GlossaryTerm.objects.get_or_create(**same, defaults=new)
        changed = {name: value for name, value in new.items() if getattr(row, name) != value}
        if changed:
            for name, value in changed.items():
                setattr(row, name, value)
            row.save()
        yield "made" if made else "updated" if changed else "unchanged"
