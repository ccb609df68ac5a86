"""The signatories' ledger: thousands of rows, found, changed and moved without a lost save."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appeals.hiding import hide
from appeals.ledger import ordering
from appeals.ledger.alike import likeness
from appeals.models import CanonicalName, Signatory
from editorial.editing import editing
from editorial.models import Contribution, Decision
from editorial.sealing import publish
from editorial.states import State
from editorial.verifying import verify
from tests.cast import approve, join, write_appeal
from tests.desk import fields, page, save, sit

pytestmark = pytest.mark.django_db
ROWS = [
    {"name": "Айрат Сафин", "role": "fisher", "group": "Lake"},
    {"name": "Ana Petrel", "role": "baker", "group": "Town", "printed_as": "Ана Петрель"},
    {"name": "", "name_status": "withheld", "role": "President", "group": "Town"},
    {"name": "Ayrat Safin", "role": "teacher", "group": "Town"},
    {"name": "سلمى الكيلاني", "role": "nurse", "group": "Lake"},
]


@pytest.fixture
def tariq():
    return sit("tariq")


@pytest.fixture
def appeal():
    appeal = write_appeal(by=join("tariq"), slug="lake")
    Signatory.objects.bulk_create(
        Signatory(appeal=appeal, position=place, **{"name_status": "public"} | row)
        for place, row in enumerate(ROWS)
    )
    return appeal


def petition(count, **fields):
    """Return an appeal that many signed."""
    appeal = write_appeal(by=join("tariq"), slug="petition")
    Signatory.objects.bulk_create(
        Signatory(appeal=appeal, position=n, name_status="public", name=f"N. {n:05}", **fields)
        for n in range(count)
    )
    return appeal


def url(appeal, row=None, **query):
    name = "ledger_row" if row else "ledger"
    args = [appeal.pk, row.pk] if row else [appeal.pk]
    return reverse(f"admin:appeals_{name}", args=args, query=query)


def names(answer):
    return [line.row.name or line.row.name_status for line in answer.context["page"]]


def in_order(appeal):
    return [row.name or row.name_status for row in appeal.signatories.order_by("position", "pk")]


def row(appeal, name):
    return appeal.signatories.get(name=name)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "айрат"}, ["Айрат Сафин", "Ayrat Safin"]),
        ({"q": "airat"}, ["Айрат Сафин", "Ayrat Safin"]),
        ({"q": "ПЕТРЕЛЬ"}, ["Ana Petrel"]),
        ({"q": "سلمى"}, ["سلمى الكيلاني"]),
        ({"q": "town baker"}, ["Ana Petrel"]),
        ({"q": "nobody"}, []),
        ({"status": "withheld"}, ["withheld"]),
        ({"group": "Lake"}, ["Айрат Сафин", "سلمى الكيلاني"]),
        ({"show": "alike"}, ["Айрат Сафин", "Ayrat Safin"]),
        ({"show": "exposed"}, ["withheld"]),
        ({"show": "withdrawn"}, []),
        ({"show": "nonsense", "group": "Sea"}, [r["name"] or "withheld" for r in ROWS]),
    ],
)
def test_rows_are_found_in_any_script_and_filtered(tariq, appeal, query, found):
    assert names(tariq.get(url(appeal, **query))) == found


def test_a_ledger_says_what_it_comes_to_and_what_gives_a_name_away(tariq, appeal):
    answer = tariq.get(url(appeal)).content.decode()
    assert "5 people" in answer
    assert "name withheld: 1" in answer
    assert "“President” is one person" in answer
    assert "looks like no. 4" in answer
    assert "5 people" in tariq.get(page(appeal)).content.decode()


def test_many_warnings_are_read_in_the_ledger(tariq):
    appeal = write_appeal(by=join("tariq"))
    appeal.signatories.bulk_create(
        Signatory(appeal=appeal, position=n, name_status="withheld", role="rector")
        for n in range(40)
    )
    answer = tariq.get(page(appeal))
    assert answer.content.decode().count("is one person") == 30 + 40  # the panel’s, and the rows’
    assert "All 40, in the ledger" in answer.content.decode()


def test_the_name_memory_tells_what_is_alike(tariq, appeal):
    oirat = CanonicalName.objects.create(text="Oirat")
    appeal.signatories.filter(name="Ana Petrel").update(name="Ойрат Сафин")
    assert "Ойрат Сафин" not in names(tariq.get(url(appeal, show="alike")))
    oirat.variants.create(text="Airat")
    assert "Ойрат Сафин" in names(tariq.get(url(appeal, show="alike")))
    ayrat = CanonicalName.objects.create(text="Ayrat Safin")
    ayrat.distinctions.create(other="Айрат Сафин")
    ayrat.distinctions.create(other="Ойрат Сафин")
    assert "Ayrat Safin" not in names(tariq.get(url(appeal, show="alike")))


@pytest.mark.parametrize("name", ["Айрат Сафин", "AYRAT  SAFIN", "Safin, Ajrat", "Aïrat Saffin"])
def test_names_look_alike_across_scripts_and_spellings(name):
    assert likeness(name) == likeness("Ayrat Safin")
    assert likeness(f"{name} 5") != likeness("Ayrat Safin 7")


def test_seven_thousand_are_shown_a_hundred_at_a_time_and_never_in_the_form(tariq):
    appeal = petition(310)
    answer = tariq.get(url(appeal, page=4))
    assert names(answer) == [f"N. {n:05}" for n in range(300, 310)]
    form = tariq.get(page(appeal))
    assert not [name for name in fields(form) if name.startswith("signatories-")]
    assert "310 people" in form.content.decode()
    save(tariq, appeal, title="Petition")
    assert appeal.signatories.count() == 310


def test_a_form_that_comes_back_has_the_rows_it_was_sent_with(tariq, monkeypatch):
    monkeypatch.setattr("appeals.admin.appeals.MANY", 3)
    appeal = petition(3)
    opened = tariq.get(page(appeal))
    with editing(appeal, by=join("edda")):
        appeal.signatories.create(name_status="public", name="One more", position=99)
    answer = save(tariq, appeal, opened, signatories__0__role="smith")
    assert "somebody else was faster" in answer.content.decode()
    assert fields(answer)["signatories-0-role"] == ["smith"]
    save(tariq, appeal, answer)
    assert appeal.signatories.filter(role="smith").count() == 1
    assert appeal.signatories.count() == 4


def test_a_ledger_asks_as_much_for_many_as_for_few(tariq, appeal):
    def asked(appeal, **query):
        tariq.get(url(appeal, **query))
        with CaptureQueriesContext(connection) as captured:
            assert tariq.get(url(appeal, **query)).status_code == 200
        return len(captured)

    large = petition(205)
    assert asked(large, page=2) == asked(appeal)
    assert asked(large, q="00007") == asked(appeal, q="x")


def test_several_rows_move_to_a_place_and_keep_their_order(tariq, appeal):
    answer = tariq.get(url(appeal))
    chosen = [row(appeal, "سلمى الكيلاني").pk, row(appeal, "Ayrat Safin").pk]
    sent = fields(answer, None) | {"do": "move", "chosen": chosen, "to": 2}
    answer = tariq.post(url(appeal), sent, follow=True)
    assert "2 rows now stand from place 2 on." in answer.content.decode()
    assert in_order(appeal) == [
        "Айрат Сафин", "Ayrat Safin", "سلمى الكيلاني", "Ana Petrel", "withheld"
    ]  # fmt: skip
    assert Contribution.objects.about(appeal).filter(user_name="Tariq").exists()


def test_a_dragged_page_is_saved_as_it_lies(tariq, appeal):
    pks = ordering.order_of(appeal)
    sent = {"revision": appeal.revision, "do": "order"}
    tariq.post(url(appeal), sent | {"order": ",".join(map(str, [pks[3], 999_999, pks[1]]))})
    assert ordering.order_of(appeal) == [pks[0], pks[3], pks[2], pks[1], pks[4]]


@pytest.mark.parametrize("ties", [False, True])
def test_an_order_is_written_in_a_few_queries(ties):
    appeal = petition(1200)
    if ties:
        appeal.signatories.update(position=0)
    order = ordering.order_of(appeal)
    wanted = ordering.moved(order, [order[1000], order[3], order[777]], 500)
    with CaptureQueriesContext(connection) as captured:
        ordering.write_order(appeal, wanted)
    assert ordering.order_of(appeal) == wanted
    assert len(captured) <= (2 if not ties else 10)


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"do": "move", "to": 2}, "Choose at least one row."),
        ({"do": "move", "chosen": "ours"}, "Give the number of a place."),
        ({"do": "move", "chosen": "ours", "to": 0}, "greater than or equal to 1"),
        ({"do": "move", "chosen": 999_999, "to": 1}, "no longer there"),
        ({"do": "order", "order": "1,x"}, "no order of rows"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(tariq, appeal, sent, reason):
    if sent.get("chosen") == "ours":
        sent = sent | {"chosen": row(appeal, "Ana Petrel").pk}
    before = in_order(appeal)
    answer = tariq.post(url(appeal), sent | {"revision": appeal.revision})
    assert answer.status_code == 400
    assert reason in answer.content.decode()
    assert in_order(appeal) == before


def test_a_stale_move_is_refused_and_what_was_chosen_stays_chosen(tariq, appeal):
    edda = sit("edda")
    opened = fields(tariq.get(url(appeal)))
    edda.post(url(appeal), fields(edda.get(url(appeal))) | {
        "do": "move", "chosen": row(appeal, "Ana Petrel").pk, "to": 5
    })  # fmt: skip
    chosen = row(appeal, "Ayrat Safin").pk
    answer = tariq.post(url(appeal), opened | {"do": "move", "chosen": chosen, "to": 1})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Somebody saved this after you opened it." in text
    assert "Edda saved on" in text
    again = fields(answer)
    assert (again["chosen"], again["to"]) == ([str(chosen)], ["1"])
    assert in_order(appeal)[0] == "Айрат Сафин"
    tariq.post(url(appeal), again | {"do": "move"})
    assert in_order(appeal)[0] == "Ayrat Safin"


def test_a_stale_row_is_refused_with_both_versions_and_what_was_typed(tariq, appeal):
    ana = row(appeal, "Ana Petrel")
    opened = fields(tariq.get(url(appeal, ana)))
    edda = sit("edda")
    edda.post(url(appeal, ana), fields(edda.get(url(appeal, ana))) | {"role": "miller"})
    answer = tariq.post(url(appeal, ana), opened | {"role": "head baker"})
    assert answer.status_code == 409
    [difference] = answer.context["differences"]
    assert (difference.theirs, difference.yours) == ("miller", "head baker")
    assert row(appeal, "Ana Petrel").role == "miller"
    tariq.post(url(appeal, ana), fields(answer))
    assert row(appeal, "Ana Petrel").role == "head baker"


def test_a_row_that_was_removed_meanwhile_becomes_a_new_one(tariq, appeal):
    ana = row(appeal, "Ana Petrel")
    opened = fields(tariq.get(url(appeal, ana)))
    edda = sit("edda")
    edda.post(url(appeal), fields(edda.get(url(appeal))) | {"do": "remove", "chosen": ana.pk})
    answer = tariq.post(url(appeal, ana), opened | {"role": "miller"})
    assert "removed by somebody else" in answer.content.decode()
    add = reverse("admin:appeals_ledger_add", args=[appeal.pk])
    tariq.post(add, fields(answer, add))
    assert in_order(appeal)[-1] == "Ana Petrel"


def test_a_new_row_stands_at_the_end_and_a_name_that_is_not_public_is_refused(tariq, appeal):
    add = reverse("admin:appeals_ledger_add", args=[appeal.pk])
    form = fields(tariq.get(add))
    answer = tariq.post(add, form | {"name_status": "pending", "name": "Bo Fisher"})
    assert answer.status_code == 400
    assert "must not be stored" in answer.content.decode()
    tariq.post(add, form | {"name_status": "public", "name": "Bo Fisher"})
    assert in_order(appeal)[-1] == "Bo Fisher"


def test_showing_a_hidden_name_takes_the_approval_back(tariq, appeal):
    approve(appeal)
    hidden = appeal.signatories.get(name_status="withheld")
    form = fields(tariq.get(url(appeal, hidden)))
    tariq.post(url(appeal, hidden), form | {"name_status": "public", "name": "Io Marsh"})
    appeal.refresh_from_db()
    assert appeal.state == State.DRAFT
    assert Decision.objects.about(appeal).last().name == "reopen"
    approve(appeal, by=join("rosa"))
    form = fields(tariq.get(url(appeal, hidden)))
    tariq.post(url(appeal, hidden), form)
    appeal.refresh_from_db()
    assert appeal.state == State.APPROVED


def test_who_may_only_look_changes_nothing(appeal):
    for who, status in (("wanda", 200), ("rosa", 200), ("mato", 403)):
        client = sit(who)
        answer = client.get(url(appeal))
        assert answer.status_code == status
        assert 'value="move"' not in answer.content.decode()
        sent = {"revision": appeal.revision, "do": "move", "chosen": 1, "to": 1}
        assert client.post(url(appeal), sent).status_code == 403
        ana = row(appeal, "Ana Petrel")
        assert client.post(url(appeal, ana), {"revision": 1}).status_code == 403
    assert in_order(appeal)[1] == "Ana Petrel"
    assert sit("tariq").get("/admin/appeals/appeal/999/signatories/").status_code == 404


def test_what_leads_to_a_name_goes_with_it(appeal):
    with editing(appeal, by=join("tariq")):
        ana = row(appeal, "Ana Petrel")
        ana.evidence_url = "https://press.example/ana-petrel"
        ana.save()
    publish(approve(appeal), by=join("edda"))
    hide(appeal, f"draft-{ana.pk}", by=join("edda"))
    ana.refresh_from_db()
    assert ana.evidence_url == ""
    assert "press.example" not in "".join(e.content for e in appeal.editions.all())
    assert list(verify()) == []
