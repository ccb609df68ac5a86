"""Sitemaps of a large site: cut as the protocol asks, whole together, and dated truly."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from blog.models import Byline, Post
from editorial.editing import editing
from editorial.redacting import redact
from editorial.sealing import publish, withdraw
from tests.cast import approve, join, translate
from tests.shelves import post_of, shelved_appeal, shelved_post
from tests.worlds.clock import at

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
NOW = datetime(2099, 3, 5, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def read(client, path, moment=NOW + DAY):
    """Return the addresses of a sitemap or an index, each with what it says."""
    with at(moment):
        answer = client.get(path)
    assert answer.status_code == 200, path
    found = etree.fromstring(answer.content)
    return [(one.findtext("s:loc", namespaces=SPACES).removeprefix(HOST), one) for one in found]


def test_what_does_not_fit_into_one_sitemap_stands_in_the_next(client, monkeypatch):
    for name, size in {"MOST": 7, "TEXTS": 2, "APPEALS": 1, "ALTERNATES": 2, "NEWEST": 3}.items():
        monkeypatch.setattr(f"config.metadata.sitemaps.{name}", size)
    with at(NOW):
        for number in range(3):
            shelved_post(f"Post {number}", labels=["Water"], by=["Anna"], dateline="Aden, 3 March")
        for number in range(2):
            appeal = shelved_appeal(
                f"Lake {number}", signed_by=["Sol", "Anna"], issued_by=["Ferry Union"]
            )
            publish(approve(translate(appeal, by=join("tariq"))), by=join("edda"))
        publish(approve(translate(appeal, by=join("tariq"), language="fr")), by=join("edda"))
    index = [path for path, _one in read(client, "/sitemap.xml")]
    assert index == [
        *(f"/sitemaps/{name}.xml" for name in ("posts-2099", "posts-2099-2")),
        *(f"/sitemaps/{name}.xml" for name in ("appeals-2099", "appeals-2099-2")),
        *(f"/sitemaps/{name}.xml" for name in ("lists", "lists-2", "lists-3", "news")),
    ]
    files = {path: read(client, path) for path in index}
    sizes = {path.split("/")[2]: len(found) for path, found in files.items()}
    assert list(sizes.values()) == [2, 1, 3, 4, 7, 7, 5, 3]
    told = Counter(path for name, found in files.items() if "news" not in name for path, _ in found)
    assert set(told.values()) == {1}
    assert {f"/2099/03/post-{number}/" for number in range(3)} <= set(told)
    assert {"/appeals/lake-1/", "/appeals/lake-1/fr/", "/people/", "/timeline/"} <= set(told)
    # Sol only signed, Anna wrote as well: each has a page, and one.
    hubs = [path for name in index[4:7] for path, _one in files[name]][-5:]
    assert hubs == [
        *("/labels/water/", "/people/anna/", "/people/sol/"),
        *("/organisations/ferry-union/", "/places/aden/"),
    ]
    with at(NOW + DAY):
        assert {client.get(path).status_code for path in told} == {200}
    # What can be read in many languages names them on its pages, and no sitemap grows by squares.
    alternates = {
        path: len(one.findall("x:link", SPACES)) for path, one in files[index[2]] + files[index[3]]
    }
    assert (alternates["/appeals/lake-0/"], alternates["/appeals/lake-1/"]) == (0, 0)
    for nothing in ("posts-2099-3", "posts-2099-1", "appeals-2099-3", "lists-1", "lists-4"):
        with at(NOW + DAY):
            assert client.get(f"/sitemaps/{nothing}.xml").status_code == 404


def test_a_list_is_dated_when_something_came_or_went_and_not_when_nobody_can_tell(client):
    with at(NOW):
        salt = shelved_post("Salt", labels=["Water"], by=["Anna"])
        shelved_appeal("Lake", signed_by=["Anna"], issued_by=["Ferry Union"])
    with at(NOW + DAY):
        wells = shelved_post("Wells", labels=["Water"], by=["Bo"])
        shelved_post("Soon", labels=["Water"], by=["Anna"], at=NOW + 300 * DAY)

    def dated(moment):
        return {
            path: datetime.fromisoformat(one.findtext("s:lastmod", namespaces=SPACES))
            for path, one in read(client, "/sitemaps/lists.xml", moment)
            if one.find("s:lastmod", SPACES) is not None
        }

    water, anna, bo = "/labels/water/", "/people/anna/", "/people/bo/"
    first = dated(NOW + 2 * DAY)
    assert sorted(first) == [water, "/organisations/ferry-union/", anna, bo]
    assert (first[water], first[bo]) == (wells.live_from, wells.live_from)
    assert NOW <= first[anna] < NOW + timedelta(minutes=1)
    with at(NOW + 3 * DAY):
        withdraw(post_of(wells), by=join("edda"), note="A mistake.")
    with at(NOW + 4 * DAY):
        post = Post.objects.get(pk=salt.item_id)
        with editing(post, by=join("wanda")):
            Byline.objects.filter(post=post).delete()
        publish(approve(post), by=join("edda"))
    later = dated(NOW + 5 * DAY)
    assert (water in later, bo in later) == (True, False)
    for path in (water, anna):  # Anna is in the byline no more, but has signed
        assert NOW + 4 * DAY <= later[path] < NOW + 4 * DAY + timedelta(minutes=1)
    assert later["/organisations/ferry-union/"] == first["/organisations/ferry-union/"]
    redact(["Salt"], by=None, ground="asked")
    assert sorted(dated(NOW + 6 * DAY)) == ["/organisations/ferry-union/"]
    assert water in [path for path, _one in read(client, "/sitemaps/lists.xml")]
