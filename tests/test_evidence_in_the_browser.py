"""Documents as people meet them: drawing a box, and reading a text beside its scan."""

import io

import pytest
from django.conf import settings
from PIL import Image

from appeals.evidence import shelf
from appeals.evidence.releasing import release
from appeals.evidence.taking import pages_of_upload, take_in
from appeals.models import SourceDocument
from editorial.sealing import publish
from tests import scans
from tests.browser import barriers
from tests.cast import approve, join, write_appeal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def document():
    appeal = write_appeal(by=join("tariq"), slug="lake", passages=60)
    upload = scans.bring(scans.told(), "scan.jpg")
    document = SourceDocument(appeal=appeal, title="A photostat")
    take_in(document, upload, pages_of_upload(upload))
    return document


@pytest.fixture
def desk(context, client, live_server):
    client.force_login(join("tariq"))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": f"{live_server.url}/admin/"}]
    )


def drag(page, start, end):
    """Draw a box on the page from one corner to another, in parts of its size."""
    frame = page.locator("svg.drawing").bounding_box()
    start, end = (
        (frame["x"] + x * frame["width"], frame["y"] + y * frame["height"]) for x, y in (start, end)
    )
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    page.mouse.up()


def test_a_box_is_drawn_with_the_pointer(page, desk, document, screenshot):
    page.set_viewport_size({"width": 1280, "height": 1400})
    page.goto(f"/admin/appeals/sourcedocument/{document.pk}/pages/1/")
    drag(page, (0.1, 0.1), (0.4, 0.3))
    for _more in range(3):
        drag(page, (0.9, 0.9), (0.6, 0.8))
    assert page.locator("svg.drawing rect").count() == 4
    assert page.locator(".document tbody tr").count() == 4
    screenshot("document-page")
    assert barriers(page) == []
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved. Below is the page").wait_for()
    assert page.locator("svg.drawing rect.black").count() == 4
    image = document.images.get()
    box = image.boxes.first()
    assert [round(box.x, 2), round(box.y, 2), round(box.w, 2), round(box.h, 2)] == [
        *(0.1, 0.1, 0.3, 0.2)
    ]
    with shelf.open_page(image.content()["file"]) as file:
        pixels = Image.open(io.BytesIO(file.read())).convert("L")
    assert pixels.crop((70, 90, 230, 230)).getextrema()[1] < 24


@pytest.mark.parametrize("width", [1280, 360])
def test_a_text_is_read_beside_its_scan(page, document, screenshot, width):
    sheet = document.images.get()
    first = document.appeal.passages.get(key="p1")
    sheet.places.create(passage=first, x=0.1, y=0.1, w=0.8, h=0.2)
    release(document, seen=document.pages_digest, by=join("tariq"))
    publish(approve(document.appeal), by=join("edda"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 700})
    page.goto("/appeals/lake/")
    assert [url for url in asked if "/media/" in url] == []
    page.locator("#p1 summary").click()
    cut_out = page.locator("#p1 svg img")
    file = sheet.content()["file"]
    assert cut_out.evaluate("image => image.decode().then(() => image.currentSrc)").endswith(file)
    screenshot(f"scan-beside-text-{width}")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#p1 .on-the-scan a").click()
    page.wait_for_url("**/appeals/lake/#scan:1:1")
    shown = page.locator(".sheets img")
    assert shown.evaluate("image => image.decode().then(() => image.currentSrc)").endswith(file)
    assert len([url for url in asked if "/media/" in url]) == 1  # what is here is wide enough
    screenshot(f"scan-{width}")
