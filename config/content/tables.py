"""Tables (CSV) as records. Nothing here repeats what stands in a cell: it may be a name."""

import csv
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _

from config.content.kinds import Record, Source, build
from config.content.nodes import Node, clean
from config.content.places import Place, Problems, meant


def read_rows(text: str, file: str, cls: type[Record], problems: Problems) -> list[Any]:
    """Return one record a row; the header names its fields. An empty cell says nothing."""
    header_line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header_line.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    source = Source(file, problems)
    found = []
    header: list[str] = []
    line = 1
    try:
        for row in rows:
            if not header:
                header = [name.strip() for name in row]
                if not check_header(header, cls, source):
                    return []
            elif any(cell.strip() for cell in row):
                found.append(read_row(row, header, line, cls, source))
            line = rows.line_num + 1
    except csv.Error as error:
        problems.add(Place(file, line), _("This is not valid CSV: %s.") % error)
    return found


def check_header(header: list[str], cls: type[Record], source: Source) -> bool:
    """Report the columns that mean nothing; a table without a header has only such."""
    known = [name for name, f in cls.__dataclass_fields__.items() if "read" in f.metadata]
    sound = True
    for number, name in enumerate(header, start=1):
        node = Node(None, 1)
        if name not in known:
            reason = _("Column %d has a heading that means nothing here.") % number
            hint = meant(name, known) or " " + _("Known: %s.") % ", ".join(known)
            source.refuse(node, reason + hint)
            sound = False
        elif name in header[: number - 1]:
            source.refuse(node, _("Column %d has the heading of another column.") % number)
            sound = False
    return sound


def read_row(
    row: list[str], header: list[str], line: int, cls: type[Record], source: Source
) -> Any:
    """Return the record of a row."""
    at = Place(source.file, line)
    if len(row) > len(header):
        reason = _("This row has more cells (%(cells)d) than there are headings (%(columns)d).")
        source.problems.add(at, reason % {"cells": len(row), "columns": len(header)})
    cells = {
        name: Node(value, line)
        for name, cell in zip(header, row, strict=False)
        if (value := clean(cell, at, source.problems))
    }
    return build(cls, Node(cells, line), source)
