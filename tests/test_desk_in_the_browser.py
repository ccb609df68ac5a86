"""The review page and previews as people meet them: in the dark, on a phone, by keyboard."""

import pytest
from django.conf import settings

from appeals.models import Passage
from appeals.reviewing import save_text
from editorial.editing import editing
from editorial.moving import move
from editorial.noting import add_note
from editorial.previewing import make_link
from editorial.sealing import publish
from tests.browser import barriers
from tests.cast import approve, join, translate, write_appeal

pytestmark = pytest.mark.django_db(transaction=True)

ARABIC = [
    ("title", "نداء من أهل الآبار"),
    ("salutation", "إلى أهل البحيرة وإلى الجمعية العامة!"),
    ("paragraph", "في فجر الثاني عشر من آذار اجتمع ممثلو القرى الثلاث عند البئر القديمة."),
    ("paragraph", "لقد صار الماء مالحاً.\n\nولا نطلب صدقة، بل نطلب حقنا."),
    ("slogan", "الماء حق!"),
    ("signature", ""),
]
ENGLISH = [
    "An appeal of the people of the wells",
    "To the people of the lake and to the General Assembly!",
    "At dawn on 12 March the delegates of the three villages met at the old well.",
    "The water has turned to salt.\n\nWe do not ask for alms: we ask for what is ours.",
    "",
    "",
]


@pytest.fixture
def translation():
    """Return a translation from Arabic with a passage in every standing."""
    tariq, rosa, edda = (join(who) for who in ("tariq", "rosa", "edda"))
    appeal = write_appeal(passages=0, original_language="ar", title="From the wells", slug="wells")
    with editing(appeal, by=edda):
        for number, (kind, text) in enumerate(ARABIC, start=1):
            Passage.objects.create(
                appeal=appeal, key=f"p{number}", position=number, kind=kind, text=text
            )
    publish(approve(appeal), by=edda)
    translation = translate(appeal, by=tariq)
    for passage, text in zip(appeal.passages.all(), ENGLISH, strict=True):
        rendering = translation.renderings.get(passage=passage)
        save_text(translation, passage, text, by=tariq, revision=rendering.revision)
    renderings = list(translation.renderings.all())
    for rendering in renderings[:3]:
        move(rendering, "accept", by=rosa)
    move(renderings[1], "send_back", by=rosa, reason="“Assembly” is the council here, see § p3.")
    with editing(appeal, by=edda):
        third = appeal.passages.get(key="p3")
        third.text = third.text.replace("الثلاث", "الأربع")
        third.save()
    add_note(translation, "Is that well still in use?", by=join("wanda"), place="p3")
    return translation


def sign_in(context, client, live_server, user):
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": f"{live_server.url}/admin/"}]
    )


@pytest.mark.parametrize(("colours", "width"), [("light", 1280), ("dark", 360)])
def test_the_review_page_is_for_everybody(
    page, context, client, live_server, translation, screenshot, colours, width
):
    sign_in(context, client, live_server, join("edda"))
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    page.goto(f"/admin/appeals/translation/{translation.pk}/review/")
    screenshot(f"review-{colours}-{width}")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("#p1 .original").get_attribute("dir") == "rtl"


def test_a_rendering_is_saved_from_the_keyboard(page, context, client, live_server, translation):
    sign_in(context, client, live_server, join("tariq"))
    page.goto(f"/admin/appeals/translation/{translation.pk}/review/")
    page.locator("#text-p2").fill("To the people of the lake and to their council!")
    page.locator("#text-p2").press("Control+Enter")
    page.wait_for_url("**/review/#*")
    page.locator("#p2.open").wait_for()
    assert "their council" in page.locator("#p2 .rendering").inner_text()


@pytest.mark.parametrize(("colours", "width"), [("light", 1280), ("dark", 360)])
def test_a_preview_is_for_everybody(page, translation, screenshot, colours, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    for item, name in ((translation, "translation"), (translation.appeal, "appeal")):
        page.goto(make_link(item, by=join("edda")).get_absolute_url())
        screenshot(f"preview-{name}-{colours}-{width}")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
