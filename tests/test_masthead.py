"""What the site calls itself: an edition like everything else that readers see."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from blog.models import Label
from config.feeds.channels import everything
from config.feeds.serving import last_changed
from config.masthead.models import Masthead, MastheadEdition, NavigationEntry, validate_line
from config.masthead.showing import Shown, current
from config.pages.models import Page
from editorial.editing import editing
from editorial.models import Notice
from editorial.moving import move
from editorial.redacting import redact
from editorial.sealing import publish, withdraw
from editorial.verifying import verify
from tests.cast import approve, join, write_post
from tests.desk import fields, press, sit
from tests.desk import page as desk_page

pytestmark = pytest.mark.django_db


def called(name, *links, tagline=""):
    """Return the masthead under way, with this name and these links."""
    masthead = Masthead.objects.first() or Masthead.objects.create(name=name)
    with editing(masthead, by=join("edda")):
        masthead.name, masthead.tagline = name, tagline
        masthead.save()
        masthead.entries.all().delete()
        for position, link in enumerate(links):
            NavigationEntry.objects.create(masthead=masthead, position=position, **link)
    return masthead


def public(name, *links, **said):
    return publish(approve(called(name, *links, **said)), by=join("edda"))


def page(slug, **said):
    said = {"title": slug.title(), "body": "<p>Words.</p>"} | said
    made = Page.objects.create(slug=slug, **said)
    with editing(made, by=join("edda")):
        made.save()
    return made


def read(client, url="/"):
    return client.get(url).content.decode()


def navigation(client, url="/"):
    nav = re.search(r'<nav aria-label="[^"]+">.*?</nav>', read(client, url), re.DOTALL)[0]
    return re.findall(r'href="([^"]+)"[^>]*>([^<]+)<', nav)


def test_a_name_goes_through_four_eyes_and_then_stands_everywhere(client):
    edda, rosa = sit("edda"), sit("rosa")
    add = reverse("admin:config_masthead_add")
    form = fields(edda.get(add)) | {"name": "Shore & Ice", "tagline": "Read twice.", "_submit": "1"}
    edda.post(add, form)
    masthead = Masthead.objects.get()

    assert masthead.state == "in_review"
    assert "somebody else approves it" in press(edda, masthead, "approve").content.decode()
    press(rosa, masthead, "approve")
    assert "Broadside" in read(client)
    press(edda, masthead, "publish")
    post = publish(approve(write_post(by=join("wanda"))), by=join("edda"))
    at = post.get_absolute_url()

    for url in ("/", at, "/search/", "/nothing-here/", f"{at}editions/1/cite/", "/feeds/"):
        assert "Shore &amp; Ice" in read(client, url), url
    assert '<p class="tagline" lang="en" dir="ltr">Read twice.</p>' in read(client)
    for url in (
        "/feed/",
        "/feed.json",
        "/feeds.opml",
        "/sitemaps/news.xml",
        f"{at}editions/1/cite.ris",
    ):
        assert re.search("Shore (&amp;|&) Ice", read(client, url)), url
    move(page("about"), "submit", by=join("edda"))
    assert Notice.objects.last().subject.startswith("[Shore & Ice] ")


def test_what_the_environment_says_holds_until_then_and_again_after_a_withdrawal(client, settings):
    settings.SITE_NAME = "The Wall"
    masthead = called("Shore")

    assert "The Wall" in read(client)
    publish(approve(masthead), by=join("edda"))
    assert "The Wall" not in read(client)
    withdraw(masthead, by=join("edda"), note="Another paper has that name.")
    assert "The Wall" in read(client)
    assert [text for _url, text in navigation(client)][:2] == ["Posts", "Appeals"]


def test_the_desk_says_what_follows_where_no_page_shows_a_note(client, settings):
    settings.SITE_NAME = "The Wall"
    edda, masthead = sit("edda"), called("Shore")
    publish(approve(masthead), by=join("edda"))
    desk = edda.get(desk_page(masthead)).content.decode()
    assert "Readers see the name “The Wall” again" in desk
    assert "It stays at the desk: no page shows it." in desk
    assert not [said for said in ("410", "Readers will read it") if said in desk]
    refused = press(edda, masthead, "withdraw")
    assert "Please write why: it stays at the desk." in refused.content.decode()

    press(edda, masthead, "withdraw", public_note="Another paper has that name.")
    assert "The Wall" in read(client)
    assert "Another paper" not in read(client) + read(client, "/corrections/")
    assert "Another paper" in edda.get(desk_page(masthead)).content.decode()
    approve(called("The Coast"))
    masthead.refresh_from_db()
    desk = edda.get(desk_page(masthead)).content.decode()
    assert "Publish now" in desk
    assert not [said for said in ("Update or correction", "readers will read it") if said in desk]
    press(edda, masthead, "publish")
    assert "The Coast" in read(client)


def test_a_link_to_what_is_not_live_is_not_shown(client):
    about, contact = page("about"), page("contact")
    o_nas = page("o-nas", title="О нас", language="ru", translation_of=about)
    water, ice = (Label.objects.create(name=name) for name in ("Water", "Ice"))
    post = write_post(by=join("wanda"))
    post.labels.add(water)
    links = [
        {"page": about, "text": "Who we are"},
        {"page": contact},
        {"label": water},
        {"label": ice},
        {"section": "appeals"},
        {"language": "ru"},
    ]
    public("Shore", *links)
    before = navigation(client)
    for item in (about, o_nas, post):
        publish(approve(item), by=join("edda"))

    assert before == [("/appeals/", "Appeals"), ("/ru/", "Русский"), ("/search/", "Search")]
    assert navigation(client) == [
        ("/about/", "Who we are"),
        ("/labels/water/", "Water"),
        *before,
    ]
    assert navigation(client, "/ru/")[0] == ("/ru/o-nas/", "О нас")
    assert 'href="/ru/labels/water/" lang="en" dir="ltr">Water<' in read(client, "/ru/")
    withdraw(about, by=join("edda"), note="Not now.")
    assert navigation(client)[0] == ("/labels/water/", "Water")
    assert 'href="/about/"' not in read(client)


def test_the_link_to_where_one_is_says_so_and_no_missing_page_does(client):
    about = page("about")
    publish(approve(about), by=join("edda"))
    public("Shore", {"page": about}, {"section": "appeals"})
    missing = client.get("/appeals/?before=nonsense")

    assert 'href="/about/" lang="en" dir="ltr" aria-current="page">' in read(client, "/about/")
    assert "aria-current" not in read(client).partition("</nav>")[0]
    assert missing.status_code == 404
    assert missing.content == client.get("/nothing-here/").content


def test_a_link_leads_to_one_thing():
    masthead = called("Shore")
    for link in ({}, {"section": "posts", "language": "en"}):
        with pytest.raises(ValidationError, match="one thing"):
            NavigationEntry(masthead=masthead, **link).full_clean()
    with pytest.raises(IntegrityError):
        NavigationEntry.objects.create(masthead=masthead)


def test_however_many_links_the_questions_are_as_many(client):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            read(client)
        return len(queries)

    pages = [page(f"page-{number}") for number in range(4)]
    for one in pages:
        publish(approve(one), by=join("edda"))
    public("Shore", {"page": pages[0]})
    before = asked()
    public("Shore", *({"page": one} for one in pages))

    assert asked() == before


def test_a_feed_is_another_once_the_site_is_called_otherwise(client):
    publish(approve(write_post(by=join("wanda"))), by=join("edda"))
    first = client.get("/feed/")
    same = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/feed/", headers=same).status_code == 304
    public("Shore")

    assert client.get("/feed/", headers=same).status_code == 200
    assert last_changed(everything()) == MastheadEdition.objects.get().sealed_at


def test_a_preview_shows_the_front_page_under_the_name_to_come(client):
    masthead = called("Shore", tagline="Read twice.")
    shown = sit("edda").get(reverse("admin:preview", args=["config", "masthead", masthead.pk]))

    assert "Read twice." in shown.content.decode()
    assert "Read twice." not in read(client)
    assert current().name == "Broadside"


def test_a_name_is_struck_from_the_masthead_too(client):
    ana = Label.objects.create(name="Ana Petrel")
    public("Shore", {"label": ana, "text": "On Petrel"}, tagline="Ana Petrel reads.")
    redact(["Ana Petrel", "Petrel"], by=join("edda"), ground="at her request")

    assert "Petrel" not in read(client)
    assert list(verify()) == []


@given(st.text())
def test_a_name_is_refused_or_can_stand_anywhere(name):
    try:
        validate_line(name)
    except ValidationError:
        return
    assert len(name.splitlines()) == 1
    assert any(sign.isalnum() for sign in name)


@pytest.mark.parametrize("name", ["a\nBcc: b", "a\u202eb", "a\x00", "…", "", "a\u2028b", "\ud800a"])
def test_what_no_line_holds_is_refused(name):
    with pytest.raises(ValidationError):
        validate_line(name)


@pytest.mark.parametrize(
    ("name", "is_spread"),
    [("Broadside", True), ("Новая газета", True), ("الجريدة", False), ("A" * 17, False)],
)
def test_long_names_and_joined_letters_are_set_as_words(settings, name, is_spread):
    settings.SITE_NAME = name
    assert Shown().is_spread is is_spread
