"""The archive by the calendar: posts and appeals together, day by day."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.sealing import withdraw
from tests.cast import join
from tests.shelves import post_of, shelved_appeal, shelved_post
from tests.worlds.clock import at

pytestmark = pytest.mark.django_db

NOW = datetime(2099, 3, 5, 9, tzinfo=UTC)
DAY = timedelta(days=1)
COUNTED = re.compile(r'href="(/2[^"]+)">[^<]+</a><span class="count" data-count="(\d+)')


def body(client, url):
    with at(NOW + 30 * DAY):
        return client.get(url).content.decode()


def test_years_months_and_days_count_what_is_live(client):
    with at(NOW - 40 * DAY):
        shelved_post("Old")
    with at(NOW):
        salt = shelved_post("Salt")
        shelved_post("Later", at=NOW + 60 * DAY)
        shelved_appeal("Lake")
    with at(NOW + DAY):
        shelved_appeal("Hill")
    with at(NOW - 400 * DAY):
        shelved_appeal("Older")
    months = [("/2099/01/", "1"), ("/2099/03/", "3"), ("/2098/01/", "1")]
    assert COUNTED.findall(body(client, "/posts/")) == months
    assert COUNTED.findall(body(client, "/2099/")) == months[:2]
    days = re.findall(
        r'href="(/2099/0\d/#day:\d+)"><time datetime="([^"]+)"', body(client, "/2099/")
    )
    assert days == [
        ("/2099/01/#day:24", "2099-01-24"),
        ("/2099/03/#day:5", "2099-03-05"),
        ("/2099/03/#day:6", "2099-03-06"),
    ]
    page = body(client, "/2099/03/")
    assert re.findall(r'id="(day:\d)"|<h3.*?>(\w+)</a></h3>', page) == [
        *[("day:6", ""), ("", "Hill"), ("day:5", ""), ("", "Salt"), ("", "Lake")]
    ]
    assert re.findall(r'href="([^"]+)" rel="(prev|next)"', page) == [("/2099/01/", "prev")]
    assert 'href="/2098/" rel="prev"' in body(client, "/2099/")
    with at(NOW + 2 * DAY):
        withdraw(post_of(salt), by=join("edda"), note="A mistake.")
    assert COUNTED.findall(body(client, "/2099/"))[1] == ("/2099/03/", "2")
    for gone in ("/2097/", "/2099/02/", "/2099/05/"):
        assert client.get(gone).status_code == 404


def test_a_long_calendar_is_asked_for_as_a_short_one_is(client):
    def asked():
        counts = []
        for url in ("/posts/", "/2099/", "/2099/03/"):
            with CaptureQueriesContext(connection) as queries:
                body(client, url)
            counts.append(len(queries))
        return counts

    with at(NOW):
        shelved_post("Salt", labels=["Water"], by=["Anna"])
        shelved_appeal("Lake", issued_by=["Ferry Union"])
    few = asked()
    for number in range(4):
        with at(NOW + number * DAY):
            shelved_post(f"Salt {number}", labels=["Water"], by=["Anna"])
            shelved_appeal(f"Lake {number}", issued_by=["Ferry Union"])
    assert asked() == few
    assert max(few) <= 13
