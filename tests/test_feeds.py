"""Feeds, as programs that we did not write read them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator
from lxml import etree

from appeals.hiding import hide
from appeals.models import Organisation, Person
from blog.models import Byline, Label, Post
from config.feeds.channels import SIZE
from editorial.editing import editing
from editorial.redacting import redact
from editorial.sealing import cancel_schedule, publish, withdraw
from tests.cast import approve, join, translate, write_appeal, write_post
from tests.readers import publish_again, publish_post, said
from tests.worlds.clock import at

pytestmark = pytest.mark.django_db

SCHEMA = json.loads(Path(__file__).with_name("schemas").joinpath("jsonfeed-1.1.json").read_text())


def ask(url, **headers):
    return Client().get(url, headers=headers)


def atom(address):
    """Return a feed as feedparser reads it, once it found nothing wrong."""
    response = ask(f"{address}feed/")
    assert (response.status_code, response.headers["Content-Type"]) == (
        200,
        "application/atom+xml; charset=utf-8",
    )
    parsed = feedparser.parse(response.content, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo, parsed.bozo_exception
    assert parsed.version == "atom10"
    return parsed


def json_feed(address):
    """Return a JSON Feed, once the schema found nothing wrong."""
    response = ask(f"{address}feed.json")
    assert response.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = response.json()
    Draft202012Validator(SCHEMA).validate(feed)
    assert feed["feed_url"] == f"http://testserver{address}feed.json"
    return feed


def titles(address):
    """Return the titles in a feed, which both forms have alike."""
    entries = atom(address).entries
    assert [(e.id, e.title, e.link) for e in entries] == [
        (i["id"], i["title"], i["url"]) for i in json_feed(address)["items"]
    ]
    return [entry.title for entry in entries]


def full_post():
    """Publish a post with all that a feed can say."""
    post = write_post(
        by=join("wanda"),
        slug="salt",
        title="Salt & <wells>",
        summary="What brine does.",
        dateline="Marsa, 2 March",
        body='<p>They met <a href="/appeals/lake/">there</a>\x0b at dawn.</p>',
    )
    with editing(post, by=join("wanda")):
        post.labels.add(Label.objects.create(name="Water"))
        for name in ("Anna Levkoeva", "Ivo Marsh"):
            Byline.objects.create(post=post, person=Person.objects.create(name=name))
    return publish(approve(post), by=join("edda"))


def published_appeal(**fields):
    appeal = write_appeal(
        by=join("wanda"), **{"slug": "lake", "original_title": "К народу озера"} | fields
    )
    with editing(appeal, by=join("wanda")):
        council = Organisation.objects.get_or_create(name="Lake Council")[0]
        appeal.issuers.create(organisation=council)
        appeal.signatories.create(position=1, role="Secretary", name_status="withheld")
    publish(approve(appeal), by=join("edda"))
    return appeal


def test_a_post_is_told_in_full():
    edition = full_post()
    [entry] = atom("/").entries
    [item] = json_feed("/")["items"]
    assert entry.id == item["id"]
    assert entry.id == f"tag:testserver,{edition.published_on.isoformat()}:{edition.key}"
    assert entry.link == item["url"] == f"http://testserver{edition.get_absolute_url()}"
    assert entry.title == item["title"] == "Salt & <wells>"
    assert entry.summary == item["summary"] == "What brine does."
    assert [a.name for a in entry.authors] == ["Anna Levkoeva", "Ivo Marsh"]
    assert item["authors"] == [{"name": "Anna Levkoeva"}, {"name": "Ivo Marsh"}]
    assert ([t.term for t in entry.tags], item["tags"]) == (["Water"], ["Water"])
    assert entry.content[0].language == item["language"] == "en"
    for text in (entry.content[0].value, item["content_html"]):
        assert "Marsa, 2 March" in text
        assert 'They met <a href="http://testserver/appeals/lake/"' in text
    parsed = datetime.fromisoformat(item["date_published"])
    assert parsed == edition.published_at == datetime.fromisoformat(item["date_modified"])


def test_an_appeal_is_told_in_full_in_the_newsrooms_language():
    appeal = published_appeal()
    [entry] = atom("/appeals/").entries
    text = entry.content[0].value
    assert "Абзац 1." in text
    assert '<div lang="ru" dir="ltr">' in text
    assert "Secretary, name withheld" in text
    assert [a.name for a in entry.authors] == ["Lake Council"]
    before = entry.id, entry.published, entry.updated

    publish(approve(translate(appeal, by=join("tariq"))), by=join("edda"))
    [entry] = atom("/appeals/").entries
    assert "Passage 1." in entry.content[0].value
    assert (entry.id, entry.published) == before[:2]
    assert entry.updated > before[2]


def test_there_is_a_feed_of_everything():
    salt = full_post()
    appeal = published_appeal()
    publish(approve(translate(appeal, by=join("tariq"))), by=join("edda"))
    publish_post(slug="sel", title="Du sel", language="fr")
    said(salt, "I was there.", name="Mira")
    said(salt, "Held.", state="held")
    publish_again(salt, title="Salt in wells")
    post = Post.objects.get(pk=salt.item_id)
    with editing(post, by=join("wanda")):
        post.title = "Salt"
        post.save()
    publish(approve(post), by=join("edda"), kind="correction", note="It was not in wells.")

    assert titles("/") == ["Du sel", "To the people of the lake", "Salt"]
    assert titles("/labels/water/") == ["Salt"]
    assert titles("/appeals/") == ["To the people of the lake"]
    assert titles("/organisations/lake-council/") == ["To the people of the lake"]
    assert titles("/people/anna-levkoeva/") == ["Salt"]
    assert titles("/languages/fr/") == ["Du sel"]
    assert titles("/languages/ru/") == ["К народу озера"]
    assert titles("/languages/en/") == ["To the lake", "Salt"]
    assert titles("/corrections/") == ["Salt"]
    assert titles("/comments/") == titles(f"{salt.get_absolute_url()}comments/") == ["Salt"]

    [correction] = atom("/corrections/").entries
    assert "It was not in wells." in correction.content[0].value
    assert correction.link == f"http://testserver{salt.get_absolute_url()}editions/2-3/"
    [comment] = atom("/comments/").entries
    assert (comment.author, comment.content[0].value) == (
        "Mira",
        '<p dir="auto">I was there.</p>',
    )

    opml = etree.fromstring(ask("/feeds.opml").content)
    addresses = opml.xpath("//outline/@xmlUrl")
    assert len(addresses) == 11
    page = ask("/feeds/").content.decode()
    for address in addresses:
        path = address.removeprefix("http://testserver")
        assert atom(path.removesuffix("feed/")).feed.links[1].href == address
        assert f'href="{path}"' in page


def test_nothing_but_live_editions_is_in_any_feed():
    for feed in ("/", "/appeals/", "/corrections/", "/comments/"):
        assert titles(feed) == []
        assert atom(feed).feed.updated == "1970-01-01T00:00:00+00:00"
    write_post(by=join("wanda"), slug="draft")
    soon = approve(write_post(by=join("wanda"), slug="soon"))
    publish(soon, by=join("edda"), at=datetime.now(UTC) + timedelta(days=1))
    gone = full_post()
    withdraw(gone.item, by=join("edda"), note="By mistake.")
    said(gone, "I saw it.")
    recalled = published_appeal()
    publish(approve(translate(recalled, by=join("tariq"))), by=join("edda"))
    withdraw(recalled, by=join("edda"), note="They asked.")
    for feed in ("/", "/appeals/", "/corrections/", "/comments/"):
        assert titles(feed) == []
    for feed in ("/labels/water/", "/organisations/lake-council/", "/languages/en/"):
        assert ask(f"{feed}feed/").status_code == 404
    assert ask(f"{gone.get_absolute_url()}comments/feed/").status_code == 410
    assert "Water" not in ask("/feeds.opml").content.decode()


def test_a_feed_changes_to_the_second_when_an_edition_is_scheduled():
    salt = publish_post()
    then = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    post = Post.objects.get(pk=salt.item_id)
    with editing(post, by=join("wanda")):
        post.title = "Salt tomorrow"
        post.save()
    publish(approve(post), by=join("edda"), at=then)

    with at(then - timedelta(seconds=1)):
        before = ask("/feed/")
        held = {"if-none-match": before.headers["ETag"]}
        dated = {"if-modified-since": before.headers["Last-Modified"]}
        assert ask("/feed/", **held).status_code == 304
        assert ask("/feed/", **dated).status_code == 304
        assert b"tomorrow" not in before.content
    with at(then):
        now = ask("/feed/")
        assert b"Salt tomorrow" in now.content
        assert ask("/feed/", **held).status_code == 200
        assert ask("/feed/", **dated).status_code == 200
        # This second may bring something more: nothing is promised of it until it is over.
        assert "Last-Modified" not in now.headers
    with at(then + timedelta(seconds=1)):
        later = ask("/feed/")
        assert later.headers["ETag"] == now.headers["ETag"] != before.headers["ETag"]
        assert datetime.strptime(
            later.headers["Last-Modified"], "%a, %d %b %Y %H:%M:%S %Z"
        ) == then.replace(tzinfo=None)
        [entry] = atom("/").entries
        assert datetime.fromisoformat(entry.updated) == then
        assert datetime.fromisoformat(entry.published) == salt.published_at
        assert entry.id == feedparser.parse(before.content).entries[0].id


def test_what_ends_what_is_cancelled_and_what_comes_late_date_a_feed():
    salt = publish_post(slug="salt")
    publish_post(slug="wells")
    tomorrow = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    with at(tomorrow):
        first = ask("/feed/").headers["Last-Modified"]
        withdraw(salt.item, by=join("edda"), note="By mistake.")
    with at(tomorrow + timedelta(hours=1)):
        second = ask("/feed/").headers["Last-Modified"]
        assert first != second
        late = approve(write_post(by=join("wanda"), slug="late"))
        publish(late, by=join("edda"), at=tomorrow + timedelta(days=9))
        cancel_schedule(late, by=join("edda"))
    with at(tomorrow + timedelta(days=10)):
        assert ask("/feed/").headers["Last-Modified"] == second


def test_once_a_name_was_taken_out_no_date_says_that_nothing_changed():
    full_post()
    appeal = published_appeal()
    with editing(appeal, by=join("wanda")):
        appeal.signatories.create(position=2, name="Ana Petrel", name_status="public")
    publish(approve(appeal), by=join("edda"))
    boss = join("boss", "Editors")
    boss.is_superuser = True
    boss.save()
    signed = appeal.signatories.get(position=2)
    with at(datetime.now(UTC) + timedelta(days=1)):
        for name, url, act in (
            ("Ana Petrel", "/appeals/feed/", lambda: hide(appeal, f"draft-{signed.pk}", by=boss)),
            (
                "Anna Levkoeva",
                "/labels/water/feed/",
                lambda: redact(["Anna Levkoeva"], by=boss, ground="x"),
            ),
        ):
            before = ask(url)
            assert name in before.content.decode()
            act()
            answer = ask(url, **{"if-modified-since": before.headers["Last-Modified"]})
            assert answer.status_code == 200
            assert name not in answer.content.decode()
            assert ask(url, **{"if-none-match": before.headers["ETag"]}).status_code == 200


def test_feeds_ask_as_often_for_many_entries_as_for_few():
    def asked(feed):
        with CaptureQueriesContext(connection) as queries:
            assert ask(feed).status_code == 200
        return len(queries)

    feeds = ["/feed/", "/labels/water/feed/", "/appeals/feed.json", "/languages/en/feed/"]
    feeds += ["/languages/ru/feed.json", "/corrections/feed/", "/comments/feed/", "/feeds.opml"]
    salt = full_post()
    said(salt, "I was there.")
    published_appeal()
    few = [asked(feed) for feed in feeds]
    for number in range(3):
        edition = publish_post(slug=f"post-{number}")
        said(edition, "So was I.")
        appeal = published_appeal(slug=f"appeal-{number}")
        publish(approve(translate(appeal, by=join("tariq"))), by=join("edda"))
    many = [asked(feed) for feed in feeds]
    assert max(many) <= 14
    assert [feed for feed, a, b in zip(feeds, few, many, strict=True) if b > a + 1] == []


def test_a_feed_holds_no_more_than_a_reader_asks_for(monkeypatch):
    assert SIZE == 25
    monkeypatch.setattr("config.feeds.channels.SIZE", 2)
    for number in range(3):
        publish_post(slug=f"post-{number}", title=f"Post {number}")
    assert titles("/") == ["Post 2", "Post 1"]


def test_pages_lead_to_their_feeds_and_feeds_to_their_hub(settings):
    settings.WEBSUB_HUB = "https://hub.example/"
    settings.TAG_AUTHORITY = "news.example"
    salt = full_post()
    said(salt, "I was there.")
    post = salt.get_absolute_url()
    for page, feed in {
        "/": "/",
        "/labels/water/": "/labels/water/",
        "/appeals/": "/appeals/",
        "/people/anna-levkoeva/": "/people/anna-levkoeva/",
        "/corrections/": "/corrections/",
        post: f"{post}comments/",
    }.items():
        shown = ask(page).content.decode()
        assert f'type="application/atom+xml" href="http://testserver{feed}feed/"' in shown
        assert f'type="application/feed+json" href="http://testserver{feed}feed.json"' in shown
    links = {link.rel: link.href for link in atom("/").feed.links}
    assert links == {
        "alternate": "http://testserver/",
        "self": "http://testserver/feed/",
        "hub": "https://hub.example/",
    }
    assert json_feed("/")["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    assert ask("/feed/").headers["Link"] == (
        '<http://testserver/feed/>; rel="self", <https://hub.example/>; rel="hub"'
    )
    assert atom("/").entries[0].id.startswith("tag:news.example,")


def test_a_feed_follows_its_post():
    salt = publish_post(slug="salt")
    old = salt.get_absolute_url()
    moved = publish_again(salt, slug="salt-in-wells")
    answer = ask(f"{old}comments/feed.json")
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        f"{moved.get_absolute_url()}comments/feed.json",
    )
