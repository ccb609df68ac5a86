"""Tables as they come: in any encoding, made to harm, and back as they went."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appeals.ledger.exporting import packed
from appeals.ledger.importing import Parcel, bring, plan
from appeals.ledger.lines import neutral, spoken
from appeals.ledger.tables import GAP, LETTERS, ROWS, UNPACKED, NotRead, read_table
from appeals.models import Appeal, Organisation, Signatory
from tests.tables import csv_of, repacked, xlsx_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def appeal():
    return Appeal.objects.create(title="Lake")


@pytest.mark.parametrize(
    ("encoding", "delimiter", "guessed"),
    [
        ("utf-8", ",", ""),
        ("utf-8-sig", ";", ""),
        ("utf-16", "\t", ""),
        ("utf-16-le", ",", "UTF-16"),
        ("cp1251", ";", "Windows-1251"),
        ("koi8-r", ",", "KOI8-R"),
    ],
)
def test_a_csv_is_read_however_it_was_saved(encoding, delimiter, guessed):
    rows = [["name", "role"], ["Айрат Сафин", "рыбак, озеро; берег"], ["Ольга Ёлкина", "врач"]]
    found = read_table(csv_of(*rows, delimiter=delimiter, encoding=encoding))
    assert [found.headings, *(row.cells for row in found.rows)] == rows
    assert found.guessed == guessed


def test_the_encoding_can_be_said_and_a_first_line_for_excel_is_no_row():
    found = read_table(b"sep=;\r\n" + csv_of(["name"], ["Łukasz"], encoding="cp1250"), "cp1250")
    assert [(row.number, row.cells) for row in found.rows] == [(3, ["Łukasz"])]


def bomb():
    return repacked(xlsx_of(["name"]), "xl/worksheets/sheet1.xml", b" " * (UNPACKED + 1))


def entities():
    defined = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    return repacked(xlsx_of(["name"]), "xl/worksheets/sheet1.xml", defined)


def sheet(rows):
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return repacked(
        xlsx_of(["name"]),
        "xl/worksheets/sheet1.xml",
        head + b"<sheetData>" + rows + b"</sheetData></worksheet>",
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (lambda: b"", "is empty"),
        (lambda: b"\xef\xbb\xbf\n", "is empty"),
        (lambda: b"%PDF-1.7 name", "no table"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"x" * 99, "old Excel file"),
        (lambda: b"PK\x03\x04 nothing", "damaged"),
        (lambda: repacked(xlsx_of(["name"]), "xl/workbook.xml", b"<x"), "damaged"),
        (bomb, "too large to be a list"),
        (entities, "definitions that no table needs"),
        (lambda: sheet(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "are empty"),
        (lambda: sheet(b'<row r="1"><c r="XFD1"><v>1</v></c></row>'), "columns"),
        (lambda: csv_of(["name"], ["x" * (LETTERS + 1)]), "letters"),
        (lambda: b"name\n" + b"\n" * (GAP + 2) + b"x", "are empty"),
        (lambda: b"name\n" + b"x\n" * (ROWS + 1), "more than 20000 rows"),
        (lambda: b'name\n"x', "not valid CSV"),
        (lambda: csv_of(["name"], ["José"], encoding="cp1252"), "not in UTF-8"),
        (lambda: b"name\nx\0y", "no table"),
        (lambda: b"what,ever\n1,2", "No column has a heading"),
        (lambda: b"name,role,NAME\n1,2,3", "Two columns"),
    ],
)
def test_a_hostile_or_useless_file_is_refused_with_a_sentence(data, reason):
    with pytest.raises(NotRead, match=reason):
        Parcel.read(data())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"name": "=HYPERLINK(1)"}, "a formula stands here"),
        ({"name": "Bo", "withdrew_on": "soon"}, "a day such as"),
        ({"name": "Bo", "kind": "robot"}, "kind: it can be person"),
        ({"name": "Bo", "evidence_url": "javascript:1"}, "a web address"),
        ({"name": "x" * 301}, "longer than 300 letters"),
        ({"name": "Bo", "row": 999_999}, "no such row now"),
        ({"name": "Bo", "organisation": "Twin"}, "several have this name"),
        ({"name": "Bo", "organisation": "!!!"}, "no slug can be made"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_and_the_others_come(appeal, row, reason):
    for slug in "ab":
        Organisation.objects.create(name="Twin", slug=slug)
    data = xlsx_of([*row], [*row.values()], ["Io Marsh"])
    found = plan(appeal, Parcel.read(data))
    assert [entry.act for entry in found.entries] == ["refused", "made"]
    assert reason in " ".join(found.entries[0].reasons)


@given(st.text(st.characters(codec="utf-8"), max_size=8))
def test_what_is_made_neutral_comes_back(cell):
    made = neutral(cell)
    assert spoken(made) == cell
    assert not made.startswith(("=", "+", "-", "@", "\t", "\r"))


WORDS = st.text(
    st.sampled_from("=+-@'\",;аяАЁ سلΩ中é \u200fZz9\u0301"), min_size=1, max_size=12
).filter(lambda said: said.strip(" '"))
LINES = st.lists(
    st.fixed_dictionaries(
        {
            "name": WORDS,
            "name_status": st.sampled_from(Signatory.NameStatus.values),
            "printed_as": WORDS,
            "role": WORDS,
            "role_original": st.just("") | WORDS,
            "group": st.sampled_from(["", "=Board", "Совет"]),
            "kind": st.sampled_from(["person", "group"]),
            "count": st.integers(1, 4),
            "verification": st.just("") | WORDS,
            "withdrew_on": st.none() | st.dates(),
            "evidence_url": st.sampled_from(["", "https://press.example/=1"]),
        }
    ),
    max_size=6,
)


@settings(max_examples=25)
@given(LINES, st.sampled_from(["csv", "xlsx"]))
def test_a_ledger_comes_back_from_a_table_as_it_went(lines, form):
    def clean(value):
        return " ".join(unicodedata.normalize("NFC", value).split())

    first, second = (Appeal.objects.create(title=f"A {slug}", slug=slug) for slug in "ab")
    ink = Organisation.objects.get_or_create(name="=Ink", slug="ink")[0]
    for place, line in enumerate(lines):
        row = {k: clean(v) if isinstance(v, str) else v for k, v in line.items()}
        if row["name_status"] != "public":
            row |= {"name": "", "printed_as": "", "evidence_url": ""}
        first.signatories.create(**row, position=place, organisation=ink if place % 2 else None)
    data = packed(first, form)
    assert plan(first, Parcel.read(data)).counts["left"] == len(lines)
    rows = [row.content() for row in first.signatories.order_by("position")]
    without = Parcel.read(data)
    for line in without.lines:
        line.said["row"] = None
    bring(second, without, by=None)
    assert [row.content() for row in second.signatories.order_by("position")] == rows
    first.delete()
    second.delete()
