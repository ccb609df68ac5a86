"""Comments as people meet them: without scripts, by keyboard, in the dark, on a phone."""

import pytest
from django.conf import settings

from blog.models import Comment
from editorial.moving import move
from tests.browser import barriers
from tests.cast import join
from tests.readers import publish_post, said

pytestmark = pytest.mark.django_db(transaction=True)
THANKS = "With the moderators. Nobody else sees it"
MISSING = "Please write something."


@pytest.fixture
def edition():
    """Return a post on which a conversation is under way."""
    edition = publish_post(
        title="Salt in the wells",
        body="<p>They met at dawn, as they had said they would, by the old well.</p>",
    )
    one = said(edition, "I was there.\n\nIt was cold, and nobody left.", name="Ana Petrel")
    two = said(edition, "وأنا أيضاً كنت هناك. رأيت ثلاث قرى.", name="ليلى", parent=one)
    said(edition, "How many came?\nI counted forty.", parent=two)
    gone = said(edition, "x", name="Bo")
    said(edition, "That is not so: https://a.example/a-long-address?" + "x" * 90, parent=gone)
    said(edition, "مياه مالحة منذ سنوات، ولا أحد يسمع.", name="سالم")
    move(gone, "reject", by=join("mato"), reason="Names a child")
    for number in range(3):
        said(edition, f"Waiting {number}. " * 9, state="held", name="Nour", parent=one)
    return edition


def is_wider_than_the_window(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_comment_is_sent_without_a_script(plain, edition):
    plain.goto(edition.get_absolute_url())
    plain.get_by_role("link", name="Reply to Ana Petrel").click()
    plain.get_by_role("heading", name="Reply to Ana Petrel").wait_for()
    plain.get_by_role("button", name="See it, then send it").click()
    assert plain.title().startswith("Not sent yet:")
    box = plain.get_by_label("Comment", exact=True)
    assert box.get_attribute("aria-invalid") == "true"
    box.fill("So was I.")
    plain.get_by_label("Name").fill("Ana's neighbour")
    plain.get_by_role("button", name="Send").click()
    plain.get_by_text(THANKS).wait_for()
    comment = Comment.objects.get(text="So was I.")
    assert (comment.name, comment.parent.name) == ("Ana's neighbour", "Ana Petrel")


def test_an_error_takes_the_focus_and_the_thanks_are_in_view(page, edition):
    page.goto(edition.get_absolute_url())
    page.get_by_label("Name").fill("Ana")
    page.get_by_label("Name").press("Enter")
    page.locator("[name=text]:focus").wait_for()
    page.get_by_text(MISSING).wait_for()
    page.keyboard.type("They did.")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text(THANKS).wait_for()
    assert page.get_by_text(THANKS).bounding_box()["y"] < page.viewport_size["height"]
    assert page.evaluate("document.cookie") == ""


def test_the_field_for_machines_is_out_of_everybody_s_way(page, edition):
    page.goto(edition.get_absolute_url())
    page.get_by_label("Name").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "text"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "language"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "See it, then send it"


def test_a_preview_takes_the_focus_and_the_keyboard_sends_it(page, screenshot, edition):
    page.goto(edition.get_absolute_url())
    page.get_by_role("link", name="Reply to سالم").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Comment", exact=True).focus()
    page.keyboard.type("لم يسمع أحد.")
    for _stop in ("language", "See it, then send it"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#preview:focus").wait_for()
    assert page.get_by_text("Not sent yet: this is how it will look").is_visible()
    screenshot("comments-preview")
    assert barriers(page) == []
    page.get_by_role("button", name="Send", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_text(THANKS).wait_for()
    assert Comment.objects.get(text="لم يسمع أحد.").parent.name == "سالم"


@pytest.mark.parametrize(("scheme", "width"), [("dark", 320)])
def test_the_comments_bar_nobody(page, screenshot, edition, scheme, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{edition.get_absolute_url()}?sent=1#sent")
    screenshot(f"comments-{scheme}-{width}")
    assert barriers(page) == []
    assert not is_wider_than_the_window(page)
    page.get_by_role("button", name="See it, then send it").click()
    page.get_by_text(MISSING).wait_for()
    screenshot(f"comments-refused-{scheme}-{width}")
    assert barriers(page) == []
    assert not is_wider_than_the_window(page)


def test_comments_read_from_right_to_left(page, screenshot, edition):
    page.set_viewport_size({"width": 420, "height": 900})
    page.goto(edition.get_absolute_url())
    page.evaluate("document.documentElement.dir = 'rtl'")
    screenshot("comments-rtl")
    assert not is_wider_than_the_window(page)
    arabic = page.get_by_text("وأنا أيضاً")
    assert arabic.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.get_by_text("I was there").evaluate("e => getComputedStyle(e).direction") == "ltr"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_the_moderators_pages_bar_nobody(
    page, client, live_server, screenshot, edition, scheme, width
):
    client.force_login(join("mato"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": cookie,
                "url": f"{live_server.url}/admin/",
            }
        ]
    )
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    held = Comment.objects.held().first()
    for name, url in [
        ("list", "/admin/blog/comment/"),
        ("queue", "/admin/blog/comment/queue/"),
        ("comment", f"/admin/blog/comment/{held.pk}/change/"),
    ]:
        page.goto(url)
        screenshot(f"moderation-{name}-{scheme}-{width}")
        if name != "list":
            assert barriers(page) == []
            assert not is_wider_than_the_window(page)
