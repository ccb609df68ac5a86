"""What results can be narrowed down to: what the best of them have, and no counts."""

from collections import Counter
from collections.abc import Iterable, Sequence
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
    found = [
        ("kind", _("Kind"), [(hit.kind, kind_name(hit.kind)) for hit in hits]),
        (
            "language",
            _("Language"),
            [(hit.language, capfirst(language_name(hit.language))) for hit in hits],
        ),
        ("year", _("Year"), [(str(hit.year), str(hit.year)) for hit in hits]),
        ("organisation", _("Organisation"), bodies.values_list("slug", "name").distinct()),
        ("place", _("Place"), places),
        ("label", _("Label"), labels),
    ]
    made = [Filter(name, label, choices(question, name, values)) for name, label, values in found]
    return [f for f in made if len(f.choices) > 1 or any(c.is_chosen for c in f.choices)]


def choices(question: Question, name: str, values: Iterable[tuple[str, str]]) -> list[Choice]:
    """Return the commonest values of a filter, by their names; the chosen one leads back."""
    values = sorted(values)
    names = {value: shown for value, shown in values if value}
    chosen = question.filters.get(name, "")
    if chosen:
        names = {chosen: names.get(chosen) or names_itself(name, chosen)}
    counts = Counter(value for value, _shown in values)
    common = sorted(names, key=lambda value: (-counts[value], value))[:MOST]
    return [
        Choice(
            names[value],
            question.query(**{name: "" if value == chosen else value}),
            value == chosen,
        )
        for value in sorted(common, key=lambda value: (names[value].casefold(), value))
    ]


def names_itself(name: str, value: str) -> str:
    """Return how a value is called that no result has."""
    if name == "kind":
        return kind_name(value)
    return language_name(value) if name == "language" else value
