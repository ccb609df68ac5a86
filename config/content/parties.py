"""Organisations, people and labels: from a name in a file to one row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from appeals.models import Appeal, Organisation, Person
from blog.models import Label, Post
from config.content.places import Problems, Ref
from config.content.records import Party
from config.masthead.models import Masthead
from editorial.editing import editing
from editorial.fields import fold, slug_of


@dataclass
class Parties:
    """Those of one kind that a folder speaks of, described or only named."""

    model: Any
    file: str
    described: list[Party]
    problems: Problems
    named: dict[str, Party] = field(default_factory=dict)
    rows: dict[int, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_name: dict[str, list[Party]] = defaultdict(list)
        for party in self.described:
            self.by_name[self.key(party.name)].append(party)
        self.by_slug = {party.slug: party for party in self.described if party.slug}

    def key(self, name: str) -> str:
        """Return the form in which two names are one: a label's case says nothing."""
        return fold(name) if self.model is Label else name

    def find(self, ref: Ref) -> Party:
        """Return who is meant by a name (or by the slug of somebody described)."""
        same = self.by_name.get(self.key(ref), [])
        if len(same) > 1 and ref not in self.by_slug:
            reason = _("“%(name)s” is described more than once in %(file)s: write the slug here.")
            self.problems.add(ref.at, reason % {"name": ref, "file": self.file})
        if same:
            return same[0]
        if ref in self.by_slug:
            return self.by_slug[ref]
        return self.named.setdefault(self.key(ref), Party(at=ref.at, name=ref))

    def settle(self) -> None:
        """Find everybody's row and slug; report two names that would share one address."""
        taken: dict[str, Party] = {}
        for party in self.everybody():
            row: Any = self.row_of(party)
            party.slug = party.slug or (row.slug if row else slug_of(party.name))
            if not party.slug:
                reason = _("No slug can be made from this name: give one in %s.")
                self.problems.add(party.at, reason % self.file)
            elif first := taken.get(party.slug):
                reason = _(
                    "“%(name)s” and “%(other)s” (%(at)s) would share the slug “%(slug)s”: "
                    "give one of them its own in %(file)s."
                )
                about = {"name": party.name, "other": first.name, "at": first.at}
                about |= {"slug": party.slug, "file": self.file}
                self.problems.add(party.at, reason % about)
            taken.setdefault(party.slug, party)
            self.rows[id(party)] = row

    def everybody(self) -> Iterator[Party]:
        yield from self.described
        yield from self.named.values()

    def row_of(self, party: Party) -> Any:
        """Return the row that a party already has: by its slug, or else by its name."""
        manager = self.model._default_manager
        if party.slug:
            return manager.filter(slug=party.slug).first()
        by_name = {"folded": fold(party.name)} if self.model is Label else {"name": party.name}
        rows = list(manager.filter(**by_name)[:2])
        if len(rows) > 1:
            reason = _("Several here are called “%(name)s”: give the slug in %(file)s.")
            self.problems.add(party.at, reason % {"name": party.name, "file": self.file})
        if not rows and (other := manager.filter(slug=slug_of(party.name)).first()):
            reason = _("The slug “%(slug)s” belongs to “%(other)s” here: give another in %(file)s.")
            names = {"slug": other.slug, "other": other.name, "file": self.file}
            self.problems.add(party.at, reason % names)
        return rows[0] if rows else None

    def row(self, ref: Ref | None) -> Any:
        """Return the row of whoever is meant; None for nobody."""
        return self.rows[id(self.find(ref))] if ref else None


def write_parties(parties: Parties) -> Iterator[str]:
    """Write everybody's row; yield what happened to each: made, updated or unchanged."""
    described = {id(party) for party in parties.described}
    for party in parties.everybody():
        row = parties.rows[id(party)]
        says: dict[str, Any] = {"name": party.name}
        if parties.model is not Label:
            says |= {"names": party.names} if id(party) in described else {}
        if row is None:
            parties.rows[id(party)] = parties.model._default_manager.create(slug=party.slug, **says)
            yield "made"
        elif id(party) in described and any(getattr(row, k) != v for k, v in says.items()):
            with ExitStack() as stack:
                for item in showing(row) if row.name != party.name else ():
                    stack.enter_context(editing(item, by=None))
                for name, value in says.items():
                    setattr(row, name, value)
                row.save()
            yield "updated"
        else:
            yield "unchanged"


def showing(row: Any) -> Iterable[Any]:
    """Return the items that show a party's name."""
    if isinstance(row, Label):
        linked = Masthead.objects.filter(entries__label=row).distinct()
        return [*Post.objects.filter(labels=row), *linked]
    if isinstance(row, Person):
        return [
            *Post.objects.filter(byline=row).distinct(),
            *Appeal.objects.filter(signatories__person=row).distinct(),
        ]
    assert isinstance(row, Organisation)
    issued = Appeal.objects.filter(issuers__organisation=row)
    signed = Appeal.objects.filter(signatories__organisation=row)
    return [*(issued | signed).distinct()]
