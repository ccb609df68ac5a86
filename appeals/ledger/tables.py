"""Tables as people send them: CSV in whatever encoding, XLSX. A hostile one is refused, and why.

Nothing here writes a file or repeats what stands in a cell: it may be a name.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: What one file may hold: bytes, bytes once unpacked, rows, columns, and letters in a cell.
BYTES, UNPACKED, ROWS, COLUMNS, LETTERS = 10_000_000, 40_000_000, 20_000, 60, 2_000
#: How many empty rows may stand between others.
GAP = 1_000

ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1251": "Windows-1251",
    "koi8-r": "KOI8-R",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1254": "Windows-1254",
    "cp1256": "Windows-1256",
}


class NotRead(Exception):
    """A file that is not read, with a sentence saying why. Nothing of it is kept."""


@dataclass(frozen=True)
class Row:
    """One row: its number in the file as people see it, and its cells as texts.

    Attributes:
        formulas: the places of the cells that a spreadsheet would have computed.
    """

    number: int
    cells: list[str]
    formulas: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Table:
    """What a file holds: the encoding is told where it was guessed."""

    headings: list[str]
    rows: list[Row]
    guessed: str = ""


def read_table(data: bytes, encoding: str = "") -> Table:
    """Return the rows of a CSV or XLSX file.

    Args:
        encoding: of a CSV, where somebody knows it; else it is found out.

    Raises:
        NotRead: it is too large, damaged, no table, or made to harm.
    """
    if len(data) > BYTES:
        reason = _("This file is larger than %(size)d MB.")
        raise NotRead(reason % {"size": BYTES // 1_000_000})
    if not data.strip(b"\0\t\r\n "):
        raise NotRead(_("This file is empty."))
    if data.startswith(b"PK"):
        return table_of(rows_of_xlsx(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotRead(
            _("This is an old Excel file, or one with a password. Save it as .xlsx or as CSV.")
        )
    if data[:4] in (b"%PDF", b"\x89PNG") or data[:5] == b"{\\rtf":
        raise NotRead(_("This is no table. Bring CSV or .xlsx."))
    text, guessed = decoded(data, encoding)
    return table_of(rows_of_csv(text), guessed)


def table_of(rows: Iterable[Row], guessed: str = "") -> Table:
    """Return a table within its limits; its first row has the headings."""
    headings: list[str] = []
    found: list[Row] = []
    last = 0
    for row in rows:
        if not any(cell.strip() for cell in row.cells):
            if row.number - last > GAP:
                reason = ngettext(
                    "More than %(n)d row in a row is empty.",
                    "More than %(n)d rows in a row are empty.",
                    GAP,
                )
                raise NotRead(reason % {"n": GAP})
            continue
        last = row.number
        if len(row.cells) > COLUMNS and any(row.cells[COLUMNS:]):
            raise too_wide()
        if any(len(cell) > LETTERS for cell in row.cells):
            reason = ngettext(
                "A cell in row %(row)d has more than %(letters)d letter.",
                "A cell in row %(row)d has more than %(letters)d letters.",
                LETTERS,
            )
            raise NotRead(reason % {"row": row.number, "letters": LETTERS})
        if not headings:
            headings = [" ".join(cell.split()) for cell in row.cells[:COLUMNS]]
            continue
        if len(found) == ROWS:
            raise too_long(ROWS)
        found.append(row)
    if not headings:
        raise NotRead(_("This file is empty."))
    return Table(headings, found, guessed)


# --- CSV -----------------------------------------------------------------------------------------


def too_long(limit: int) -> NotRead:
    """Return the refusal of a table with more rows than are taken at once."""
    said = ngettext(
        "There is more than %(n)d row: bring them in several files.",
        "There are more than %(n)d rows: bring them in several files.",
        limit,
    )
    return NotRead(said % {"n": limit})


def too_wide() -> NotRead:
    said = ngettext(
        "There is more than %(n)d column.", "There are more than %(n)d columns.", COLUMNS
    )
    return NotRead(said % {"n": COLUMNS})


def decoded(data: bytes, encoding: str = "") -> tuple[str, str]:
    """Return a file's text, and the name of the encoding if it was only guessed."""
    if encoding:
        try:
            return data.decode(encoding), ""
        except (UnicodeError, LookupError):
            reason = _("This file is not written in %s.")
            raise NotRead(reason % ENCODINGS.get(encoding, encoding)) from None
    for marked, mark in (("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"), ("utf-8-sig", b"")):
        if data.startswith(mark):
            try:
                text = data.decode(marked)
            except UnicodeError:
                continue
            if "\0" not in text:
                return text, ""
    for bare in ("utf-16-le", "utf-16-be"):
        if b"\0" in data and len(data) % 2 == 0:
            try:
                text = data.decode(bare)
            except UnicodeError:
                continue
            if "\0" not in text and "\n" in text and is_plausible(text):
                return text, "UTF-16"
    if b"\0" in data:
        raise NotRead(_("This is no table. Bring CSV or .xlsx."))
    for single in ("cp1251", "koi8-r"):
        try:
            text = data.decode(single)
        except UnicodeError:
            continue
        if is_plausible(text) and re.search("[а-яА-Я]", text):
            return text, ENCODINGS[single]
    raise NotRead(
        _("This file is not in UTF-8. Say which encoding it has, or save it again as UTF-8.")
    )


def is_plausible(text: str) -> bool:
    """Tell whether a text was decoded as it was meant: no word mixes scripts or cases."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    odd = sum(
        bool(re.search(r"[a-z][A-Z]|[а-яё][А-ЯЁ]", word))
        or bool(re.search("[A-Za-zÀ-ž]", word) and re.search("[Ѐ-ӿ]", word))
        for word in words
    )
    strange = len(re.findall("[\x80-\x9f\u2500-\u25a0\ue000-\uf8ff\ufffd]", text))
    return odd * 50 <= len(words) and strange * 50 <= len(words)


def rows_of_csv(text: str) -> Iterator[Row]:
    """Yield the rows of a CSV text, whichever mark is between its cells."""
    delimiter, skipped = "", 0
    if said := re.match(r"sep=(.)\r?\n", text, re.IGNORECASE):
        delimiter, skipped, text = said[1], 1, text[said.end() :]
    first = re.match(r"\s*(.*)", text)
    heading = first[1] if first else ""
    delimiter = delimiter or max(",;\t|", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield Row(line + skipped, cells)
            line = reader.line_num + 1
    except csv.Error:
        reason = _("Row %d is not valid CSV: a quotation mark is missing or one too many.")
        raise NotRead(reason % (line + skipped)) from None


# --- XLSX ----------------------------------------------------------------------------------------


def rows_of_xlsx(data: bytes) -> Iterator[Row]:
    """Yield the rows of the first sheet; what a formula would compute is not asked for."""
    from openpyxl import load_workbook  # slow to import, and seldom needed

    check_unpacked(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            if len(cells) > COLUMNS and any(c.value is not None for c in cells[COLUMNS:]):
                raise too_wide()
            few = cells[:COLUMNS]
            formulas = frozenset(i for i, cell in enumerate(few) if cell.data_type == "f")
            yield Row(number, [text_of(cell.value) for cell in few], formulas)
        book.close()
    except NotRead:
        raise
    except Exception:  # a reader fails in as many ways as files are broken
        raise NotRead(_("This .xlsx file is damaged, or it is something else.")) from None


def check_unpacked(data: bytes) -> None:
    """Unpack a file without keeping it, and refuse one that grows beyond all measure.

    Raises:
        NotRead: it does, it is no workbook, or its XML defines things of its own.
    """
    left = UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
            if "[Content_Types].xml" not in names or len(names) > 2_000:
                raise NotRead(_("This is no table. Bring CSV or .xlsx."))
            for name in names:
                with packed.open(name) as part:
                    head = b""
                    while piece := part.read(1 << 16):
                        left -= len(piece)
                        if left < 0:
                            raise NotRead(_("Unpacked, this file is too large to be a list."))
                        if b"<!DOCTYPE" in head + piece or b"<!ENTITY" in head + piece:
                            raise NotRead(_("This file holds definitions that no table needs."))
                        head = piece[-16:]
    except NotRead:
        raise
    except Exception:
        raise NotRead(_("This .xlsx file is damaged, or it is something else.")) from None


def text_of(value: Any) -> str:
    """Return a cell's value as a text."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime():
            return (value.date() if value.time().isoformat() == "00:00:00" else value).isoformat()
        case date():
            return value.isoformat()
    return str(value)
