"""Citations and letters as people meet them, with a keyboard alone."""

import re

import pytest
from django.core import mail

from appeals.models import Organisation
from config.letters.models import Subscription
from editorial.editing import editing
from editorial.sealing import publish
from tests.cast import approve, join, translate, write_appeal
from tests.readers import publish_post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post():
    """Publish a post in Arabic, and an appeal in two languages; return the post's address."""
    appeal = write_appeal(by=join("wanda"), slug="lake", original_title="К народу озера")
    with editing(appeal, by=join("wanda")):
        appeal.issuers.create(organisation=Organisation.objects.create(name="Lake Council"))
    publish(approve(appeal), by=join("edda"))
    publish(approve(translate(appeal, by=join("tariq"))), by=join("edda"))
    title = "ملح في الآبار " * 5
    return publish_post(title=title.strip(), language="ar", slug="milh").get_absolute_url()


def test_a_reader_keeps_a_post_and_asks_for_letters_by_keyboard(page, post):
    page.goto(post)
    with page.expect_download() as kept:
        page.get_by_role("link", name="EPUB").press("Enter")
    assert kept.value.suggested_filename == f"milh-{kept.value.suggested_filename[5:9]}-1.epub"
    page.get_by_role("link", name="Cite", exact=True).press("Enter")
    page.get_by_role("heading", name="Cite").wait_for()
    page.get_by_role("link", name="Letters by e-mail").press("Enter")
    page.get_by_label("Your e-mail address").press_sequentially("ana@reader.example")
    page.keyboard.press("Enter")
    page.get_by_text("We have written to that address").wait_for()
    [request] = [letter for letter in mail.outbox if letter.to == ["ana@reader.example"]]
    page.goto(re.findall("http://testserver(/letters/confirm/.*)", request.body)[0])
    page.get_by_role("button", name="Yes, send me letters").press("Enter")
    page.get_by_text("The next letter comes").wait_for()
    assert Subscription.objects.get().confirmed_at
    page.goto(re.findall("http://testserver(/letters/leave/.*)", request.body)[0])
    page.get_by_role("button", name="Send me no more letters").press("Enter")
    page.get_by_text("You get no more letters").wait_for()
    assert not Subscription.objects.exists()
    assert page.context.cookies() == []
