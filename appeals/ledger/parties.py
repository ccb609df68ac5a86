"""Organisations and people as tables name them: by slug, by name, or by a name elsewhere."""

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from appeals.models import Organisation, Person
from editorial.fields import slug_of


class Parties:
    """Those of one kind who are there, and those whom a table names for the first time.

    Args:
        may_make: whether new ones may be made.
    """

    def __init__(self, model: type[Organisation] | type[Person], may_make: bool = True) -> None:
        self.model = model
        self.may_make = may_make
        self.by_slug: dict[str, Any] = {}
        self.by_name: dict[str, list[Any]] = defaultdict(list)
        self.by_other: dict[str, list[Any]] = defaultdict(list)
        self.new: dict[str, Any] = {}
        for party in model._default_manager.all():
            self.by_slug[party.slug] = party
            self.by_name[party.name].append(party)
            for name in (party.names or {}).values():
                self.by_other[str(name)].append(party)

    def find(self, said: str) -> Any:
        """Return who is meant; somebody new is made later, when the rest is written.

        Raises:
            ValidationError: nobody can say who is meant, or nobody new may be made.
        """
        if not said:
            return None
        if party := self.by_slug.get(said) or self.new.get(said):
            return party
        found = self.by_name.get(said) or self.by_other.get(said) or []
        if len(found) > 1:
            raise ValidationError(_("several have this name: write the slug."))
        return found[0] if found else self.invent(said)

    def invent(self, name: str) -> Any:
        if not self.may_make:
            raise ValidationError(_("this name is new, and your role makes none."))
        party = self.model(name=name, slug=slug_of(name, 120))
        if not party.slug:
            raise ValidationError(_("no slug can be made of this: make the entry by hand first."))
        taken = {made.slug for made in self.new.values()} | self.by_slug.keys()
        if party.slug in taken:
            raise ValidationError(
                _("its slug “%s” is somebody else’s: make the entry by hand, or write the slug.")
                % party.slug
            )
        self.new[name] = party
        return party

    def make(self) -> None:
        """Write those who are new."""
        made = list(self.new.values())
        self.model._default_manager.bulk_create(made, batch_size=500)
        for party in made:
            self.by_slug[party.slug] = party
            self.by_name[party.name].append(party)
        self.new = {}
