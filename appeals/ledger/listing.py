"""What stands in an appeal's ledger: its rows in order, searched, filtered, counted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from appeals.exposing import exposures
from appeals.ledger.alike import Memory, Twin, likeness, twins
from appeals.models import Appeal, Signatory
from editorial.languages import listed
from editorial.matching import fold

A_PAGE = 100


@dataclass
class Line:
    """One row of the ledger, with what is to be said of it.

    Attributes:
        number: its place, counted from 1.
    """

    number: int
    row: Signatory
    warnings: list[str] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)

    @property
    def alike(self) -> str:
        """Say which other rows may be the same."""
        said = []
        for is_same, text in ((True, _("same name as no. %s")), (False, _("looks like no. %s"))):
            others = [str(twin.index + 1) for twin in self.twins if twin.is_same is is_same]
            said += [text % listed(others)] if others else []
        return listed(said, ";")

    def holds(self, words: Iterable[str]) -> bool:
        """Tell whether each of some folded words stands in this row, in any script."""
        row = self.row
        said = [row.name, row.printed_as, row.role, row.role_original, row.group]
        said += [row.group_original, row.verification]
        said += [str(party) for party in (row.organisation, row.person) if party]
        folded = fold(" ".join(said))
        heard = ""
        for word in words:
            if word in folded:
                continue
            heard = heard or likeness(folded)
            if not (sound := likeness(word)) or sound not in heard:
                return False
        return True


class Wanted(forms.Form):
    """What somebody looks for in a ledger."""

    SHOW = (
        ("", gettext_lazy("everything")),
        ("alike", gettext_lazy("names that look alike")),
        ("exposed", gettext_lazy("what gives a name away")),
        ("unverified", gettext_lazy("not verified")),
        ("withdrawn", gettext_lazy("withdrew")),
    )

    q = forms.CharField(label=gettext_lazy("Search"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Name"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Group"), required=False)
    show = forms.ChoiceField(label=gettext_lazy("Show"), choices=SHOW, required=False)

    def __init__(self, data: object, groups: Iterable[str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        everything = [("", _("all"))]
        status: forms.ChoiceField = self.fields["status"]  # type: ignore[assignment]
        status.choices = [*everything, *Signatory.NameStatus.choices]
        group: forms.ChoiceField = self.fields["group"]  # type: ignore[assignment]
        group.choices = [*everything, *((name, name) for name in groups if name)]

    def value(self, name: str) -> str:
        """Return what was asked for; what means nothing is not asked for."""
        return str(self.cleaned_data.get(name, "")) if self.is_valid() or self.cleaned_data else ""


@dataclass
class Figures:
    """What a ledger comes to."""

    rows: int
    people: int
    organisations: int
    statuses: list[tuple[str, int]]
    groups: int
    verified: int
    withdrew: int

    @classmethod
    def of(cls, rows: Iterable[Signatory]) -> "Figures":
        rows = list(rows)
        is_body = [row.kind == Signatory.Kind.ORGANISATION for row in rows]
        counted = Counter(row.name_status for row in rows)
        return cls(
            rows=len(rows),
            people=sum(row.count for row, body in zip(rows, is_body, strict=True) if not body),
            organisations=sum(is_body),
            statuses=[
                (str(label), counted[value])
                for value, label in Signatory.NameStatus.choices
                if counted[value]
            ],
            groups=len({row.group for row in rows if row.group}),
            verified=sum(bool(row.verification) for row in rows),
            withdrew=sum(row.withdrew_on is not None for row in rows),
        )

    def sentences(self) -> list[str]:
        """Say the figures."""
        said = [ngettext("%(n)d row", "%(n)d rows", self.rows) % {"n": self.rows}]
        said += [ngettext("%(n)d person", "%(n)d people", self.people) % {"n": self.people}]
        if self.organisations:
            text = ngettext("%(n)d organisation", "%(n)d organisations", self.organisations)
            said.append(text % {"n": self.organisations})
        said += [
            _("name %(status)s: %(n)d") % {"status": label, "n": n} for label, n in self.statuses
        ]
        if self.groups:
            said.append(ngettext("%(n)d group", "%(n)d groups", self.groups) % {"n": self.groups})
        said.append(_("verified: %d") % self.verified)
        said.append(_("withdrew: %d") % self.withdrew)
        return said


class Ledger:
    """The signatures of one appeal, read in one query."""

    def __init__(self, appeal: Appeal) -> None:
        self.appeal = appeal

    @cached_property
    def rows(self) -> list[Signatory]:
        return list(self.appeal.part("signatories").order_by("position", "pk"))

    @cached_property
    def figures(self) -> Figures:
        return Figures.of(self.rows)

    @cached_property
    def lines(self) -> list[Line]:
        """Every row with what is to be said of it."""
        lines = [Line(number, row) for number, row in enumerate(self.rows, start=1)]
        for exposure in exposures([row.content() for row in self.rows]):
            lines[exposure.index].warnings.append(exposure.sentence)
        for index, others in twins([row.name for row in self.rows], Memory.asked()).items():
            lines[index].twins = others
        return lines

    @cached_property
    def groups(self) -> list[str]:
        """The groups, in the order in which they first stand."""
        return list(dict.fromkeys(row.group for row in self.rows))

    def found(self, wanted: Wanted) -> Iterator[Line]:
        """Yield the lines that somebody looks for."""
        words = fold(wanted.value("q")).split()
        status, group, show = (wanted.value(name) for name in ("status", "group", "show"))
        for line in self.lines:
            row = line.row
            if (status and row.name_status != status) or (group and row.group != group):
                continue
            shown = {
                "": True,
                "alike": bool(line.twins),
                "exposed": bool(line.warnings),
                "unverified": not row.verification,
                "withdrawn": row.withdrew_on is not None,
            }[show]
            if shown and (not words or line.holds(words)):
                yield line

    def page(self, wanted: Wanted, number: str) -> Page[Line]:
        """Return one page of what was found."""
        return Paginator(list(self.found(wanted)), A_PAGE).get_page(number)
