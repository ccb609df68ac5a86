"""Bringing a table into a ledger: first as a plan that is looked at, then as it was planned."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _
from import_export.exceptions import ImportError as RowError
from tablib import Dataset

from appeals.exposing import exposures
from appeals.ledger import ordering
from appeals.ledger.alike import Twin, twins
from appeals.ledger.lines import COLUMNS, Line, read_sheet
from appeals.ledger.resource import UNSAID, Entry, SignatoryResource
from appeals.ledger.tables import NotRead, read_table
from appeals.models import Appeal, Signatory
from appeals.models.sources import HIDDEN
from editorial.editing import editing

#: How long somebody may look at a plan, in seconds, and how large it may be in their page.
HOURS, LETTERS = 4 * 60 * 60, 2_000_000
SALT = "appeals.ledger"
ACTS = ("made", "updated", "left", "refused")


@dataclass
class Parcel:
    """What a file said, without any name that is not public: all that is kept of it, in the page.

    It is signed and goes to the browser and back; no copy of the file or of this is stored.
    """

    lines: list[Line]
    columns: list[str]
    ignored: list[int] = field(default_factory=list)
    guessed: str = ""
    in_file_order: bool = False

    @classmethod
    def read(cls, data: bytes, encoding: str = "", in_file_order: bool = False) -> "Parcel":
        """Read a file.

        Raises:
            NotRead: it is no table that can be read here.
        """
        sheet = read_sheet(read_table(data, encoding))
        return cls(sheet.lines, sheet.columns, sheet.ignored, sheet.guessed, in_file_order)

    def sealed(self, appeal: Appeal, by: Any) -> str:
        """Return this as a signed text, for this appeal and this person.

        Raises:
            NotRead: it is too large for a page.
        """
        lines = [[n.number, n.left_out, n.reasons, n.said] for n in self.lines]
        whole = [appeal.pk, by.pk, lines, self.columns, self.in_file_order]
        text = signing.dumps(whole, salt=SALT, compress=True)
        if len(text) > LETTERS:
            raise NotRead(
                _("This list is too long for a page. Bring it in parts, or with the command.")
            )
        return text

    @classmethod
    def opened(cls, text: str, appeal: Appeal, by: Any) -> "Parcel":
        """Return what was signed.

        Raises:
            NotRead: it is too old, not ours, or somebody else's.
        """
        try:
            whole = signing.loads(text, salt=SALT, max_age=HOURS)
            for_appeal, for_person, lines, columns, in_file_order = whole
        except (signing.BadSignature, ValueError, TypeError):
            raise NotRead(_("This preview is too old. Bring the file again.")) from None
        if (for_appeal, for_person) != (appeal.pk, by.pk):
            raise NotRead(_("This preview is of another appeal, or somebody else’s."))
        found = [Line(n, said, reasons, left_out) for n, left_out, reasons, said in lines]
        return cls(found, columns, in_file_order=in_file_order)


@dataclass
class Plan:
    """What a parcel does to a ledger, line by line."""

    appeal: Appeal
    parcel: Parcel
    entries: list[Entry]
    resource: SignatoryResource

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many lines are made, updated, left and refused, and what else is to be known."""
        found = Counter(entry.act for entry in self.entries)
        return {act: found[act] for act in ACTS} | {
            "names_left_out": sum(entry.left_out for entry in self.entries),
            "not_in_file": len(self.resource.rows) - found["updated"] - found["left"],
            "alike": len(self.alike),
        }

    def doing(self, act: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.act == act]

    @cached_property
    def after(self) -> list[Signatory]:
        """The ledger's rows as they will stand."""
        return [*self.resource.rows, *(entry.row for entry in self.doing("made") if entry.row)]

    @cached_property
    def alike(self) -> list[tuple[Entry, list[tuple[str, bool]]]]:
        """Lines whose name is somebody else's too, or looks like it; with those others."""
        places = {id(row): index for index, row in enumerate(self.after)}
        of_line = {id(entry.row): entry.number for entry in self.doing("made")}
        found = twins([row.name for row in self.after])

        def where(twin: Twin) -> tuple[str, bool]:
            number = of_line.get(id(self.after[twin.index]))
            if number is not None:
                return _("row %d of the file") % number, twin.is_same
            return _("no. %d of the ledger") % (twin.index + 1), twin.is_same

        return [
            (entry, [where(twin) for twin in found[places[id(entry.row)]]])
            for entry in self.entries
            if entry.act in ("made", "updated") and places.get(id(entry.row)) in found
        ]

    @cached_property
    def exposed(self) -> list[tuple[int, str]]:
        """What will give away somebody whose name is withheld: their place, and why."""
        rows = [row.content() for row in self.after]
        return [(exposure.index + 1, exposure.sentence) for exposure in exposures(rows)]

    @property
    def withheld_now(self) -> list[Entry]:
        """Lines that withhold a name which stands in the ledger, and perhaps before readers."""
        public = Signatory.NameStatus.PUBLIC
        return [
            entry
            for entry in self.entries
            if any(column == "name_status" and old == public for column, old, _new in entry.changes)
        ]

    @property
    def shown_now(self) -> list[Entry]:
        """Lines that show a name which the ledger withholds."""
        return [
            entry
            for entry in self.entries
            if any(column == "name_status" and old in HIDDEN for column, old, _new in entry.changes)
            and entry.row
            and entry.row.name
        ]

    @property
    def new_parties(self) -> list[str]:
        """Organisations and people that will be made."""
        made = [*self.resource.organisations.new, *self.resource.people.new]
        return sorted(made)


def plan(appeal: Appeal, parcel: Parcel, *, may_make: bool = True) -> Plan:
    """Return what bringing in a parcel would do. Nothing is written."""
    resource = SignatoryResource(appeal, may_make=may_make, is_trial=True)
    return carry_out(appeal, parcel, resource)


def bring(
    appeal: Appeal,
    parcel: Parcel,
    *,
    by: Any,
    revision: int | None = None,
    may_make: bool = True,
) -> Plan:
    """Bring in a parcel, and return what was done.

    Args:
        revision: what the plan was made on; a later one refuses.

    Raises:
        Stale: somebody saved since.
    """
    with editing(appeal, by=by, revision=revision):
        done = carry_out(appeal, parcel, SignatoryResource(appeal, may_make=may_make))
        if parcel.in_file_order:
            first = [entry.row.pk for entry in done.entries if entry.row and not entry.reasons]
            known = set(first)
            rest = [pk for pk in ordering.order_of(appeal) if pk not in known]
            ordering.write_order(appeal, [*first, *rest])
    return done


def carry_out(appeal: Appeal, parcel: Parcel, resource: SignatoryResource) -> Plan:
    """Let the lines that say something do it, in a trial or in earnest."""
    sound = [line for line in parcel.lines if not line.reasons]
    columns = ["line", "row", *(c for c in COLUMNS[1:] if any(c in line.said for line in sound))]
    data = Dataset(headers=columns)
    for line in sound:
        said = {"row": None, **line.said}
        data.append([line.number, *(said.get(column, UNSAID) for column in columns[1:])])
    if sound:
        try:
            resource.import_data(data, raise_errors=not resource.is_trial, use_transactions=False)
        except RowError as wrong:
            # Its text repeats the row; the error by itself does not.
            raise wrong.error from None
    done = {entry.number: entry for entry in resource.entries}
    for line in parcel.lines:
        entry = done.setdefault(line.number, Entry(line.number, reasons=line.reasons))
        entry.left_out = line.left_out
    return Plan(appeal, parcel, [done[number] for number in sorted(done)], resource)


def refusals(entries: Iterable[Entry]) -> list[str]:
    """Return a sentence for each line that is refused."""
    text = _("Row %(n)d: %(reasons)s")
    return [text % {"n": e.number, "reasons": " ".join(e.reasons)} for e in entries if e.reasons]
