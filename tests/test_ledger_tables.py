"""Tables in and out of the ledger: looked at first, and nothing of a withheld name stored."""

import json
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appeals.ledger.importing import Parcel, bring, plan
from appeals.models import Organisation, Person, Signatory
from editorial.models import Contribution
from editorial.sealing import publish
from editorial.states import State
from tests.cast import approve, join, write_appeal
from tests.desk import fields, sit
from tests.tables import csv_of, upload, xlsx_of
from tests.test_admin_appeals import everything_stored

pytestmark = pytest.mark.django_db
HEADINGS = ["name", "name_status", "role", "organisation", "count"]
SECRET = "Zenobia Quillfeather"


@pytest.fixture
def tariq():
    return sit("tariq")


@pytest.fixture
def appeal():
    appeal = write_appeal(by=join("tariq"), slug="lake")
    sign = appeal.signatories.create
    sign(name_status="public", name="Ana Petrel", role="baker", printed_as="Ана Петрель")
    sign(name_status="withheld", role="President", position=1)
    return appeal


def url(appeal, verb="import", **kwargs):
    args = [appeal.pk, *kwargs.values()]
    return reverse(f"admin:appeals_ledger_{verb}", args=args)


def look(client, appeal, data, name="list.csv", **more):
    return client.post(url(appeal), {"file": upload(data, name)} | more)


def text(answer):
    return answer.content.decode()


def signed(appeal):
    rows = appeal.signatories.order_by("position", "pk")
    return [(row.name, row.name_status, row.role, row.count) for row in rows]


def test_a_table_is_looked_at_and_then_brought_in(tariq, appeal):
    data = csv_of(
        HEADINGS,
        ["Bo Fisher", "", "fisher", "Council of the Lake", ""],
        ["Ana Petrel", "public", "baker", "", ""],
        ["", "withheld", "vice president", "Council of the Lake", "3"],
        ["", "public", "teacher", "", ""],
        ["Io", "nonsense", "", "", "-1"],
    )
    answer = look(tariq, appeal, data)
    counts = answer.context["plan"].counts
    assert {act: counts[act] for act in ("made", "updated", "left", "refused")} == {
        "made": 2, "updated": 0, "left": 1, "refused": 2
    }  # fmt: skip
    assert counts["not_in_file"] == 1
    assert "Row 5: name: the name is public, and it is missing." in text(answer)
    assert "Row 6: name_status: it can be public, withheld" in text(answer)
    assert "count: this has to be a whole number from 1 on." in text(answer)
    assert "Council of the Lake" in text(answer)
    assert appeal.signatories.count() == 2
    assert not Organisation.objects.exists()
    answer = tariq.post(url(appeal), fields(answer), follow=True)
    assert "2 rows brought in" in text(answer)
    assert signed(appeal)[2:] == [
        ("Bo Fisher", "public", "fisher", 1),
        ("", "withheld", "vice president", 3),
    ]
    council = Organisation.objects.get()
    assert {row.organisation for row in appeal.signatories.all()[2:]} == {council}
    assert appeal.signatories.last().kind == "group"
    assert Contribution.objects.about(appeal).filter(user_name="Tariq").exists()


def test_the_same_table_again_changes_nothing(tariq, appeal):
    data = csv_of(HEADINGS, *[["Bo Fisher", "", "fisher", "Lake", ""]] * 2)
    for made in (2, 0):
        answer = look(tariq, appeal, data)
        assert answer.context["plan"].counts["made"] == made
        tariq.post(url(appeal), fields(answer))
    assert appeal.signatories.count() == 4
    appeal.refresh_from_db()
    approve(appeal)
    answer = look(tariq, appeal, data)
    assert "nothing to bring in" in text(answer)
    bring(appeal, Parcel.read(data), by=join("tariq"))
    appeal.refresh_from_db()
    assert appeal.state == State.APPROVED


def test_duplicates_and_what_exposes_somebody_are_shown_before_anything_is_stored(tariq, appeal):
    data = csv_of(
        [*HEADINGS, "group"],
        ["Анна Петрель", "", "", "", "", "Board"],
        ["ANA PETREL", "", "miller", "", "", "Board"],
        ["", "withheld", "member", "", "", "Board"],
    )
    page = text(look(tariq, appeal, data))
    assert "same name: no. 1 of the ledger" in page
    assert "looks like" in page
    assert "Of the 3 in “Board” all but this one are named." in page
    assert "“President” is one person" in page


def files_in(folder):
    return {path for path in Path(folder).rglob("*") if path.is_file()}


@pytest.mark.parametrize("status", ["withheld", "pending", "illegible", "not_given"])
def test_a_name_that_is_not_public_is_left_out_and_rests_nowhere(
    tariq, appeal, status, caplog, tmp_path, monkeypatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    kept = files_in(settings.MEDIA_ROOT)
    Person.objects.create(name="Known", slug="known")
    link = f"https://press.example/{SECRET.replace(' ', '-')}"
    row = [SECRET, status, "nurse", "", "", SECRET.upper(), "known", "", link]
    filler = [["Filler", "", "", "", "", "", "", "x" * 1900]] * 1500
    data = csv_of(
        [*HEADINGS, "printed_as", "person", "note", "evidence_url"],
        row,
        *(filler if status == "pending" else []),
    )
    answer = look(tariq, appeal, data)
    assert "Names left out" in text(answer)
    assert "Rows of the file: 2" in " ".join(text(answer).split())
    assert SECRET.lower() not in text(answer).lower()
    if status != "pending":  # larger than what Django keeps in memory by itself
        assert SECRET not in str(Parcel.opened(fields(answer)["parcel"][0], appeal, join("tariq")))
        tariq.post(url(appeal), fields(answer))
        assert signed(appeal)[-1] == ("", status, "nurse", 1)
        assert not appeal.signatories.filter(person__isnull=False).exists()
    assert SECRET.lower() not in everything_stored().lower()
    assert SECRET.lower() not in caplog.text.lower()
    assert files_in(tmp_path) == set()
    assert files_in(settings.MEDIA_ROOT) == kept


def test_showing_a_hidden_name_by_a_table_takes_a_second_person(tariq, appeal):
    approve(appeal)
    hidden = appeal.signatories.get(name_status="withheld")
    data = csv_of(["row", "name", "name_status"], [hidden.pk, "Io Marsh", "public"])
    answer = look(tariq, appeal, data)
    assert [entry.changes for entry in answer.context["updated"]] == [
        [("name", "", "Io Marsh"), ("name_status", "withheld", "public")]
    ]
    assert "Be sure that these people agreed." in text(answer)
    tariq.post(url(appeal), fields(answer))
    appeal.refresh_from_db()
    assert appeal.state == State.DRAFT
    assert appeal.signatories.get(pk=hidden.pk).role == "President"


def test_hiding_by_a_table_says_that_readers_still_see_the_name(tariq, appeal):
    publish(approve(appeal), by=join("edda"))
    ana = appeal.signatories.get(name="Ana Petrel")
    data = csv_of(["row", "name_status"], [ana.pk, "withheld"])
    answer = look(tariq, appeal, data)
    assert "readers still see it" in text(answer)
    tariq.post(url(appeal), fields(answer))
    ana.refresh_from_db()
    assert (ana.name, ana.printed_as, ana.name_status) == ("", "", "withheld")


def test_a_preview_that_was_overtaken_is_made_anew(tariq, appeal):
    answer = look(tariq, appeal, csv_of(["name"], ["Bo Fisher"]))
    bring(appeal, Parcel.read(csv_of(["name"], ["Bo Fisher"])), by=join("edda"))
    again = tariq.post(url(appeal), fields(answer))
    assert again.status_code == 409
    assert "Edda saved on" in text(again)
    assert again.context["plan"].counts["left"] == 1
    assert appeal.signatories.count() == 3


def test_a_preview_is_one_persons_of_one_appeal(tariq, appeal):
    other = write_appeal(by=join("tariq"), slug="other")
    sent = fields(look(tariq, appeal, csv_of(["name"], ["Bo Fisher"])))
    for client, where in ((sit("edda"), appeal), (tariq, other)):
        assert "of another appeal, or somebody" in text(client.post(url(where), sent, follow=True))
    forged = tariq.post(url(appeal), sent | {"parcel": sent["parcel"][0] + "x"}, follow=True)
    assert "too old" in text(forged)
    assert Signatory.objects.count() == 2


def test_only_who_works_on_an_appeal_brings_in(appeal):
    for who in ("wanda", "rosa", "mato"):
        assert sit(who).get(url(appeal)).status_code == 403
        assert look(sit(who), appeal, b"name\nBo").status_code == 403
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(join("tariq"))
    assert look(strict, appeal, b"name\nBo").status_code == 403
    assert Signatory.objects.count() == 2


def test_dates_and_numbers_of_a_workbook_are_what_they_seem(appeal):
    from datetime import date, datetime

    rows = [["Bo", 3.0, datetime(2022, 4, 1)], ["Io", 2, date(2022, 4, 2)]]
    bring(appeal, Parcel.read(xlsx_of(["name", "count", "withdrew on"], *rows)), by=None)
    found = appeal.signatories.order_by("position")[2:]
    assert [(r.count, r.kind, str(r.withdrew_on)) for r in found] == [
        (3, "group", "2022-04-01"),
        (2, "group", "2022-04-02"),
    ]


def test_the_rows_of_a_file_can_be_put_first_in_its_order(appeal):
    pks = [row.pk for row in appeal.signatories.order_by("position")]
    data = csv_of(["row", "name"], ["", "Bo"], [pks[0], "Ana Petrel"])
    bring(appeal, Parcel.read(data, in_file_order=True), by=None)
    assert [row[0] for row in signed(appeal)] == ["Bo", "Ana Petrel", ""]


def test_both_ways_out_are_one_table(tariq, appeal):
    for form in ("csv", "xlsx"):
        answer = tariq.get(url(appeal, "export", form=form))
        assert answer.headers["Content-Disposition"].endswith(f'signatories.{form}"')
        assert plan(appeal, Parcel.read(answer.content)).counts["left"] == 2
    assert tariq.get(url(appeal, "export", form="xls")).status_code == 404
    assert sit("mato").get(url(appeal, "export", form="csv")).status_code == 403


def test_the_commands_do_the_same(appeal, tmp_path, capsys):
    file = tmp_path / "list.xlsx"
    file.write_bytes(xlsx_of(["name", "name_status"], ["Bo Fisher", None], [SECRET, "withheld"]))
    call_command("import_signatories", "lake", str(file), "--dry-run")
    said = capsys.readouterr().out
    counts = json.loads(said.splitlines()[-1])
    assert (counts["made"], counts["names_left_out"]) == (2, 1)
    assert SECRET not in said
    assert appeal.signatories.count() == 2
    join("tariq")
    call_command("import_signatories", "lake", str(file), "--user", "tariq")
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == counts
    assert signed(appeal)[2:] == [("Bo Fisher", "public", "", 1), ("", "withheld", "", 1)]
    out = tmp_path / "out.csv"
    call_command("export_signatories", "lake", str(out))
    call_command("import_signatories", "lake", str(out), "--dry-run")
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["left"] == 4
    for wrong in (["nobody", str(file)], ["lake", "/nowhere.csv"]):
        with pytest.raises(CommandError):
            call_command("import_signatories", *wrong)
    with pytest.raises(CommandError, match=r"\.csv or"):
        call_command("export_signatories", "lake", "out.ods")


def test_a_large_table_is_brought_in_with_few_queries(appeal):
    def asked(count):
        rows = [[f"N. {n:05}", "teacher", f"School {n % 20}"] for n in range(count)]
        parcel = Parcel.read(csv_of(["name", "role", "organisation"], *rows))
        with CaptureQueriesContext(connection) as captured:
            bring(appeal, parcel, by=join("tariq"))
        return len(captured)

    asked(20)
    rows_a_query = 999 // len(Signatory._meta.local_fields)  # so many values SQLite takes at once
    assert asked(1200) - asked(20) <= 1200 / rows_a_query + 10


@pytest.mark.parametrize("column", ["printed_as", "evidence_url"])
def test_what_goes_with_a_name_is_not_read_without_its_status(tariq, appeal, column):
    hidden = appeal.signatories.get(name_status="withheld")
    link = f"https://press.example/{SECRET.replace(' ', '-')}"
    cell = link if column == "evidence_url" else SECRET
    answer = look(tariq, appeal, csv_of(["row", column], [hidden.pk, cell]))
    assert answer.status_code == 200
    assert "read only beside a column name or name_status" in text(answer)
    assert SECRET.lower() not in answer.content.decode().lower()
    assert link.lower() not in answer.content.decode().lower()
