"""A short form of ``python -m tests.large``: what is large asks as much as what is small."""

import pytest

from appeals.rolling import A_PAGE, FEW, FIRST, Roll
from editorial.sealing import publish
from tests import large
from tests.cast import approve, join, write_appeal

pytestmark = pytest.mark.django_db
#: Sealing writes the organisations that signed in batches; everything else asks the same.
BATCHES = {"publish"}


@pytest.mark.parametrize(
    ("build", "walk", "sizes"),
    [
        (large.in_languages, large.of_languages, (3, 4, 12)),
        (large.signed_by, large.of_signatories, (52, 55, 130)),
    ],
)
def test_what_is_large_asks_as_much_as_what_is_small(build, walk, sizes):
    _warm, few, many = [list(walk(build(size))) for size in sizes]
    grew = {b.what for a, b in zip(few, many, strict=True) if a.queries != b.queries}
    assert grew <= BATCHES


def lines(count, **more):
    plain = {"group": "", "group_original": "", "count": 1, "kind": "person"}
    return [plain | {"name": f"N{n}", "name_status": "public"} | more for n in range(count)]


def test_a_roll_is_turned_by_groups_that_go_on():
    roll = Roll([*lines(A_PAGE - 1, group="A"), *lines(3, group="B"), *lines(2, group="")])
    assert [(g.name, len(g.signatories), g.goes_on) for g in roll.page(1)] == [
        ("A", A_PAGE - 1, False),
        ("B", 1, False),
    ]
    assert [(g.name, len(g.signatories), g.goes_on) for g in roll.page(2)] == [
        ("B", 2, True),
        ("", 2, False),
    ]
    assert roll.contents == [("A", 1), ("B", 1)]
    assert roll.pages == range(1, 3)
    assert Roll([]).pages == range(1, 1)
    assert sum(len(group.signatories) for group in roll.first) == FIRST


def test_readers_turn_the_pages_of_who_signed(client, monkeypatch):
    for name, value in (("A_PAGE", 50), ("FEW", 20), ("FIRST", 10)):
        monkeypatch.setattr(f"appeals.rolling.{name}", value)
    appeal = write_appeal(by=join("tariq"), slug="petition")
    appeal.signatories.bulk_create(
        appeal.signatories.model(
            appeal=appeal, position=n, name_status="public", name=f"N. {n:05}", group=f"G{n // 45}"
        )
        for n in range(55)
    )
    appeal.signatories.create(
        position=99_999, name_status="withheld", role="vice presidents", count=3, kind="group"
    )
    publish(approve(appeal), by=join("edda"))
    front = client.get("/appeals/petition/").content.decode()
    assert "All 56 signatures" in front
    assert "58 people, 3 of them are not named" in front
    assert ("N. 00009" in front, "N. 00010" in front) == (True, False)
    first, second = (
        client.get(f"/appeals/petition/signatories/{page}").content.decode() for page in ("", "2/")
    )
    assert ("N. 00049" in first, "N. 00050" in first) == (True, False)
    assert ("N. 00050" in second, "Three vice presidents, names withheld" in second) == (True, True)
    assert "51 to 56" in second
    assert client.get("/appeals/petition/signatories/1/").headers["Location"].endswith("ries/")
    assert client.get("/appeals/petition/signatories/3/").status_code == 404
    assert "N. 00054" in client.get("/appeals/petition/editions/1/").content.decode()


def test_a_short_list_stands_on_the_page_of_the_appeal(client):
    appeal = write_appeal(by=join("tariq"), slug="lake")
    appeal.signatories.create(
        name_status="public",
        name="Ana Petrel",
        role="baker",
        withdrew_on="2022-04-01",
        verification="She told the Gazette.",
        evidence_url="https://gazette.example/7",
    )
    publish(approve(appeal), by=join("edda"))
    page = client.get("/appeals/lake/").content.decode()
    assert "withdrew the signature on April 1, 2022" in " ".join(page.split())
    assert "signatures" not in page
    assert "She told the Gazette." in page
    assert '<a href="https://gazette.example/7" rel="noreferrer nofollow">' in page
    assert "Ana Petrel" in client.get("/appeals/lake/signatories/").content.decode()
    assert client.get("/appeals/nowhere/signatories/").status_code == 404
    assert FEW > FIRST


def test_an_appeal_that_nobody_signed_has_no_such_page(client):
    publish(approve(write_appeal(by=join("tariq"), slug="lake")), by=join("edda"))
    assert client.get("/appeals/lake/signatories/").status_code == 404
