"""What readers see of posts."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appeals.models import Person
from blog.models import Byline, Label, Post
from editorial.editing import editing
from editorial.sealing import publish, withdraw
from tests.cast import approve, join, write_appeal, write_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def edda():
    return join("edda")


def asked(client, url):
    """Return how many queries a page makes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def published(edda, labels=(), by=(), at=None, **fields):
    post = write_post(by=join("wanda"), **fields)
    with editing(post, by=join("wanda")):
        for name in labels:
            post.labels.add(Label.objects.get_or_create(name=name)[0])
        for name in by:
            person = Person.objects.get_or_create(name=name)[0]
            Byline.objects.create(post=post, person=person)
    return publish(approve(post), by=edda, at=at)


def corrected(edition, edda, note="It was the other well.", **fields):
    post = Post.objects.get(pk=edition.item_id)
    with editing(post, by=join("wanda")):
        for name, value in fields.items():
            setattr(post, name, value)
        post.save()
    return publish(approve(post), by=edda, kind="correction", note=note)


def test_a_post_shows_what_was_sealed(client, edda):
    edition = published(
        edda,
        labels=["Water"],
        by=["Anna Levkoeva"],
        title="Salt in the wells",
        summary="What the brine does.",
        dateline="Marsa, 2 March",
        body="<p>They met at <em>dawn</em>.</p>",
    )
    page = client.get(edition.get_absolute_url()).content.decode()
    for shown in (
        "Salt in the wells</h1>",
        "What the brine does.",
        "Marsa, 2 March",
        "They met at <em>dawn</em>.",
        "/people/anna-levkoeva/",
        "/labels/water/",
    ):
        assert shown in page


def test_a_post_and_its_translations_name_each_other(client, edda):
    salt = published(edda, title="Salt", slug="salt")
    posts = [Post.objects.get(pk=salt.item_id)]
    for language in ("ru", "ar"):
        posts.append(write_post(by=join("wanda"), slug=language, language=language))
        with editing(posts[-1], by=join("wanda")):
            posts[-1].translation_of = posts[0]
            posts[-1].save()
    assert "In other languages" not in client.get(salt.get_absolute_url()).content.decode()
    editions = [salt, *(publish(approve(post), by=edda) for post in posts[1:])]
    shown = [
        re.findall(r'hreflang="\w+">([^<]*)</a>', client.get(e.get_absolute_url()).content.decode())
        for e in editions
    ]
    assert shown == [
        ["Arabic", "Russian"],
        ["English (original)", "Arabic"],
        ["English (original)", "Russian"],
    ]


def test_a_draft_and_a_missing_page_are_the_same(client, edda):
    draft = write_post(by=edda, slug="hidden")
    day = published(edda, slug="seen").published_on
    there = client.get(reverse("blog:post", args=[day.year, day.month, draft.slug]))
    missing = client.get(reverse("blog:post", args=[day.year, day.month, "missing"]))
    assert there.status_code == missing.status_code == 404
    assert there.content == missing.content
    assert there.headers == missing.headers


def test_a_withdrawn_post_says_so_with_its_note(client, edda):
    edition = published(edda)
    withdraw(edition.item, by=edda, note="Published by mistake.")
    answer = client.get(edition.get_absolute_url())
    assert answer.status_code == 410
    assert "Published by mistake." in answer.content.decode()


def test_a_title_is_text(client, edda):
    edition = published(edda, title="<b>Salt</b> & wells", slug="salt")
    page = client.get(edition.get_absolute_url()).content.decode()
    assert "&lt;b&gt;Salt&lt;/b&gt; &amp; wells" in page
    assert "<b>Salt" not in page


def test_a_foreign_post_carries_its_language(client, edda):
    edition = published(edda, title="ملح في الآبار", language="ar", slug="milh")
    page = client.get(edition.get_absolute_url()).content.decode()
    assert '<html lang="en" dir="ltr">' in page
    assert '<h1 lang="ar" dir="rtl">ملح في الآبار</h1>' in page


def test_one_reader_is_said_in_public(client, edda, settings):
    settings.EDITORIAL_FOUR_EYES = False
    edition = publish(approve(write_post(by=edda), by=edda, submitted_by=edda), by=edda)
    page = client.get(edition.get_absolute_url()).content.decode()
    assert "Published without a second reader." in page


def test_a_correction_is_shown_and_compared(client, edda):
    first = published(edda, body="<p>They met at dusk.</p>", slug="salt")
    corrected(first, edda, body="<p>They met at dawn.</p>")
    url = first.get_absolute_url()
    page = client.get(url).content.decode()
    assert "It was the other well." in page
    assert f'href="{url}editions/1-2/"' in page

    comparison = client.get(f"{url}editions/1-2/").content.decode()
    assert "<del>dusk.</del><ins>dawn.</ins>" in comparison


def test_each_public_edition_can_be_read(client, edda):
    first = published(edda, title="Salt", slug="salt")
    corrected(first, edda, title="Salt in the wells")
    url = f"{first.get_absolute_url()}editions/"
    listed = client.get(url).content.decode()
    assert re.findall(r'href="[^"]*(\d)/">Edition', listed) == ["2", "1"]
    assert "Salt</h1>" in client.get(f"{url}1/").content.decode()
    assert "Salt in the wells</h1>" in client.get(f"{url}2/").content.decode()
    assert client.get(f"{url}3/").status_code == 404
    assert client.get(f"{url}2-1/").status_code == 404


def test_what_was_withdrawn_stays_so_after_its_return(client, edda):
    first = published(edda, title="Salt", slug="salt")
    withdraw(first.item, by=edda, note="Checking.")
    post = Post.objects.get(pk=first.item_id)
    if post.state != "approved":
        approve(post)
    publish(post, by=edda)
    url = first.get_absolute_url()
    assert client.get(url).status_code == 200
    assert client.get(f"{url}editions/1/").status_code == 410
    assert client.get(f"{url}editions/3/").status_code == 200


def test_archives_list_what_is_live_and_nothing_else(client, edda):
    day = published(edda, title="Seen").published_on
    write_post(by=edda, title="Hidden")
    for url in ("/", "/posts/", f"/{day.year}/", f"/{day.year}/{day.month:02}/"):
        page = client.get(url).content.decode()
        assert "Hidden" not in page
    assert "Seen" in page
    assert client.get("/1999/").status_code == 404


def test_labels_list_live_posts(client, edda):
    published(edda, title="Seen", labels=["Water"])
    Label.objects.create(name="Secret")
    page = client.get("/labels/").content.decode()
    assert "Water" in page
    assert "Secret" not in page
    assert "Seen" in client.get("/labels/water/").content.decode()
    assert client.get("/labels/secret/").status_code == 404


def test_a_long_label_is_turned_by_date(client, edda, monkeypatch):
    monkeypatch.setattr("editorial.paging.page.__defaults__", (2,))
    for number in range(5):
        published(edda, title=f"Post {number}", labels=["Water"])
    url, seen = "/labels/water/", []
    while url:
        page = client.get(url).content.decode()
        seen += re.findall(r">(Post \d)</a>", page)
        older = re.search(r'href="(\?before=[^"]+)"', page)
        url = older and f"/labels/water/{older[1]}"
    assert seen == ["Post 4", "Post 3", "Post 2", "Post 1", "Post 0"]
    ends = ("0001-01-01T00:00:00%2B14:00 x", "9999-12-31T23:59:59-14:00 x", "2026-01-01 x")
    for nonsense in ("nonsense", *ends, "2026-01-01T00:00:00%2B00:00 %00"):
        assert client.get(f"/labels/water/?before={nonsense}").status_code == 404, nonsense


def test_lists_ask_as_often_for_many_rows_as_for_few(client, edda):
    day = published(edda, title="Post", labels=["Water"], by=["Anna"]).published_on
    urls = (
        "/",
        "/posts/",
        f"/{day.year}/",
        f"/{day.year}/{day.month:02}/",
        "/labels/",
        "/labels/water/",
        "/people/anna/",
    )
    few = [asked(client, url) for url in urls]
    for number in range(6):
        published(edda, title=f"Post {number}", labels=["Water", f"L{number}"], by=["Anna"])
    assert [asked(client, url) for url in urls] == few
    assert max(few) <= 11


def test_the_appeals_a_post_presents_follow_its_text(client, edda):
    appeals = [write_appeal(title=f"Appeal {number}", slug=f"a{number}") for number in (1, 2, 3)]
    post = write_post(slug="salt", body="<p>Below is their appeal:</p>")
    with editing(post, by=join("wanda")):
        for position, appeal in enumerate(appeals):
            post.presented.create(appeal=appeal, position=position)
    for appeal in appeals[:2]:
        publish(approve(appeal), by=edda)
    url = publish(approve(post), by=edda).get_absolute_url()
    shown = client.get(url).content.decode()
    places = [shown.rindex(words) for words in ("Below is", "/appeals/a1/", "/appeals/a2/")]
    assert (places, "/appeals/a3/" in shown) == (sorted(places), False)
    few = asked(client, url)
    publish(approve(appeals[2]), by=edda)
    assert asked(client, url) == few
