"""Originals corrected, split and merged in a browser, at the desk without any script."""

import pytest
from django.conf import settings
from django.test import Client

from appeals.models import Passage
from appeals.reviewing import save_text
from editorial.editing import editing
from editorial.noting import add_note
from editorial.sealing import publish
from tests.browser import barriers
from tests.cast import approve, join, translate, write_appeal

pytestmark = pytest.mark.django_db(transaction=True)

TEXTS = [
    ("title", "نداء من أهل الآبار", "An appeal of the people of the wells"),
    (
        "paragraph",
        "في فجر الثاني عشر من آذار اجتمع [illegible] ممثلو القرى الثلاث عند بئر [?الغزال].",
        "At dawn on 12 March [illegible] of the three villages met at the well of [?Ghazal].",
    ),
    (
        "paragraph",
        "لقد صار الماء مالحاً.\n\nولا نطلب صدقة، بل نطلب حقنا.",
        "The water has turned to salt.\n\nWe do not ask for alms [note: the word is also used of "
        "tithes]: we ask for what is ours.",
    ),
    ("slogan", "الماء حق!", "Water is a right!"),
    ("signature", "[stamp]", "[stamp]"),
]


@pytest.fixture
def translation():
    """Return a translation from Arabic, public like its appeal."""
    tariq, edda = join("tariq"), join("edda")
    appeal = write_appeal(
        passages=0,
        original_language="ar",
        title="From the wells",
        slug="wells",
        basis="a photostat",
    )
    with editing(appeal, by=edda):
        for number, (kind, text, _english) in enumerate(TEXTS, start=1):
            Passage.objects.create(
                appeal=appeal, key=f"p{number}", position=number, kind=kind, text=text
            )
    publish(approve(appeal), by=edda)
    translation = translate(appeal, by=tariq)
    for passage, (_kind, _text, english) in zip(appeal.passages.all(), TEXTS, strict=True):
        rendering = translation.renderings.get(passage=passage)
        save_text(translation, passage, english, by=tariq, revision=rendering.revision)
    with editing(translation, by=tariq):
        translation.label = "informal translation"
        translation.translator_status = "withheld"
        translation.save()
    publish(approve(translation), by=edda)
    return translation


def window(browser, live_server, user, **options):
    """Open a window in which somebody is signed in."""
    opened = browser.new_context(base_url=live_server.url, locale="en", **options)
    client = Client()  # of their own: who signs in ends the session of who was
    client.force_login(join(user))
    cookie = {"name": settings.SESSION_COOKIE_NAME, "url": f"{live_server.url}/admin/"}
    opened.add_cookies([cookie | {"value": client.cookies[settings.SESSION_COOKIE_NAME].value}])
    return opened.new_page()


def fine(page):
    """Return whether a page is for everybody, and no wider than the screen."""
    assert barriers(page) == []
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_original_is_corrected_and_its_meaning_confirmed_without_scripts(
    browser, live_server, translation
):
    appeal = translation.appeal
    desk = f"/admin/appeals/appeal/{appeal.pk}/"
    review = f"/admin/appeals/translation/{translation.pk}/review/"
    plain = {"java_script_enabled": False}
    tariq = window(browser, live_server, "tariq", **plain)
    tariq.goto(f"{desk}passages/")
    box = tariq.locator("#text-p2")
    box.fill(box.input_value().replace("الثلاث", "الأربع"))
    tariq.locator("#p2 button[value=save]").click()
    tariq.locator("#p2 a", has_text="English: meaning unchanged?").click()
    assert tariq.locator("#p2 ins").inner_text() == "الأربع"
    tariq.locator("#p2 button[value=vouch]").click()
    rosa = window(browser, live_server, "rosa", **plain)
    rosa.goto(review)
    rosa.locator("#p2 button", has_text="Confirm: meaning unchanged").click()
    rosa.locator("#p2.accepted").wait_for()
    tariq.goto(f"{desk}passages/")
    tariq.locator("#p4 summary", has_text="Merge").click()
    tariq.locator("#p4 button[value=merge]").click()
    assert tariq.locator("article").count() == 4
    tariq.locator("#p3 a", has_text="Split").click()
    tariq.locator("form.split button").click()
    assert tariq.locator("article").count() == 5
    assert [r.text for r in translation.renderings.all()][2] == "The water has turned to salt."


@pytest.mark.parametrize(("colours", "width"), [("light", 1280), ("dark", 360)])
def test_the_pages_of_passages_are_for_everybody(
    page, context, client, live_server, translation, screenshot, colours, width
):
    appeal = translation.appeal
    edda = join("edda")
    row = appeal.passages.get(key="p2")
    with editing(appeal, by=edda):
        row.text = row.text.replace("الثلاث", "الأربع")
        row.save()
    publish(approve(appeal), by=edda, kind="correction", note="Four villages, not three.")
    again = translation.renderings.get(passage__key="p3")
    english = again.text.replace("alms", "charity")
    save_text(translation, again.passage, english, by=join("tariq"), revision=again.revision)
    add_note(translation, "Is that well still in use?", by=join("wanda"), place="p3")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    client.force_login(edda)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "url": f"{live_server.url}/admin/"}
    context.add_cookies([cookie | {"value": client.cookies[settings.SESSION_COOKIE_NAME].value}])
    pages = {
        "original": f"/admin/appeals/appeal/{appeal.pk}/passages/",
        "split": f"/admin/appeals/appeal/{appeal.pk}/passages/p3/split/",
        "asked": f"/admin/appeals/translation/{translation.pk}/review/",
        "history": f"/admin/appeals/translation/{translation.pk}/passage/p3/",
        "text": "/appeals/wells/en/",
        "arabic": "/appeals/wells/ar/",
        "both": "/appeals/wells/en+ar/",
        "compared": "/appeals/wells/editions/1-2/",
    }
    for name, address in pages.items():
        page.goto(address)
        screenshot(f"passages-{name}-{colours}-{width}")
        assert fine(page), name
