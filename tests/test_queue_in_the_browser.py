"""The queue by keyboard alone: with its letters, and without any script."""

from datetime import date

import pytest
from django.conf import settings

from blog.comments.receipts import erase
from blog.models import Comment, CommentMonth, MailLink
from editorial.models import Decision
from tests.browser import barriers
from tests.cast import join
from tests.readers import publish_post, said

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/admin/blog/comment/queue/"


@pytest.fixture
def comments(settings):
    """Return five comments that wait, in several languages; one is a stack."""
    settings.COMMENTS_UNDO_SECONDS = 60
    edition = publish_post(summary="Of salt and reeds, and of who was there.")
    first = said(edition, "I was there.\n\nIt was cold.", name="Ana", state="held")
    return [
        first,
        said(edition, "You liar.", state="held", parent=first, reasons=["link"]),
        *(said(edition, "Cheap salt", state="held", alike="salt", source=f"s{n}") for n in "ab"),
        said(
            edition, "مياه مالحة منذ سنوات، ولا أحد يسمع.", name="سالم", language="ar", state="held"
        ),
    ]


def cookie_of(client, live_server):
    client.force_login(join("mato"))
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": f"{live_server.url}/admin/"}


def states(comments):
    there = dict(Comment.objects.values_list("pk", "state"))
    return [there[comment.pk] for comment in comments]


def test_a_sheet_is_decided_by_its_letters_and_undone(page, context, client, live_server, comments):
    context.add_cookies([cookie_of(client, live_server)])
    page.goto(QUEUE)
    page.get_by_text("Keys, on a comment").wait_for()
    keys = page.keyboard
    keys.press("a")
    keys.press("r")
    keys.type("Ins")
    keys.press("Tab")
    keys.type("Say so without aspersions")  # its letters choose nothing
    keys.press("Escape")
    keys.press("j")
    keys.press("s")
    keys.press("k")
    keys.press("Control+Enter")
    page.get_by_text("1 approved, 1 rejected, 2 marked as spam").wait_for()
    assert states(comments) == ["approved", "rejected", "spam", "spam", "held"]
    reason = Decision.objects.get(name="reject").reason
    assert reason == "Insults somebody: Say so without aspersions"

    page.get_by_text("No comment waits after these.").wait_for()
    keys.press("Enter")  # the undo has the focus
    page.get_by_text("4 comments are as they were.").wait_for()
    assert states(comments) == ["held"] * 5
    keys.press("s")
    keys.press("Control+Enter")
    page.get_by_text("1 marked as spam").wait_for()
    page.get_by_role("link", name="Back to the first").click()
    page.get_by_text("Keys, on a comment").wait_for()
    keys.press("u")
    page.get_by_text("1 comment is as it was.").wait_for()
    assert states(comments) == ["held"] * 5


def test_a_sheet_is_decided_by_keyboard_without_scripts(browser, client, live_server, comments):
    window = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    window.set_default_timeout(10_000)
    window.add_cookies([cookie_of(client, live_server)])
    page = window.new_page()
    page.goto(QUEUE)
    assert not page.get_by_text("Keys, on a comment").is_visible()
    wanted = page.locator(f"input[name=move-{comments[0].key}][value=leave]")
    for _key in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("radio => radio === document.activeElement"):
            break
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.get_by_text("1 approved").wait_for()
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    page.get_by_text("1 comment is as it was.").wait_for()
    window.close()
    assert states(comments) == ["held"] * 5


@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (360, "dark")])
def test_the_sheet_is_for_everybody(
    page, context, client, live_server, comments, screenshot, width, colours
):
    context.add_cookies([cookie_of(client, live_server)])
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    page.goto(QUEUE)
    page.get_by_label("Reject").first.check()
    screenshot(f"queue-{colours}-{width}")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Decide as chosen").click()
    page.get_by_text("Please say why").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    assert barriers(page) == []


def test_the_moderators_other_pages_are_for_everybody(
    page, context, client, live_server, comments, screenshot
):
    context.add_cookies([cookie_of(client, live_server)])
    page.set_viewport_size({"width": 360, "height": 900})
    page.emulate_media(color_scheme="dark")
    erase(comments[0])
    link = MailLink.objects.create(user=join("mato"), comment=comments[4], action="reject")
    month = {"month": date(2026, 3, 1), "received": 9, "approved": 5, "rejected": 2, "spam": 1}
    CommentMonth.objects.create(**month, withdrawn=0, grounds={"insult": 2}, median_hours=60)
    found = {}
    for name, address in {
        "second-look": "/admin/blog/comment/second-look/",
        "record": "/admin/blog/comment/record/",
        "by-mail": link.get_absolute_url(),
        "figures": "/comments/figures/",
    }.items():
        page.goto(address)
        screenshot(f"moderators-{name}")
        found[name] = barriers(page)
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            found[name].append("wider than the window")
    assert not any(found.values()), found
