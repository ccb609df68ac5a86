"""A ledger as a table that no spreadsheet computes, and that comes back as it went."""

import re
from typing import Any

from tablib import Dataset

from appeals.ledger.lines import COLUMNS, CONTROL, neutral
from appeals.ledger.resource import SignatoryResource
from appeals.models import Appeal

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table(appeal: Appeal) -> Dataset:
    """Return an appeal's rows with the columns that an import reads."""
    rows = appeal.part("signatories").order_by("position", "pk")
    found: Any = SignatoryResource(appeal, is_trial=True).export(rows)
    safe = Dataset(headers=COLUMNS, title="Signatories")
    for cells in found:
        safe.append([sound(cell) for cell in cells])
    return safe


def sound(cell: Any) -> Any:
    """Return a cell's text without what no file can hold, and never as a formula."""
    if not isinstance(cell, str):
        return cell
    return neutral(CONTROL.sub(" ", re.sub(r"\r\n?|\n", " ", cell)))


def packed(appeal: Appeal, form: str) -> bytes:
    """Return a ledger as CSV or XLSX. The CSV begins with a mark by which Excel knows UTF-8."""
    written = table(appeal).export(form)
    return written if isinstance(written, bytes) else b"\xef\xbb\xbf" + written.encode()
