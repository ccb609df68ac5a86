"""One row of a table as what it says of a signatory, or as the reasons why it says nothing.

A name with a status other than public is left out here, before anything else sees the row.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.ledger.tables import NotRead, Row, Table
from appeals.models import Signatory
from editorial.numbers import whole

#: The columns of a table, in the order in which they are written.
COLUMNS = (
    "row", "name", "name_status", "printed_as", "person", "role", "role_original", "group",
    "group_original", "organisation", "kind", "count", "verification",
    "evidence_url", "withdrew_on",
)  # fmt: skip

#: What is a name, or leads to one.
NAMES = ("name", "printed_as", "person", "evidence_url")
Status, Kind = Signatory.NameStatus, Signatory.Kind
Said = dict[str, Any]

#: What a spreadsheet would take for a formula, and the mark that stops it.
FORMULA, MARK = ("=", "+", "-", "@", "\t", "\r"), "'"
#: What no name needs: controls, lone halves of characters, and marks that turn the text around.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202d\u202e\ud800-\udfff\ufffe\uffff]")


def neutral(text: str) -> str:
    """Return a text that no spreadsheet computes."""
    return MARK + text if text.startswith((*FORMULA, MARK)) else text


def spoken(text: str) -> str:
    """Return a text as it was before it was made neutral."""
    return text[1:] if text[:1] == MARK and text[1:2] in (*FORMULA, MARK) else text


@dataclass
class Line:
    """What a row says, by column; or why it is refused.

    Attributes:
        left_out: whether it had a name that is not public: it is gone from here on.
    """

    number: int
    said: Said = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    left_out: bool = False


@dataclass
class Sheet:
    """All that a file says."""

    columns: list[str]
    lines: list[Line]
    ignored: list[int] = field(default_factory=list)
    guessed: str = ""


def read_sheet(table: Table) -> Sheet:
    """Return what a table says of signatories.

    Raises:
        NotRead: no heading means anything here, or two mean the same.
    """
    known = headings()
    columns = [known.get(heading.casefold(), "") for heading in table.headings]
    ignored = [n for n, column in enumerate(columns, start=1) if not column]
    if not {"name", "role", "organisation", "row"} & set(columns):
        reason = _("No column has a heading that says who signed. Known headings: %s.")
        raise NotRead(reason % ", ".join(COLUMNS))
    named = [column for column in columns if column]
    if twice := next((name for name in named if named.count(name) > 1), ""):
        raise NotRead(_("Two columns have the heading “%s”.") % twice)
    lines = [read_line(row, columns) for row in table.rows]
    return Sheet(named, lines, [n for n in ignored if has_text(table, n - 1)], table.guessed)


def has_text(table: Table, place: int) -> bool:
    return any(len(row.cells) > place and row.cells[place].strip() for row in table.rows)


def headings() -> dict[str, str]:
    """Return the column that a heading means: its name here, or the words of the forms."""
    known = {column: column for column in COLUMNS} | {"row number": "row", "status": "name_status"}
    for column in COLUMNS[1:]:
        label = str(field_of(column).verbose_name).casefold()
        known.setdefault(label, column)
    return known


def read_line(row: Row, columns: list[str]) -> Line:
    """Return what one row says."""
    line = Line(row.number)
    for place, (column, cell) in enumerate(zip(columns, row.cells, strict=False)):
        if place in row.formulas and column:
            line.reasons.append(_("%s: a formula stands here, and only text is read.") % column)
        elif column:
            line.said[column] = cleaned(cell, column, line)
    if any(cell.strip() for cell in row.cells[len(columns) :]):
        line.reasons.append(_("This row has more cells than there are headings."))
    settle(line)
    return line


def cleaned(cell: str, column: str, line: Line) -> str:
    """Return a cell's text; say why it cannot be one."""
    text = " ".join(unicodedata.normalize("NFC", spoken(cell.strip(" "))).split())
    if CONTROL.search(cell):
        line.reasons.append(_("%s: an invisible control character stands here.") % column)
        return ""
    limit = getattr(field_of(column), "max_length", None) or 300
    if len(text) > limit and column not in ("name_status", "kind"):
        reason = ngettext(
            "%(column)s: longer than %(limit)d letter.",
            "%(column)s: longer than %(limit)d letters.",
            limit,
        )
        line.reasons.append(reason % {"column": column, "limit": limit})
        return ""
    return text


def field_of(column: str) -> Any:
    return None if column == "row" else Signatory._meta.get_field(column)


def settle(line: Line) -> None:
    """Turn a row's texts into values, and leave out a name that is not public."""
    said = line.said
    named = bool(said.get("name"))
    status = choice(line, "name_status", Status) or (Status.PUBLIC if named else Status.PENDING)
    if status != Status.PUBLIC:
        line.left_out = any(said.get(column) for column in NAMES)
        if "name_status" in said or "name" in said:
            said.update(dict.fromkeys(NAMES, ""))
        elif line.left_out:  # of a row that may be withheld: nothing of it is to travel
            line.reasons.append(
                _("What goes with a name is read only beside a column name or name_status.")
            )
    kind = choice(line, "kind", Kind)
    count = number(line, "count", 1)
    number(line, "row", None)
    day(line)
    address(line)
    if "name_status" in said or "name" in said:
        said["name_status"] = str(status)
    if "count" in said:
        said["count"] = count
    if "kind" in said or "count" in said or "organisation" in said:
        said["kind"] = kind or str(
            kind_of(named, status == Status.PUBLIC, bool(said.get("organisation")), count)
        )
    if said.get("kind") == Kind.ORGANISATION and status == Status.PUBLIC and "name" in said:
        said["name"] = said["name"] or said.get("organisation", "")
    if status == Status.PUBLIC and "name" in said and not said["name"]:
        line.reasons.append(_("name: the name is public, and it is missing."))
    if line.reasons:
        line.said = {}


def kind_of(named: bool, public: bool, organisation: bool, count: int) -> str:
    """Return what signed where nobody says: several are a group, a body alone is itself."""
    if count > 1:
        return Kind.GROUP
    return Kind.ORGANISATION if public and organisation and not named else Kind.PERSON


def choice(line: Line, column: str, choices: Any) -> str:
    """Return the value that a cell means, by its code or by its words."""
    text = line.said.get(column, "")
    known: Mapping[str, str] = {str(label).casefold(): value for value, label in choices.choices}
    value = text if text in choices.values else known.get(text.casefold(), "")
    if text and not value:
        reason = _("%(column)s: it can be %(values)s.")
        values = ", ".join(choices.values)
        line.reasons.append(reason % {"column": column, "values": values})
    return str(value)


def number(line: Line, column: str, default: int | None) -> Any:
    """Return a cell's whole number from 1 on, and put it in place of the text."""
    text = line.said.get(column, "")
    value = whole(text) if text else default
    if text and (value is None or not 1 <= value <= 2**31 - 1):
        line.reasons.append(_("%s: this has to be a whole number from 1 on.") % column)
        return default
    if column in line.said:
        line.said[column] = value
    return value


def day(line: Line) -> None:
    """Check the day of a withdrawal."""
    if text := line.said.get("withdrew_on", ""):
        try:
            line.said["withdrew_on"] = date.fromisoformat(text[:10]).isoformat()
        except ValueError:
            line.reasons.append(_("withdrew_on: a day such as 2022-03-12."))


def address(line: Line) -> None:
    """Check that evidence is a web address."""
    if text := line.said.get("evidence_url", ""):
        try:
            URLValidator(["http", "https"])(text)
        except ValidationError:
            line.reasons.append(_("evidence_url: a web address (https://…)."))


def names_left_out(lines: Iterable[Line]) -> list[int]:
    """Return the rows whose name was left out."""
    return [line.number for line in lines if line.left_out]
