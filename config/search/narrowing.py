"""What results can be narrowed down to: what the best of them have, and no counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from appeals.models import AppealEdition
from appeals.models.editions import AppealEditionOrganisation
from blog.models import PostEditionLabel
from config.search.asking import Question
from config.search.matching import Hit
from config.search.models import Kind
from editorial.languages import language_name

#: Values with their names, and how many results have each.
Values = dict[str, tuple[str, int]]
#: So many values of one kind are offered.
MOST = 12


@dataclass(frozen=True)
class Choice:
    """A value to narrow down to, or the one that is chosen, and the query that says so."""

    name: str
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    name: str
    label: str
    choices: list[Choice]

    @property
    def of_names(self) -> bool:
        """Whether its values are names that the newsroom spells, in whatever interface."""
        return self.name in ("organisation", "place", "label")


def kind_name(kind: str) -> str:
    names = {Kind.POST: _("Posts"), Kind.APPEAL: _("Appeals"), Kind.PAGE: _("Pages")}
    return names.get(Kind(kind), _("Translations"))


def filters(question: Question, hits: Sequence[Hit], now: datetime) -> list[Filter]:
    """Return the filters that would change something, and those that are set."""
    posts = [hit.edition for hit in hits if hit.kind == Kind.POST]
    items = Counter(hit.appeal_item for hit in hits if hit.appeal_item)
    live = AppealEdition.objects.live(now).filter(item_id__in=list(items))
    labels = PostEditionLabel.objects.filter(edition__in=posts).values_list("slug", "name")
    bodies = AppealEditionOrganisation.objects.filter(edition__in=live)
    places = [
        (place, place)
        for item, place in live.exclude(indexed__place="").values_list("item_id", "indexed__place")
        for _hit in range(items[item])
    ]
    languages = Counter(hit.language for hit in hits)
    found = [
        ("kind", _("Kind"), named(Counter(hit.kind for hit in hits), kind_name)),
        ("language", _("Language"), named(languages, lambda code: capfirst(language_name(code)))),
        ("year", _("Year"), named(Counter(str(hit.year) for hit in hits), str)),
        ("organisation", _("Organisation"), counted(bodies.values_list("slug", "name").distinct())),
        ("place", _("Place"), counted(places)),
        ("label", _("Label"), counted(labels)),
    ]
    made = [Filter(name, label, choices(question, name, values)) for name, label, values in found]
    return [f for f in made if len(f.choices) > 1 or any(c.is_chosen for c in f.choices)]


def named(counts: Counter[str], name: Callable[[str], str]) -> Values:
    """Return values with their names, and how many results have each."""
    return {value: (name(value), count) for value, count in counts.items() if value}


def counted(rows: Iterable[tuple[str, str]]) -> Values:
    """Return values with their names from rows of both, likewise."""
    rows = sorted(rows)
    names, counts = dict(rows), Counter(value for value, _name in rows)
    return {value: (names[value], counts[value]) for value in names if value}


def choices(question: Question, name: str, values: Values) -> list[Choice]:
    """Return the commonest values of a filter, by their names; the chosen one leads back."""
    chosen = question.filters.get(name, "")
    if chosen:
        shown, count = values.get(chosen, ("", 0))
        values = {chosen: (shown or names_itself(name, chosen), count)}
    common = sorted(values, key=lambda value: (-values[value][1], value))[:MOST]
    return [
        Choice(
            values[value][0],
            question.query(**{name: "" if value == chosen else value}),
            value == chosen,
        )
        for value in sorted(common, key=lambda value: (values[value][0].casefold(), value))
    ]


def names_itself(name: str, value: str) -> str:
    """Return how a value is called that no result has."""
    if name == "kind":
        return kind_name(value)
    return language_name(value) if name == "language" else value
