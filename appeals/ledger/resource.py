"""The table of an appeal's signatories, for django-import-export: its columns, read and written."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.instance_loaders import BaseInstanceLoader

from appeals.ledger.lines import COLUMNS
from appeals.ledger.parties import Parties
from appeals.models import Appeal, Organisation, Person, Signatory

#: By what a row without its number is found again; all other columns may have changed.
IDENTITY = ("name", "name_status", "role", "group", "kind", "count")
BATCH = 500
#: What stands in a cell of which a line says nothing: the row keeps what it has there.
UNSAID = object()


class PartyWidget(widgets.Widget):
    """An organisation or a person: the slug on the way out."""

    def render(self, value: Any, obj: Any = None, **options: Any) -> str:
        return slug_of(value)


class PartyField(fields.Field):
    """Looks up who is meant among those that the resource knows."""

    def clean(self, row: Any, **options: Any) -> Any:
        return row[self.column_name]  # made into somebody by the resource


class Loader(BaseInstanceLoader):
    """Finds a row again: by its number, or else by who signed as what. Each is found once."""

    def __init__(self, resource: Any, dataset: Any = None) -> None:
        super().__init__(resource, dataset)
        rows = list(resource.appeal.part("signatories").order_by("position", "pk"))
        resource.rows = rows
        self.by_number = {row.pk: row for row in rows}
        self.by_identity: dict[Any, list[Signatory]] = defaultdict(list)
        for row in reversed(rows):
            self.by_identity[identity(row)].append(row)
        numbers = set(dataset["row"]) if "row" in dataset.headers else set()
        self.taken: set[int] = set()
        #: Rows that the table calls by their number are nobody else's.
        self.called = {number for number in numbers if number}

    def get_instance(self, row: Any) -> Signatory | None:
        if number := row.get("row"):
            if number in self.taken:
                raise ValidationError({"row": _("this row stands in the file a second time.")})
            if number not in self.by_number:
                reason = _("this appeal has no such row now; empty the cell to add a new one.")
                raise ValidationError({"row": reason})
            self.taken.add(number)
            return self.by_number[number]
        same = self.by_identity.get(identity_said(row), [])
        while same:
            found = same.pop()
            if found.pk not in self.taken and found.pk not in self.called:
                self.taken.add(found.pk)
                return found
        return None


def identity(row: Signatory) -> tuple[Any, ...]:
    return (*(getattr(row, name) for name in IDENTITY), slug_of(row.organisation))


def identity_said(row: Any) -> tuple[Any, ...]:
    blank = Signatory()
    return (
        *(row[name] if name in row else getattr(blank, name) for name in IDENTITY),
        slug_of(row.get("organisation")),
    )


def slug_of(party: Any) -> str:
    """Return what tells a party from others, also while it is not written yet."""
    return str(party.slug) if party else ""


@dataclass
class Entry:
    """What becomes of one line: the row it makes or changes, or why it is refused."""

    number: int
    row: Signatory | None = None
    is_new: bool = False
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    left_out: bool = False

    @property
    def act(self) -> str:
        if self.reasons:
            return "refused"
        return "made" if self.is_new else "updated" if self.changes else "left"


class SignatoryResource(resources.ModelResource):
    """Brings lines into an appeal, and writes its rows as lines.

    Args:
        may_make: whether organisations and people may be made.
        is_trial: whether nothing is written; the library's own trial writes and rolls back.
    """

    row = fields.Field(attribute="pk", column_name="row")
    organisation = PartyField("organisation", "organisation", PartyWidget())
    person = PartyField("person", "person", PartyWidget())

    class Meta:
        model = Signatory
        fields = COLUMNS
        import_order = COLUMNS[1:]
        export_order = COLUMNS
        import_id_fields = ("row",)
        instance_loader_class = Loader
        use_bulk = True
        batch_size = BATCH
        skip_diff = True
        # What the database would say of each row in a query of its own is checked here.
        clean_model_instances = False

    def __init__(self, appeal: Appeal, *, may_make: bool = True, is_trial: bool = False) -> None:
        super().__init__()
        self.appeal = appeal
        self.is_trial = is_trial
        #: The rows that were there, in their order.
        self.rows: list[Signatory] = []
        self.organisations = Parties(Organisation, may_make)
        self.people = Parties(Person, may_make)
        self.entries: list[Entry] = []
        self._was: dict[str, Any] = {}
        self._next = 0

    # --- in ----------------------------------------------------------------------------------

    def before_import(self, dataset: Any, **options: Any) -> None:
        last = self.appeal.signatories.order_by("position").last()
        self._next = last.position + 1 if last else 0

    def get_import_fields(self) -> list[Any]:
        return [self.fields[name] for name in COLUMNS if name != "row"]

    def get_bulk_update_fields(self) -> list[str]:
        return [*COLUMNS[1:], "evidence_document", "evidence_page"]

    def before_import_row(self, row: Any, **options: Any) -> None:
        self.entries.append(Entry(row["line"]))
        for column in [column for column, value in row.items() if value is UNSAID]:
            del row[column]
        for column, parties in (("organisation", self.organisations), ("person", self.people)):
            try:
                if row.get(column):
                    row[column] = parties.find(row[column])
                elif column in row:
                    row[column] = None
            except ValidationError as wrong:
                raise ValidationError({column: wrong}) from None

    def init_instance(self, row: Any = None) -> Signatory:
        return Signatory(appeal=self.appeal)

    def after_init_instance(self, instance: Any, new: bool, row: Any, **options: Any) -> None:
        entry = self.entries[-1]
        entry.row, entry.is_new = instance, new
        self._was = {} if new else said_of(instance)

    def skip_row(self, instance: Any, original: Any, row: Any, errors: Any = None) -> bool:
        """Leave a row that says already what the line says."""
        entry = self.entries[-1]
        if errors:
            return False
        if instance.name_status == Signatory.NameStatus.PUBLIC and not instance.name:
            raise ValidationError({"name": _("the name is public, and it is missing.")})
        if instance.name_status != Signatory.NameStatus.PUBLIC:  # it goes with the name
            instance.evidence_document = instance.evidence_page = None
        if entry.is_new:
            instance.position = self._next
            self._next += 1
            return False
        now = said_of(instance)
        entry.changes = [(c, self._was[c], now[c]) for c in now if self._was[c] != now[c]]
        return not entry.changes

    def import_row(self, row: Any, instance_loader: Any, **options: Any) -> Any:
        """Import one row; what is wrong with it is said of its line, without its cells."""
        result = super().import_row(row, instance_loader, **options)
        entry = self.entries[-1]
        if result.validation_error:
            entry.reasons += reasons_of(result.validation_error)
            entry.row = None
        for error in result.errors:
            raise error.error
        return result

    def bulk_create(self, *args: Any, **options: Any) -> None:
        if self.is_trial:
            self.create_instances.clear()
            return
        self.settle(self.create_instances)
        super().bulk_create(*args, **options)

    def bulk_update(self, *args: Any, **options: Any) -> None:
        if self.is_trial:
            self.update_instances.clear()
            return
        self.settle(self.update_instances)
        super().bulk_update(*args, **options)

    def settle(self, rows: list[Any]) -> None:
        """Make the parties that are new, and let the rows point at them."""
        self.organisations.make()
        self.people.make()
        for row in rows:
            row.organisation, row.person = row.organisation, row.person


def reasons_of(wrong: ValidationError) -> list[str]:
    """Return what is wrong, each with its column."""
    found = getattr(wrong, "message_dict", {"": wrong.messages})
    return [f"{column}: {said}" if column else said for column in found for said in found[column]]


def said_of(row: Signatory) -> dict[str, str]:
    """Return a row's values as a preview shows them."""
    return {column: shown(getattr(row, column)) for column in COLUMNS[1:]}


def shown(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
