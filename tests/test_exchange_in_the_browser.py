"""The exchange as people meet it: a file goes out, comes back and is looked at; and paper."""

import pytest

from appeals.models import Passage
from editorial.editing import editing
from tests.browser import barriers
from tests.cast import join, translate, write_appeal
from tests.test_desk_in_the_browser import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def translation():
    appeal = write_appeal(passages=0, original_language="ar", title="From the wells", slug="wells")
    texts = ["نداء من أهل الآبار", "لقد صار الماء مالحاً.\n\nولا نطلب صدقة.", "الماء حق!", ""]
    with editing(appeal, by=join("wanda")):
        for number, text in enumerate(texts, start=1):
            Passage.objects.create(appeal=appeal, key=f"p{number}", position=number, text=text)
    return translate(appeal, by=join("tariq"))


def change(translation, key):
    with editing(translation.appeal, by=join("wanda")):
        passage = translation.appeal.passages.get(key=key)
        passage.text += " كل يوم."
        passage.save()


@pytest.mark.parametrize(("colours", "width"), [("light", 1280), ("dark", 360)])
def test_a_file_goes_out_and_comes_back(
    page, context, client, live_server, translation, screenshot, tmp_path, colours, width
):
    sign_in(context, client, live_server, join("edda"))
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    page.goto(f"/admin/appeals/translation/{translation.pk}/exchange/")
    assert barriers(page) == []
    with page.expect_download() as leaving:
        page.get_by_role("link", name="XLIFF 2.1").click()
    assert leaving.value.suggested_filename == "wells.en.xlf"
    text = leaving.value.path().read_text("utf-8")
    back = tmp_path / "back.xlf"
    back.write_text(text.replace("Passage 2.", "The water is salt."), "utf-16")
    change(translation, "p3")
    page.get_by_label("XLIFF 1.2 or 2.x").set_input_files(back)
    page.get_by_role("button", name="Look at what would change").click()
    page.get_by_text("Nothing is written yet.").wait_for()
    screenshot(f"arrivals-{colours}-{width}")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".arrival.refused h2").all_inner_texts() == ["§ p3"]
    page.get_by_role("button", name="Take in what is ticked").click()
    page.wait_for_url("**/review/")
    assert translation.renderings.get(passage__key="p2").text == "The water is salt."


def test_the_sheet_prints_without_the_desk_around_it(
    page, context, client, live_server, translation, screenshot
):
    sign_in(context, client, live_server, join("rosa"))
    page.goto(f"/admin/appeals/translation/{translation.pk}/sheet/")
    assert barriers(page) == []
    assert page.locator("#header").is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    screenshot("sheet-print")
    assert not page.locator("#header").is_visible()
    assert not page.locator(".breadcrumbs").is_visible()
    assert page.locator("tbody tr").count() == 4
    for part in page.locator(".sheet :is(tr, th, td)").all():
        ground = part.evaluate("part => getComputedStyle(part).backgroundColor")
        assert ground in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")
    cell = page.locator("tbody td").first
    assert cell.evaluate("cell => getComputedStyle(cell).color") == "rgb(0, 0, 0)"
