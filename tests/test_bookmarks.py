"""What readers of a Blogger site have bookmarked leads straight to today's address."""

import pytest
from django.urls import set_urlconf
from django.utils.timezone import localtime

from blog.models import Label, Post
from config.pages.models import Page
from config.urls import fronted
from editorial.addresses import kept
from editorial.editing import editing
from editorial.sealing import publish, withdraw
from tests.cast import approve, join, write_post
from tests.readers import publish_post
from tests.shelves import shelved_post

pytestmark = pytest.mark.django_db


def led(client, address):
    """Return where an address leads at once, and that it is there."""
    response = client.get(address)
    assert response.status_code == 301, address
    to = response.headers["Location"]
    assert client.get(to).status_code == 200
    return to


def old(url):
    return f"{url.rstrip('/')}.html"


def test_a_post_and_a_page_are_where_their_old_addresses_lead(client):
    edition = publish_post(slug="salt")
    url = edition.get_absolute_url()
    for junk in ("", "?m=1", "?showComment=1330000000000", "?m=1&q=%00"):
        assert led(client, old(url) + junk) == url
    assert led(client, f"/ru{old(url)}?m=0") == f"/ru{url}"
    about = Page.objects.create(title="About", slug="about", body="<p>We read.</p>")
    publish(approve(about), by=join("edda"))
    assert led(client, "/p/about.html?m=1") == "/about/"
    assert led(client, "/ar/p/about.html") == "/ar/about/"

    post = Post.objects.get(pk=edition.item_id)
    with editing(post, by=join("wanda")):
        post.slug = "salt-again"
        post.save()
    publish(approve(post), by=join("edda"))
    assert led(client, old(url)) == url.replace("salt", "salt-again")  # no chain
    withdraw(post, by=join("edda"), note="Not true.")
    gone = client.get(old(url))
    assert gone.status_code == 410
    assert "Not true." in gone.content.decode()


def test_labels_and_feeds_are_found_by_name_or_slug_in_any_case(client):
    shelved_post("Salt", labels=["Суд и право"])
    shelved_post("Ice", labels=["Water"])
    court = f"/labels/{Label.objects.get(name='Суд и право').slug}/"
    for name in ("water", "WATER", "Water?max-results=20", "Water/"):
        assert led(client, f"/search/label/{name}") == "/labels/water/"
    assert led(client, "/search/label/суд%20И%20право") == court
    assert led(client, "/fr/search/label/water") == "/fr/labels/water/"

    for old_feed in ("posts/default", "posts/default/", "posts/summary"):
        assert led(client, f"/feeds/{old_feed}") == "/feed/"
    assert led(client, "/atom.xml") == led(client, "/rss.xml") == "/feed/"
    assert led(client, "/feeds/comments/default") == "/comments/feed/"
    assert led(client, "/feeds/comments/default?alt=json") == "/comments/feed.json"
    assert led(client, "/feeds/posts/default?alt=rss&max-results=5") == "/feed/"
    assert led(client, "/feeds/posts/default?alt=json") == "/feed.json"
    assert led(client, "/feeds/posts/default/-/Water?alt=rss") == "/labels/water/feed/"
    assert led(client, "/feeds/posts/default/-/Water?alt=json") == "/labels/water/feed.json"


def test_an_archive_leads_to_its_month(client):
    month = localtime(publish_post().published_at)
    for day in ("01", "24"):
        assert led(client, f"/{month:%Y_%m}_{day}_archive.html") == f"/{month:%Y/%m}/"
    assert client.get(f"/{month:%Y_%m}_32_archive.html").status_code == 404
    assert client.get("/1999_01_01_archive.html").status_code == 404


def test_what_is_not_public_answers_like_what_is_not_there(client):
    post = write_post(slug="draft")
    post.labels.add(Label.objects.create(name="Hidden"))
    Page.objects.create(title="Later", slug="later", body="<p>Soon.</p>")
    missing = client.get("/nothing/at/all")
    for address in (
        *("/2022/03/draft.html", "/p/later.html", "/search/label/hidden", "/search/label/Hidden"),
        *("/feeds/posts/default/-/hidden", "/2022_03_01_archive.html", "/search/label/%00"),
        *("/p/draft.html", "/2022/13/draft.html", "/search/label//", "/2022_03_01_archive.htm"),
    ):
        asked = client.get(address)
        assert (asked.status_code, asked.content) == (404, missing.content), address


def test_old_links_in_a_text_keep_the_language():
    set_urlconf(fronted["ru"])
    try:
        assert kept("/2022/03/salt.html?m=1") == "/ru/2022/03/salt.html?m=1"
        assert kept("http://testserver/search/label/x") == "http://testserver/ru/search/label/x"
        assert kept("/feeds/posts/default") == "/feeds/posts/default"
    finally:
        set_urlconf(None)
