"""The desk in Chromium: the editor writes under the strict policy, and every page is for all."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from appeals.models import Organisation, Signatory
from blog.models import Comment, Label, Post
from editorial.editing import editing
from editorial.models import Note
from editorial.moving import move
from editorial.sealing import publish
from tests.browser import barriers
from tests.cast import approve, join, translate, write_appeal, write_post
from tests.desk import listing
from tests.desk import page as address

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sign_in(context, client, live_server):
    """Return a function that lets a member of the cast sit down at this browser."""

    def sit(username):
        client.force_login(join(username))
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": value,
                    "url": f"{live_server.url}/admin/",
                }
            ]
        )

    return sit


@pytest.fixture
def house():
    """Return a post in review, a published one under way again, and an appeal: all there is."""
    wanda, edda, rosa = join("wanda"), join("edda"), join("rosa")
    now = timezone.now()
    under_way = write_post(by=wanda, title="Salt in the wells", summary="Of salt and reeds.")
    under_way.labels.add(Label.objects.create(name="Water", slug="water"))
    under_way.sources.create(title="The gazette of the lake", url="https://gazette.example/12")
    Note.objects.create(item=under_way, place="title", text="Too long?", author_name="Rosa")
    move(under_way, "submit", by=wanda)
    Post.objects.filter(pk=under_way.pk).update(planned_for=now + timedelta(days=2))
    other = approve(write_post(by=wanda, title="The winter timetable", slug="winter"))
    publish(other, by=edda)
    with editing(other, by=wanda):
        other.title = "The winter timetable, corrected"
        other.save()
    move(other, "submit", by=wanda)
    move(other, "request_changes", by=rosa, reason="Say which lines.\n\nAnd since when.")
    ahead = approve(write_post(by=wanda, title="The levy", slug="levy"))
    publish(ahead, by=edda, at=now + timedelta(days=3))
    approve(write_post(by=wanda, title="Reeds", slug="reeds"))
    own = write_post(by=edda, title="Edda's own")
    move(own, "submit", by=edda)
    write_post(by=edda, title="A draft")
    appeal = write_appeal(by=edda, slug="lake", original_title="К народу озера")
    appeal.issuers.create(organisation=Organisation.objects.create(name="Fishers' Union"))
    appeal.addressees.create(text="To the council", original="Совету")
    appeal.signatories.create(role="vice presidents", kind=Signatory.Kind.GROUP, count=3)
    translation = translate(appeal, by=edda)
    move(translation.renderings.first(), "send_back", by=rosa, reason="Salt, not sand.")
    Comment.objects.create(post=under_way, text="Indeed.")
    return under_way, other, appeal


@pytest.mark.parametrize(("colours", "width"), [("light", 1280), ("dark", 360)])
def test_every_page_is_for_everybody(page, sign_in, house, screenshot, colours, width):
    sign_in("edda")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    under_way, other, appeal = house
    pages = {
        "index": "/admin/",
        "list": listing(Post),
        "in-review": address(under_way),
        "sent-back": address(other),
        "history": address(under_way, "history"),
        "appeal": address(appeal),
        "calendar": "/admin/calendar/",
    }
    found = {}
    for name, url in pages.items():
        page.goto(url)
        screenshot(f"desk-{name}-{colours}-{width}")
        found[name] = barriers(page)
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            found[name].append("wider than the window")
    assert found == {name: [] for name in pages}


def test_a_writer_writes_links_and_saves_in_the_editor(page, sign_in, screenshot):
    sign_in("wanda")
    page.goto("/admin/blog/post/add/")
    page.locator("#id_title").fill("Salt in the wells")
    text = page.locator(".tiptap")
    text.click()
    text.press_sequentially("They met at dawn by the old well.")
    text.press("Control+a")
    text.press("Control+b")
    page.locator(".prose-menubar button[title*=ink]").first.click()
    page.locator("dialog input[name=href], dialog input[type=url]").first.fill(
        "https://lake.example/"
    )
    screenshot("desk-link-light-1280")
    page.locator("dialog button[type=submit]").first.click()
    page.get_by_role("button", name="Save and continue editing").click()
    page.locator(".messagelist .success").wait_for()
    post = Post.objects.get()
    assert post.body == (
        '<p><a href="https://lake.example/" title="" rel="noopener noreferrer">'
        "<strong>They met at dawn by the old well.</strong></a></p>"
    )
    assert page.locator(".tiptap strong").inner_text() == "They met at dawn by the old well."


def test_what_was_typed_survives_somebody_elses_save(page, sign_in, screenshot):
    post = write_post(by=join("wanda"))
    sign_in("wanda")
    page.goto(address(post))
    with editing(post, by=join("edda")):
        post.title = "Edda's title"
        post.save()
    page.locator("#id_title").fill("Wanda's title")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="Nothing was saved").wait_for()
    screenshot("desk-stale-light-1280")
    assert barriers(page) == []
    assert page.locator("#id_title").input_value() == "Wanda's title"
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist .success").wait_for()
    post.refresh_from_db()
    assert post.title == "Wanda's title"


def test_moves_work_without_scripts(browser, live_server, client):
    post = write_post(by=join("wanda"))
    move(post, "submit", by=join("wanda"))
    client.force_login(join("rosa"))
    window = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    name = settings.SESSION_COOKIE_NAME
    window.add_cookies([{"name": name, "value": value, "url": f"{live_server.url}/admin/"}])
    page = window.new_page()
    page.goto(address(post))
    page.locator(".act-request_changes summary").click()
    page.get_by_label("Reason").fill("Who says so?")
    page.locator(".act-request_changes button").click()
    page.locator(".messagelist .info, .messagelist .success").wait_for()
    assert "Who says so?" in page.locator(".decisions").inner_text()
    window.close()
