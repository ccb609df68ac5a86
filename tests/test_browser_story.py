"""The main story in a browser: from a writer's draft, and a translation, to a reader's comment.

Everybody signs in through the desk's own form and presses what stands on the page.
"""

import pytest

from blog.models import Comment, PostEdition
from editorial.sealing import publish
from editorial.verifying import verify
from tests.cast import approve, join, translate, write_appeal

pytestmark = pytest.mark.django_db(transaction=True)


def press(page, act, words=""):
    """Press a button of the panel, giving the words it asks for."""
    form = page.locator(f"form.act-{act}")
    if words:
        form.locator("summary").first.click()
        form.locator("textarea").first.fill(words)
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()


def test_a_post_goes_from_a_draft_to_a_reader(sit, context, screenshot, faults):
    title = "Salt in the wells"
    wanda = sit("wanda")
    wanda.goto("/admin/blog/post/add/")
    wanda.locator("#id_title").fill(title)
    wanda.locator(".tiptap").click()
    wanda.locator(".tiptap").press_sequentially("They met at dawn by the old well.")
    wanda.get_by_role("button", name="Save and continue editing").click()
    wanda.locator(".messagelist .success").wait_for()
    press(wanda, "submit")

    rosa = sit("rosa")
    rosa.get_by_role("link", name=title).click()
    rosa.wait_for_load_state()
    press(rosa, "request_changes", "Which well?")

    wanda = sit("wanda")
    assert "Which well?" in wanda.locator("#content").inner_text()
    wanda.get_by_role("link", name=title).first.click()
    wanda.locator(".tiptap").click()
    wanda.keyboard.press("Control+End")
    wanda.keyboard.type(" It is the one behind the mill.")
    wanda.get_by_role("button", name="Save and continue editing").click()
    wanda.locator(".messagelist .success").wait_for()
    press(wanda, "submit")

    rosa = sit("rosa")
    rosa.get_by_role("link", name=title).click()
    rosa.wait_for_load_state()
    press(rosa, "approve")

    edda = sit("edda")
    edda.get_by_role("link", name=title).first.click()
    edda.wait_for_load_state()
    form = edda.locator("form.act-schedule")
    form.locator("summary").first.click()
    form.locator("input[type=datetime-local], input[name$=at]").first.fill("2099-03-05T09:00")
    form.locator("button[type=submit]").click()
    edda.wait_for_load_state()
    assert PostEdition.objects.scheduled().count() == 1
    press(edda, "cancel_schedule")
    press(edda, "publish")
    screenshot("story-published")
    address = PostEdition.objects.live().get().get_absolute_url()

    context.clear_cookies()
    reader = context.new_page()
    reader.goto(address)
    assert "the one behind the mill" in reader.locator("article").inner_text()
    reader.locator("textarea[name=text]").fill("My grandmother drank from it.")
    reader.get_by_role("button", name="See it, then send it").click()
    reader.locator("#preview").wait_for()
    reader.get_by_role("button", name="Send", exact=True).click()
    reader.wait_for_url("**/comments/receipt/**")
    assert Comment.objects.get().state == "held"

    mato = sit("mato")
    mato.goto("/admin/blog/comment/queue/")
    mato.get_by_label("Approve", exact=True).check()
    mato.get_by_role("button", name="Decide as chosen").click()
    mato.wait_for_load_state()

    context.clear_cookies()
    reader = context.new_page()
    reader.goto(address)
    assert "My grandmother drank from it." in reader.locator("main").inner_text()
    reader.screenshot(path="var/screenshots/story-reader.png", full_page=True)
    assert context.cookies() == []
    assert list(verify()) == []
    assert faults == []


def test_a_translation_goes_from_its_translator_to_a_reader(sit, context, faults):
    edda = join("edda")
    appeal = write_appeal(slug="lake", title="To the lake")
    publish(approve(appeal), by=edda)
    translation = translate(appeal)

    tariq = sit("tariq")
    tariq.goto(f"/admin/appeals/translation/{translation.pk}/review/")
    first = tariq.locator("#p1")
    first.locator("details.edit summary").click()
    first.locator("#text-p1").fill("People of the lake!")
    first.get_by_role("button", name="Save (to be reviewed)").click()
    tariq.wait_for_load_state()
    tariq.goto(f"/admin/appeals/translation/{translation.pk}/change/")
    press(tariq, "submit")

    rosa = sit("rosa")
    rosa.goto(f"/admin/appeals/translation/{translation.pk}/review/")
    for key in ("p1", "p2"):
        rosa.locator(f"#{key}").get_by_role("button", name="Accept").click()
        rosa.wait_for_load_state()
    rosa.goto(f"/admin/appeals/translation/{translation.pk}/change/")
    press(rosa, "approve")

    page = sit("edda")
    page.goto(f"/admin/appeals/translation/{translation.pk}/change/")
    press(page, "publish")

    context.clear_cookies()
    reader = context.new_page()
    reader.goto("/appeals/lake/en+ru/")
    text = reader.locator("main").inner_text()
    assert "People of the lake!" in text
    assert "Абзац 1." in text
    assert faults == []
