"""Places, languages and the timeline: what is live, grouped, and nothing else."""

import re
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from appeals.models import Appeal
from config.browsing.places import place_of_dateline, place_slug
from config.browsing.timeline import Timeline
from config.search.models import Indexed
from editorial.redacting import redact
from editorial.sealing import publish, withdraw
from tests.cast import approve, join, translate
from tests.shelves import post_of, shelved_appeal, shelved_post
from tests.worlds.clock import at

NOW = datetime(2099, 3, 5, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("Staunton, March 12", "Staunton"),
        ("Элиста, 12 марта 2022", "Элиста"),
        ("Washington, D.C., March 5", "Washington, D.C"),
        ("12 March, Aden", "Aden"),
        ("عدن، ٥ مارس", "عدن"),
        ("Санкт-Петербург — 5 мая", "Санкт-Петербург"),
        ("Tbilisi", "Tbilisi"),
        ("5 May 2022", ""),
        ("", ""),
    ],
)
def test_a_dateline_names_a_place(dateline, place):
    assert place_of_dateline(dateline) == place


@settings(max_examples=50)
@given(st.text(max_size=30))
def test_any_dateline_can_be_read(text):
    assert len(place_slug(place_of_dateline(text))) <= 120


def body(client, url, moment=NOW + 9 * DAY):
    with at(moment):
        answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def missing(client, url, moment=NOW + 9 * DAY):
    with at(moment):
        return client.get(url).status_code == 404


def titles(page):
    return re.findall(r"<h[23][^>]*><a[^>]*>([^<]+)</a></h", page)


def names(page):
    return re.findall(
        r'<a href="([^"]+)"><bdi>([^<]+)</bdi></a><span class="count" data-count="(\d+)"', page
    )


@pytest.mark.django_db
def test_a_place_has_one_page_however_it_is_written(client):
    with at(NOW):
        salt = shelved_post("Salt", dateline="Элиста, 3 марта")
        shelved_post("Wells", dateline="Elsewhere, 4 March", at=NOW + 3 * DAY)
        shelved_post("Nowhere")
    with at(NOW + DAY):
        lake = shelved_appeal("Lake", place="Elista", issued_by=["Ferry Union"])
        shelved_appeal("Soon", place="Quartz", at=NOW + 20 * DAY)
    before = names(body(client, "/places/", NOW + 2 * DAY))
    assert before == [("/places/elista/", "Elista", "2")]
    assert missing(client, "/places/elsewhere/", NOW + 3 * DAY - timedelta(seconds=1))
    assert titles(body(client, "/places/elsewhere/", NOW + 3 * DAY)) == ["Wells"]
    assert titles(body(client, "/places/elista/")) == ["Lake", "Salt"]
    for secret in ("/places/quartz/", "/places/quartz-1/", "/places/elista/?before=x"):
        assert missing(client, secret)
    with at(NOW + 4 * DAY):
        withdraw(Appeal.objects.get(pk=lake.pk), by=join("edda"), note="A mistake.")
    page = body(client, "/places/elista/")
    assert titles(page) == ["Salt"]
    assert '<h1 dir="auto">Элиста</h1>' in page
    redact(["Элиста"], by=None, ground="asked")
    assert missing(client, "/places/elista/")
    assert names(body(client, "/places/")) == [("/places/elsewhere/", "Elsewhere", "1")]
    assert titles(body(client, f"/{salt.published_on.year}/03/")) == ["Wells", "Nowhere", "Salt"]


@pytest.mark.django_db
def test_what_is_indexed_already_learns_its_place():
    shelved_post("Salt", dateline="Elista, 3 March")
    shelved_appeal("Lake", place="Aden", transcribed=False)
    facts = ("kind", "place", "place_slug", "is_readable")
    known = sorted(Indexed.objects.values_list(*facts))
    assert known == [("appeal", "Aden", "aden", False), ("post", "Elista", "elista", True)]
    Indexed.objects.update(place="", place_slug="", is_readable=True)
    import_module("config.migrations.0015_places_and_languages").fill(apps, None)
    assert sorted(Indexed.objects.values_list(*facts)) == known


@pytest.mark.django_db
def test_a_language_lists_each_text_once_by_its_own_title(client):
    with at(NOW):
        salt = shelved_post("Salt", language="ru")
        lake = shelved_appeal("Lake", original_title="К озеру", issued_by=["Ferry Union"])
        shelved_appeal("Not transcribed", transcribed=False, original_language="ka")
        shelved_post("Later", language="de", at=NOW + 20 * DAY)
    with at(NOW + DAY):
        publish(approve(translate(lake, by=join("tariq"))), by=join("edda"))
        lake.translations.update(is_principal=False)
        publish(approve(translate(lake, by=join("tariq"))), by=join("edda"))
    found = re.findall(
        r'<a href="/languages/(\w+)/">([^<]+?)(?: <bdi[^>]*>(\w+)</bdi>)?</a>'
        r'<span[^>]* data-count="(\d)"',
        body(client, "/languages/"),
    )
    assert found == [("en", "English", "", "1"), ("ru", "Russian", "русский", "2")]
    page = body(client, "/languages/ru/")
    assert sorted(titles(page)) == ["Salt", "К озеру"]
    assert 'href="/appeals/lake/ru/"' in page
    page = body(client, "/languages/en/")
    assert titles(page) == ["To the lake"]
    assert 'href="/appeals/lake/en/"' in page
    assert "/languages/en/feed/" in page
    for tag in ("de", "ka", "xx"):
        assert missing(client, f"/languages/{tag}/")
    with at(NOW + 2 * DAY):
        withdraw(Appeal.objects.get(pk=lake.pk), by=join("edda"), note="A mistake.")
        withdraw(post_of(salt), by=join("edda"), note="A mistake.")
    assert missing(client, "/languages/en/")
    assert missing(client, "/languages/ru/")


@pytest.mark.django_db
def test_the_timeline_goes_by_the_date_of_the_document(client, monkeypatch):
    with at(NOW):
        for title, date in {
            "Day": "2022-03-12",
            "Undated": "",
            "Month": "2022-03",
            "Year": "2022",
            "Older": "1991-08-19",
        }.items():
            appeal = shelved_appeal(title, issued_on=date, issued_by=[f"Union {title}"])
        publish(approve(translate(appeal, by=join("tariq"))), by=join("edda"))
        shelved_appeal("Secret", issued_on="2021", at=NOW + 20 * DAY)
    page = body(client, "/timeline/")
    assert re.findall(r'<h2 id="year:(\w+)"|<h3><a[^>]*>(\w+)</a>', page) == [
        *[("1991", ""), ("", "Older"), ("2022", ""), ("", "Year"), ("", "Month"), ("", "Day")],
        *[("none", ""), ("", "Undated")],
    ]
    assert re.findall(r'<time datetime="(\d[^"]*)">', page) == [
        *["1991-08-19", "2022", "2022-03", "2022-03-12"]
    ]
    assert "Union Older" in page
    tongues = re.findall(r'<a href="/appeals/older/(\w+)/" hreflang="\w+">(\w+)</a>', page)
    assert tongues == [("en", "English"), ("ru", "Russian")]
    monkeypatch.setattr("config.browsing.timeline.SIZE", 2)
    pages = [titles(body(client, f"/timeline/?page={number}")) for number in (1, 2, 3)]
    assert pages == [["Older", "Year"], ["Month", "Day"], ["Undated"]]
    jumps = re.findall(r'<a href="(\./|\?page=\d)?#year:(\w+)">', body(client, "/timeline/?page=2"))
    assert jumps == [("./", "1991"), ("./", "2022"), ("?page=3", "none")]
    assert missing(client, "/timeline/?page=4")


@pytest.mark.django_db
def test_an_appeal_may_appear_while_its_year_is_being_counted(rf):
    shelved_appeal("Old", issued_on="2021")
    timeline = Timeline(rf.get("/timeline/"))
    shelved_appeal("Older", issued_on="2019")
    found = [(year.year, [row.edition.title for row in rows]) for year, rows in timeline.groups]
    assert found == [("2019", ["Older"]), ("2021", ["Old"])]


@pytest.mark.django_db
def test_ways_are_asked_for_as_often_when_there_is_much(client):
    urls = ("/browse/", "/places/", "/places/aden/", "/languages/", "/languages/ru/", "/timeline/")

    def asked():
        counts = []
        for url in urls:
            with CaptureQueriesContext(connection) as queries:
                body(client, url, datetime.now(UTC) + DAY)
            counts.append(len(queries))
        return counts

    def add(mark):
        shelved_post(
            f"Salt {mark}", dateline="Aden, 3 March", labels=["W"], by=["A"], language="ru"
        )
        appeal = shelved_appeal(
            f"Lake {mark}", place="Aden", issued_on=f"202{mark}", issued_by=["Ferry Union"]
        )
        publish(approve(translate(appeal, by=join("tariq"))), by=join("edda"))
        shelved_appeal(f"Hill {mark}")

    add(1)
    few = asked()
    add(2)
    add(3)
    assert asked() == few
    assert max(few) <= 9


@pytest.mark.django_db
def test_an_empty_site_has_its_ways(client):
    for url in ("/browse/", "/people/", "/organisations/", "/places/", "/languages/", "/timeline/"):
        assert client.get(url).status_code == 200
