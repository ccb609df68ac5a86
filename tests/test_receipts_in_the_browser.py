"""A writer's and a reader's whole way, by keyboard alone, on a phone in the dark and on a desk."""

import pytest

from blog.models import Comment, Report
from editorial.moving import move
from editorial.sealing import publish
from tests.browser import barriers
from tests.cast import approve, join, translate, write_appeal
from tests.readers import publish_post, said

pytestmark = pytest.mark.django_db(transaction=True)


def press(page, role, name):
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")


def look(page, screenshot, name):
    screenshot(name)
    assert barriers(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize(("scheme", "width"), [("dark", 360)])
def test_a_writer_goes_all_the_way_by_keyboard(page, screenshot, scheme, width):
    edition = publish_post(body="<p>They met at dawn, by the old well.</p>")
    said(edition, "أنا أيضاً كنت هناك.\n\nI saw it too.", name="ليلى", language="ar")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(edition.get_absolute_url())
    page.get_by_label("Name").focus()
    page.keyboard.type("Ana")
    page.keyboard.press("Tab")
    page.keyboard.type("They did.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#preview:focus").wait_for()
    page.get_by_role("button", name="Send", exact=True).press("Enter")
    page.get_by_text("With the moderators.").wait_for()
    look(page, screenshot, f"receipt-held-{scheme}-{width}")

    comment = Comment.objects.get(name="Ana")
    move(comment, "reject", by=join("mato"), reason="It names a child.")
    page.reload()
    page.get_by_text("It names a child.").wait_for()
    look(page, screenshot, f"receipt-rejected-{scheme}-{width}")
    press(page, "link", "Correct it")
    page.get_by_label("Comment", exact=True).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("They did, all of them.")
    look(page, screenshot, f"receipt-correct-{scheme}-{width}")
    press(page, "button", "Send it again")
    page.get_by_text("With the moderators.").wait_for()
    press(page, "link", "Erase it")
    look(page, screenshot, f"receipt-erase-{scheme}-{width}")
    press(page, "button", "Erase it for good")
    page.get_by_text("Erased. Your words").wait_for()
    assert page.evaluate("document.cookie") == ""
    comment.refresh_from_db()
    assert comment.text == ""


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1280), ("light", 360)])
def test_a_reader_reports_and_corrects_by_keyboard(page, screenshot, scheme, width):
    edition = publish_post()
    said(edition, "They did not.", name="Bo")
    appeal = write_appeal(by=join("tariq"), slug="lake")
    publish(approve(appeal), by=join("edda"))
    publish(approve(translate(appeal, by=join("tariq"))), by=join("edda"))
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(edition.get_absolute_url())
    look(page, screenshot, f"discussion-{scheme}-{width}")
    press(page, "link", "Report the comment by Bo")
    page.get_by_label("Insults somebody").focus()
    page.keyboard.press("Space")
    look(page, screenshot, f"report-{scheme}-{width}")
    press(page, "button", "Report it")
    page.get_by_text("Thank you. The moderators look at it.").wait_for()
    assert Report.objects.get().ground == "insult"

    page.goto("/appeals/lake/en/")
    look(page, screenshot, f"proposals-{scheme}-{width}")
    press(page, "link", "Propose a correction of § p2")
    page.get_by_label("Your correction").focus()
    page.keyboard.type("It says pages.")
    look(page, screenshot, f"proposal-{scheme}-{width}")
    press(page, "button", "See it, then send it")
    page.locator("#preview:focus").wait_for()
    look(page, screenshot, f"proposal-shown-{scheme}-{width}")
    page.get_by_role("button", name="Send", exact=True).press("Enter")
    page.get_by_role("heading", name="Your correction").wait_for()
    assert Comment.objects.get(text="It says pages.").passage == "p2"
