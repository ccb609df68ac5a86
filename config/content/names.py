"""The name memory. An import adds to it, and takes nothing away."""

from collections.abc import Iterator

from appeals.models import CanonicalName
from appeals.naming.linking import link_everywhere
from config.content.checking import Plan
from config.content.records import Name
from editorial.fields import fold


def write_names(plan: Plan) -> Iterator[str]:
    """Write every name; yield what happened to each: made, updated or unchanged."""
    for said in plan.folder.names:
        name, made = CanonicalName.objects.get_or_create(
            text=said.canonical, defaults={"note": said.note}
        )
        changed = add_spellings(name, said, plan)
        if said.note and name.note != said.note:
            name.note = said.note
            name.save()
            changed = True
        if made or changed:
            link_everywhere(name.variants.all(), by=None)
        yield "made" if made else "updated" if changed else "unchanged"


def add_spellings(name: CanonicalName, said: Name, plan: Plan) -> bool:
    """Add the spellings and distinctions that are missing; tell whether any was."""
    changed = False
    for spelling in said.variants:
        row, made = name.variants.get_or_create(
            folded=fold(spelling.text),
            language=spelling.language,
            defaults={"text": spelling.text, "script": spelling.script},
        )
        appeals = {plan.appeal_row(ref) for ref in spelling.printed_in}
        missing = appeals - set(row.printed_in.all())
        row.printed_in.add(*missing)
        changed |= made or bool(missing)
    for other in said.not_the_same_as:
        _row, made = name.distinctions.get_or_create(
            folded=fold(other), defaults={"other": str(other)}
        )
        changed |= made
    return changed
