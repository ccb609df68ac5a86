"""The ledger as people meet it: with a keyboard, a mouse, without scripts, on a phone."""

import pytest
from django.conf import settings

from appeals.models import Signatory
from editorial.sealing import publish
from tests.browser import barriers
from tests.cast import approve, join, write_appeal
from tests.tables import csv_of

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = [
    {"name": "سلمى الكيلاني", "role": "nurse", "role_original": "ممرضة", "group": "Harbour"},
    {"name": "Ayrat Safin", "role": "fisher", "group": "Harbour", "printed_as": "Айрат Сафин"},
    {"name_status": "withheld", "role": "President", "group": "Harbour"},
    {"name": "Аират Сафин", "role": "teacher", "verification": "She confirmed it by letter."},
    {"name": "Ana Petrel", "role": "baker", "withdrew_on": "2022-04-01"},
]


@pytest.fixture
def appeal(context, client, live_server):
    made = write_appeal(by=join("tariq"), slug="lake", original_language="ar")
    Signatory.objects.bulk_create(
        Signatory(appeal=made, position=place, **{"name_status": "public"} | row)
        for place, row in enumerate(ROWS)
    )
    client.force_login(join("edda"))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": f"{live_server.url}/admin/"}]
    )
    return made


def roles(appeal):
    return list(appeal.signatories.order_by("position", "pk").values_list("role", flat=True))


def ledger(appeal):
    return f"/admin/appeals/appeal/{appeal.pk}/signatories/"


def test_rows_are_moved_with_the_keyboard_and_with_the_mouse(page, appeal):
    page.goto(ledger(appeal))
    page.get_by_role("button", name="Move no. 4 with the arrow keys").focus()
    for _step in range(2):
        page.keyboard.press("ArrowUp")
    assert page.get_by_role("status").inner_text() == "now at place 2"
    assert roles(appeal)[1] == "fisher"
    page.get_by_role("button", name="Save the new order").click()
    page.get_by_text("The rows are in the new order.").wait_for()
    assert roles(appeal) == ["nurse", "teacher", "fisher", "President", "baker"]
    page.get_by_role("button", name="Move no. 5").drag_to(page.locator("#place-1"))
    page.get_by_role("button", name="Save the new order").click()
    page.get_by_text("The rows are in the new order.").wait_for()
    assert roles(appeal)[0] == "baker"


def test_rows_are_moved_by_number_without_a_script(browser, context, live_server, appeal):
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain.add_cookies(context.cookies(f"{live_server.url}/admin/"))
    page = plain.new_page()
    page.goto(ledger(appeal))
    assert page.get_by_role("button", name="Save the new order").count() == 0
    page.get_by_label("Choose no. 5").check()
    page.get_by_label("Choose no. 4").check()
    page.get_by_label("Move the chosen rows to place").fill("1")
    page.get_by_role("button", name="Move", exact=True).click()
    assert "2 rows now stand from place 1 on." in page.content()
    plain.close()
    assert roles(appeal)[:2] == ["teacher", "baker"]


@pytest.mark.parametrize(("colours", "width"), [("light", 1280), ("dark", 360)])
def test_the_ledger_is_for_everybody(page, appeal, screenshot, colours, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    page.goto(ledger(appeal))
    screenshot(f"ledger-{colours}-{width}")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="سلمى").click()
    screenshot(f"ledger-row-{colours}-{width}")
    assert barriers(page) == []


@pytest.mark.parametrize(("colours", "width"), [("light", 1280), ("dark", 360)])
def test_a_table_is_brought_in(page, appeal, screenshot, colours, width, tmp_path):
    file = tmp_path / "list.csv"
    headings = ["name", "name_status", "role", "group", "organisation", "note"]
    rows = [
        ["نور الدين", "", "teacher", "Harbour", "مدرسة الميناء", "x"],
        ["AYRAT SAFIN", "", "smith", "", "", ""],
        ["Zenobia", "withheld", "Secretary", "Harbour", "", ""],
        ["", "public", "clerk", "", "", ""],
    ]
    file.write_bytes(csv_of(headings, *rows, delimiter=";", encoding="utf-16"))
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    page.goto(ledger(appeal))
    page.get_by_role("link", name="Bring in a table").click()
    screenshot(f"ledger-import-{colours}-{width}")
    assert barriers(page) == []
    page.get_by_label("File:").set_input_files(file)
    page.get_by_role("button", name="Look at what it does").click()
    screenshot(f"ledger-preview-{colours}-{width}")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert "Zenobia" not in page.content()
    page.get_by_role("button", name="Bring in: make 3, update 0").click()
    page.get_by_text("3 rows brought in").wait_for()
    assert roles(appeal)[5:] == ["teacher", "smith", "Secretary"]


@pytest.mark.parametrize(("colours", "width"), [("light", 1280), ("dark", 360)])
def test_readers_turn_the_pages(page, appeal, screenshot, colours, width):
    Signatory.objects.bulk_create(
        Signatory(
            appeal=appeal, position=n, name_status="public", name=f"نور {n}", group=f"G {n // 400}"
        )
        for n in range(10, 1200)
    )
    publish(approve(appeal), by=join("edda"))
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    page.goto("/appeals/lake/")
    screenshot(f"signed-first-{colours}-{width}")
    page.get_by_role("link", name="All 1195 signatures").click()
    page.get_by_role("link", name="2", exact=True).click()
    screenshot(f"signed-{colours}-{width}")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
