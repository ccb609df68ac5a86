"""The glossary as a table: out as CSV, and in from CSV or XLSX once somebody looked at it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import resources
from import_export.results import RowResult
from tablib import Dataset

from appeals.ledger.lines import CONTROL, neutral, spoken
from appeals.ledger.tables import NotRead, read_table, too_long
from appeals.models import GlossaryTerm
from editorial.fields import fold
from editorial.languages import listed

COLUMNS = ("source", "target", "term", "rendering", "forbidden", "note")
NEEDED = COLUMNS[:4]
#: So many rows are brought at once: all of them stand in the page that asks whether.
ROWS = 5_000


@dataclass(frozen=True)
class Entry:
    """What becomes of a row: its number in the file, what is done, its cells, why it is refused."""

    number: int
    doing: str
    cells: list[str]
    why: str = ""


class GlossaryResource(resources.ModelResource):
    """The columns of the glossary. A term is found again by its languages, whatever its case."""

    class Meta:
        model = GlossaryTerm
        fields = export_order = COLUMNS
        import_id_fields = ("source", "target", "term")
        clean_model_instances = use_transactions = True
        skip_unchanged = report_skipped = True

    def before_import(self, dataset: Any, **options: Any) -> None:
        rows = GlossaryTerm.objects.all()
        self.seen: set[tuple[str, str, str]] = set()
        self.known = {(row.source, row.target, row.folded): row for row in rows}

    def get_instance(self, instance_loader: Any, row: Any) -> GlossaryTerm | None:
        term = (row["source"], row["target"], fold(row["term"]))
        if term in self.seen:
            raise ValidationError({"term": _("it stands in the file a second time.")})
        self.seen.add(term)
        return self.known.get(term)


def exported() -> bytes:
    """Return the glossary as CSV, with a mark by which Excel knows UTF-8, and no formula in it."""
    found: Any = GlossaryResource().export(GlossaryTerm.objects.all())
    safe = Dataset(headers=COLUMNS)
    for cells in found:
        safe.append([neutral(CONTROL.sub(" ", str(cell))) for cell in cells])
    return b"\xef\xbb\xbf" + safe.export("csv").encode()


def rows_of(data: bytes) -> tuple[list[str], list[list[str]], list[int]]:
    """Return the columns and the rows of a file, and the number that each row has in it.

    Raises:
        NotRead: it is no such table, or too long.
    """
    table = read_table(data)
    headings = [heading.lower() for heading in table.headings]
    if lacking := [name for name in NEEDED if name not in headings]:
        raise NotRead(_("These columns are missing: %s.") % listed(lacking))
    if len(table.rows) > ROWS:
        raise too_long(ROWS)
    columns = [name for name in COLUMNS if name in headings]
    places = [headings.index(name) for name in columns]
    rows = [[cell_of(row.cells, place) for place in places] for row in table.rows]
    return columns, rows, [row.number for row in table.rows]


def cell_of(cells: list[str], place: int) -> str:
    text = cells[place] if place < len(cells) else ""
    return re.sub(r"\s+", " ", CONTROL.sub(" ", spoken(text.strip()))).strip()


def bring(
    columns: list[str],
    rows: Iterable[list[str]],
    numbers: Iterable[int] = range(2, ROWS + 2),
    *,
    is_trial: bool,
) -> list[Entry]:
    """Take rows into the glossary, or only say what would become of each. None is removed."""
    rows = list(rows)
    result = GlossaryResource().import_data(
        Dataset(*rows, headers=columns), dry_run=is_trial, raise_errors=False
    )
    doing = {
        RowResult.IMPORT_TYPE_NEW: "made",
        RowResult.IMPORT_TYPE_UPDATE: "updated",
        RowResult.IMPORT_TYPE_SKIP: "left",
    }
    return [
        Entry(number, doing.get(row.import_type, "refused"), cells, why_not(row))
        for number, cells, row in zip(numbers, rows, result.rows, strict=False)
    ]


def why_not(row: Any) -> str:
    """Return why a row is refused; nothing where it is not."""
    if row.validation_error is not None:
        said = row.validation_error.message_dict
        return " ".join(f"{name}: {sentence}" for name, found in said.items() for sentence in found)
    return " ".join(str(error.error) for error in row.errors)
