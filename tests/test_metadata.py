"""What pages and files say to search engines and other programs, read by other programs."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree, html
from rdflib import RDF, SDO, Graph, URIRef

from appeals.models import Person
from blog.models import Byline, Label, Post
from editorial.editing import editing
from editorial.sealing import publish, withdraw
from tests.cast import approve, join, translate, write_appeal, write_post
from tests.readers import publish_again, publish_post, said
from tests.worlds.clock import at

pytestmark = [
    pytest.mark.django_db,
    # rdflib warns of its own insides.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

HOST = "http://testserver"
SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def ask(url, **headers):
    return Client().get(url, headers=headers)


def head(url):
    """Return the metadata in a page's head as lxml reads it."""
    page = html.document_fromstring(ask(url).content)
    metas = page.xpath("//head/meta[@property]")
    return page, {meta.get("property"): meta.get("content") for meta in metas}


def graph(url):
    """Return a page's JSON-LD as rdflib reads it, once every word of it is schema.org's."""
    [block] = head(url)[0].xpath("//head/script[@type='application/ld+json']/text()")
    data = json.loads(block)
    assert data.pop("@context") == "https://schema.org"
    # What the context at that address says of all words; nothing is fetched.
    data["@context"] = {"@vocab": "https://schema.org/"}
    found = Graph().parse(data=json.dumps(data), format="json-ld")
    words = {p for _, p, _ in found if p != RDF.type} | set(found.objects(predicate=RDF.type))
    assert {str(word) for word in words if word not in SDO} == set()
    return found


def one(found, subject, *path):
    """Follow properties from a subject to the one value at their end."""
    for name in path:
        [subject] = found.objects(subject, SDO[name])
    return str(subject)


def sitemap(url):
    response = ask(url)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml")
    return etree.fromstring(response.content)


def full_post():
    post = write_post(
        by=join("wanda"), slug="salt", title='Salt </script><b> & "wells"', summary="Brine."
    )
    with editing(post, by=join("wanda")):
        post.labels.add(Label.objects.create(name="Water"))
        Byline.objects.create(post=post, person=Person.objects.create(name="Anna Levkoeva"))
        post.sources.create(title="A bulletin", url="https://bulletin.example/1")
    edition = publish(approve(post), by=join("edda"))
    post.refresh_from_db()
    with editing(post, by=join("wanda")):
        post.summary = "Brine in wells."
        post.save()
    return publish(approve(post), by=join("edda"), kind="correction", note="Not all."), edition


def french(edition, **fields):
    post = write_post(by=join("wanda"), slug="sel", title="Du sel", language="fr")
    with editing(post, by=join("wanda")):
        post.translation_of = Post.objects.get(pk=edition.item_id)
        post.save()
    return publish(approve(post), by=join("edda"))


def appeal_in_two_languages():
    appeal = write_appeal(
        by=join("wanda"),
        slug="lake",
        original_title="К народу озера",
        kind="resolution",
        issued_on="2022-03",
        place="Marsa",
    )
    publish(approve(appeal), by=join("edda"))
    translation = translate(appeal, by=join("tariq"))
    with editing(translation, by=join("tariq")):
        translation.translator, translation.translator_status = "Tariq Aziz", "public"
        translation.save()
    publish(approve(translation), by=join("edda"))
    return appeal


def test_a_post_is_a_news_article():
    edition, _first = full_post()
    url = HOST + edition.get_absolute_url()
    sel = french(edition)
    found = graph(edition.get_absolute_url())
    post = URIRef(url)
    assert (post, RDF.type, SDO.NewsArticle) in found
    assert one(found, post, "headline") == 'Salt </script><b> & "wells"'
    assert one(found, post, "inLanguage") == "en"
    assert one(found, post, "author", "name") == "Anna Levkoeva"
    assert one(found, post, "author", "url") == f"{HOST}/people/anna-levkoeva/"
    assert one(found, post, "publisher", "name") == "Broadside"
    assert one(found, post, "correction", "text") == "Not all."
    assert one(found, post, "correction", "url") == f"{url}editions/1-2/"
    assert one(found, post, "citation", "url") == "https://bulletin.example/1"
    assert one(found, post, "workTranslation") == HOST + sel.get_absolute_url()
    published = datetime.fromisoformat(one(found, post, "datePublished"))
    modified = datetime.fromisoformat(one(found, post, "dateModified"))
    assert (published, modified) == (edition.published_at, edition.live_from)

    other = graph(sel.get_absolute_url())
    assert one(other, URIRef(HOST + sel.get_absolute_url()), "translationOfWork") == url


def test_an_appeal_and_its_translation_name_each_other():
    appeal_in_two_languages()
    found = graph("/appeals/lake/")
    appeal = URIRef(f"{HOST}/appeals/lake/")
    assert one(found, appeal, "alternateName") == "К народу озера"
    assert one(found, appeal, "genre") == "Resolution"
    assert one(found, appeal, "dateCreated") == "2022-03"
    assert one(found, appeal, "workTranslation") == f"{HOST}/appeals/lake/en/"

    english = graph("/appeals/lake/en/")
    text = URIRef(f"{HOST}/appeals/lake/en/")
    assert one(english, text, "translationOfWork") == str(appeal)
    assert one(english, text, "translator", "name") == "Tariq Aziz"
    assert (text, SDO.translationOfWork, None) not in graph("/appeals/lake/ru/")


def test_people_organisations_and_the_newsroom_are_what_they_are():
    full_post()
    for url, kind in (("/people/anna-levkoeva/", SDO.Person), ("/", SDO.Organization)):
        found = graph(url)
        [thing] = found.subjects(RDF.type, kind)
        assert one(found, thing, "url") == HOST + url


def test_pages_say_where_they_live_and_what_to_show_of_them():
    edition, first = full_post()
    path = edition.get_absolute_url()
    page, metas = head(f"{path}?reply=nobody")
    assert page.xpath("//link[@rel='canonical']/@href") == [HOST + path]
    assert metas["og:title"] == 'Salt </script><b> & "wells"'
    assert (metas["og:type"], metas["og:url"]) == ("article", HOST + path)
    assert metas["og:description"] == "Brine in wells."
    assert datetime.fromisoformat(metas["article:modified_time"]) > first.published_at

    for url in ("/", "/posts/", "/labels/", "/labels/water/", "/appeals/", "/corrections/"):
        assert head(url)[0].xpath("//link[@rel='canonical']/@href") == [HOST + url]
    turned = head("/labels/water/?before=2099-01-01T00:00:00%2B00:00%20salt")[0]
    assert turned.xpath("//link[@rel='canonical']") == []

    appeal_in_two_languages()
    alternates = {
        "ru": f"{HOST}/appeals/lake/ru/",
        "en": f"{HOST}/appeals/lake/en/",
    }
    for url in ("/appeals/lake/", "/appeals/lake/en/", "/appeals/lake/ru/"):
        page, _metas = head(url)
        links = page.xpath("//link[@rel='alternate'][@hreflang]")
        assert {link.get("hreflang"): link.get("href") for link in links} == alternates
        assert page.xpath("//link[@rel='canonical']/@href") == [HOST + url]


def test_histories_and_figures_are_to_be_found_and_what_stood_there_once_is_not():
    edition, _first = full_post()
    appeal_in_two_languages()
    said(edition, "They did.")
    path = edition.get_absolute_url()
    found = (f"{path}editions/", "/appeals/lake/editions/", "/appeals/lake/en/editions/")
    for url in (*found, "/comments/figures/", f"{path}comments/"):
        for front in ("", "/ar"):
            page = head(front + url)[0]
            assert page.xpath("//link[@rel='canonical']/@href") == [HOST + url]
            assert page.xpath("//meta[@name='robots']") == []
    # One edition is nearly the page again, and two compared are it twice: links there are followed.
    for url in (f"{path}editions/1/", f"{path}editions/1-2/", "/appeals/lake/en/editions/1/"):
        page = head(url)[0]
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert page.xpath("//link[@rel='canonical']") == []
    first = head(f"{path}comments/?page=1&utm_source=x")[0]
    assert first.xpath("//link[@rel='canonical']/@href") == [f"{HOST}{path}comments/"]


def test_sitemaps_hold_every_public_page_and_its_languages():
    edition, _first = full_post()
    sel = french(edition)
    appeal_in_two_languages()
    write_post(by=join("wanda"), slug="draft")
    soon = approve(write_post(by=join("wanda"), slug="soon"))
    publish(soon, by=join("edda"), at=datetime.now(UTC) + timedelta(days=400))
    gone = publish_post(slug="gone")
    withdraw(gone.item, by=join("edda"), note="By mistake.")

    year = edition.published_on.year
    index = sitemap("/sitemap.xml")
    parts = index.xpath("//s:sitemap/s:loc/text()", namespaces=SPACES)
    assert [part.rpartition("/")[2] for part in parts] == [
        f"posts-{year}.xml",
        f"appeals-{year}.xml",
        "lists.xml",
        "news.xml",
    ]
    listed = {}
    for part in parts[:3]:
        for url in sitemap(part.removeprefix(HOST)).iterfind("s:url", SPACES):
            links = url.iterfind("x:link", SPACES)
            listed[url.findtext("s:loc", namespaces=SPACES)] = (
                url.findtext("s:lastmod", namespaces=SPACES),
                {link.get("hreflang"): link.get("href") for link in links},
            )
    for url in listed:
        assert ask(url.removeprefix(HOST)).status_code == 200
    paths = {url.removeprefix(HOST) for url in listed}
    assert paths == {
        *("/", "/posts/", "/appeals/", "/labels/", "/corrections/", "/labels/water/"),
        *("/people/anna-levkoeva/", edition.get_absolute_url(), sel.get_absolute_url()),
        *("/appeals/lake/", "/appeals/lake/en/", "/appeals/lake/ru/", "/timeline/"),
        *("/browse/", "/people/", "/organisations/", "/places/", "/places/marsa/"),
        *("/languages/", "/languages/en/", "/languages/fr/", "/languages/ru/"),
    }
    lastmod, languages = listed[HOST + edition.get_absolute_url()]
    assert datetime.fromisoformat(lastmod) == edition.live_from
    assert languages == {
        "en": HOST + edition.get_absolute_url(),
        "fr": HOST + sel.get_absolute_url(),
    }
    assert listed[f"{HOST}/appeals/lake/ru/"][1] == {
        "x-default": f"{HOST}/appeals/lake/",
        "en": f"{HOST}/appeals/lake/en/",
        "ru": f"{HOST}/appeals/lake/ru/",
    }
    assert ask("/sitemaps/posts-1999.xml").status_code == 404


def test_a_sitemap_changes_when_its_pages_do():
    edition = publish_post()
    year = edition.published_on.year
    name = f"/sitemaps/posts-{year}.xml"

    def dated():
        [date] = sitemap("/sitemap.xml").xpath("//s:lastmod/text()", namespaces=SPACES)
        return datetime.fromisoformat(date)

    with at(datetime.now(UTC) + timedelta(hours=1)):
        before = ask(name).headers
        assert ask(name, **{"if-none-match": before["ETag"]}).status_code == 304
        assert (dated() - edition.live_from) < timedelta(seconds=10)
        now = publish_again(edition, title="Salt again")
    with at(datetime.now(UTC) + timedelta(hours=2)):
        assert dated() == now.live_from
        assert ask(name, **{"if-none-match": before["ETag"]}).status_code == 200
        assert "Last-Modified" not in before  # an address may be struck, and no date would tell


def test_news_are_new_for_two_days():
    edition = publish_post(title="Salt & wells", language="fr")
    [news] = sitemap("/sitemaps/news.xml").iterfind(".//n:news", SPACES)
    assert news.findtext("n:title", namespaces=SPACES) == "Salt & wells"
    assert news.findtext("n:publication/n:language", namespaces=SPACES) == "fr"
    date = news.findtext("n:publication_date", namespaces=SPACES)
    assert datetime.fromisoformat(date) == edition.published_at
    for hours, count in ((47, 1), (49, 0)):
        with at(edition.published_at + timedelta(hours=hours)):
            found = sitemap("/sitemaps/news.xml").findall(".//n:news", SPACES)
            assert len(found) == count


def test_sitemaps_ask_as_often_for_many_pages_as_for_few():
    def asked():
        year = datetime.now(UTC).year
        names = (f"posts-{year}", f"appeals-{year}", "lists", "news")
        found = []
        for url in ("/sitemap.xml", *(f"/sitemaps/{name}.xml" for name in names)):
            with CaptureQueriesContext(connection) as queries:
                assert ask(url).status_code == 200
            found.append(len(queries))
        return found

    edition, _first = full_post()
    french(edition)
    appeal_in_two_languages()
    few = asked()
    for number in range(3):
        publish_post(slug=f"post-{number}")
        appeal = write_appeal(by=join("wanda"), slug=f"appeal-{number}")
        publish(approve(appeal), by=join("edda"))
        publish(approve(translate(appeal, by=join("tariq"))), by=join("edda"))
    assert asked() == few
    assert max(few) <= 8


def test_robots_are_told_what_is_not_for_them():
    answer = ask("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /preview/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_a_weakness_can_be_reported(settings):
    assert ask("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = ["mailto:security@news.example", "https://news.example/report"]
    settings.SECURITY_POLICY = "https://news.example/policy"
    with at(datetime(2099, 11, 30, 23, tzinfo=UTC)):
        lines = ask("/.well-known/security.txt").content.decode().splitlines()
    assert lines == [
        "Contact: mailto:security@news.example",
        "Contact: https://news.example/report",
        "Expires: 2100-01-01T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: http://testserver/.well-known/security.txt",
        "Policy: https://news.example/policy",
    ]


def test_pages_name_their_onion_address(settings):
    assert "Onion-Location" not in ask("/").headers
    settings.ONION_URL = "http://broadside.onion"
    answer = ask("/labels/?before=x")
    assert answer.headers["Onion-Location"] == "http://broadside.onion/labels/?before=x"
    assert "Onion-Location" not in ask("/robots.txt").headers
    assert "Onion-Location" not in ask("/admin/login/").headers


def test_a_data_block_cannot_be_left():
    edition, _first = full_post()
    text = ask(edition.get_absolute_url()).content.decode()
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert not {"<", ">", "&"} & set(block)
