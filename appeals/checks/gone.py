"""Names that editions of an appeal gave and that its signatories give no more.

Names that were redacted are gone from the editions, and a name that was always withheld was never
stored: neither can be looked for.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from appeals.models import AppealEditionName, CanonicalName, NameVariant, Person
from editorial.matching import MARK, fold

Key = tuple[int | str, ...]
WORD = re.compile(r"[^\W_]+")


def gone(appeal: Any, signatories: Iterable[Any]) -> list[str]:
    """Return the names to look for, in a fixed number of queries however many editions there are.

    Another public spelling of somebody who still signs is none: of the same person, the same but
    for case and accents, or the same name as far as the name memory knows. What it knows of a name
    to look for is looked for too.

    Args:
        signatories: the appeal's, each with its person.
    """
    given = {(name, slug) for name, slug in given_no_more(appeal)} | names_of_the_gone(appeal)
    if not given:
        return []
    signatories = list(signatories)
    shown, people = shown_now(signatories)
    family = Family()
    excused = {family.key(name) for name in shown}
    excused |= {family.key(name) for name, slug in given if slug in people}
    names = {name for name, _slug in given if name.strip() and MARK not in name}
    hidden = {name for name in names if family.key(name) not in excused}
    return sorted(hidden.union(*(family.spellings(name) for name in hidden)))


def given_no_more(appeal: Any) -> QuerySet[Any, Any]:
    """Return the names in editions that no row of the working copy has, letter for letter."""
    linked = appeal.signatories.filter(person__isnull=False)
    names = AppealEditionName.objects.filter(edition__item=appeal)
    for now in (
        appeal.signatories.values("name"),
        appeal.signatories.values("printed_as"),
        linked.values("person__name"),
    ):
        names = names.exclude(name__in=now.order_by())
    return names.order_by().values_list("name", "slug").distinct()


def names_of_the_gone(appeal: Any) -> set[tuple[str, str]]:
    """Return what people are called in any language who signed an edition and sign no more."""
    linked = appeal.signatories.filter(person__isnull=False).order_by()
    rows = AppealEditionName.objects.filter(edition__item=appeal).exclude(slug="").order_by()
    gone_people = rows.exclude(slug__in=linked.values("person__slug"))
    people = Person.objects.filter(slug__in=gone_people.values("slug"))
    return {
        (str(name), slug)
        for slug, called, names in people.values_list("slug", "name", "names")
        for name in (called, *names.values())
    }


def shown_now(signatories: Iterable[Any]) -> tuple[set[str], set[str]]:
    """Return what the signatories are called today, and the people they are."""
    names: set[str] = set()
    people: set[str] = set()
    for signatory in signatories:
        names |= {signatory.name, signatory.printed_as}
        if person := signatory.person:
            people.add(person.slug)
            names |= {person.name, *map(str, person.names.values())}
    return names - {""}, people


def same(name: str) -> str:
    """Return what is the same in a name however its case, its accents and its spaces are."""
    return " ".join(fold(name).split())


class Family:
    """The name memory: which spellings are one name."""

    def __init__(self) -> None:
        self.texts: dict[int, set[str]] = defaultdict(set)
        of: dict[str, set[int]] = defaultdict(set)
        for pk, text in [
            *CanonicalName.objects.values_list("pk", "text"),
            *NameVariant.objects.values_list("name_id", "text"),
        ]:
            self.texts[pk].add(text)
            of[same(text)].add(pk)
        #: A spelling that two names share says nothing.
        self.of = {spelling: pk for spelling, [pk, *more] in of.items() if not more}

    def key(self, name: str) -> Key:
        """Return what is the same for all spellings of a name, as a whole or word by word."""
        if (whole := self.of.get(same(name))) is not None:
            return (whole,)
        return tuple(self.of.get(word, word) for word in WORD.findall(same(name)))

    def spellings(self, name: str) -> set[str]:
        """Return the other spellings of a name as a whole."""
        return self.texts.get(self.of.get(same(name), 0), set())
