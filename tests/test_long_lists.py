"""Lists with very much behind them: a page reads what it shows, and pages show everything once."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import chain

import pytest

from appeals.models import Organisation, Person, Signatory
from editorial.editing import editing
from editorial.sealing import publish, withdraw
from tests.cast import approve, join, translate
from tests.reading import rows_read
from tests.shelves import called, post_of, shelved_appeal, shelved_post
from tests.worlds.clock import at

pytestmark = pytest.mark.django_db

NOW = datetime(2099, 3, 5, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SIZE = 3
BODY, PERSON, MONTH = "/organisations/ferry-union/", "/people/anna/", "/2099/03/"
PLACE, ENGLISH, RUSSIAN = "/places/aden/", "/languages/en/", "/languages/ru/"
#: Each list, and the parameter that turns it.
LISTS = (
    *((BODY, "issued"), (BODY, "signed"), (PERSON, "wrote"), (PERSON, "signed")),
    *((PLACE, "before"), (ENGLISH, "before"), (RUSSIAN, "before"), (MONTH, "page")),
)
TITLES = re.compile(r"<h[23][^>]*><a[^>]*>(?:To the )?([^<]+)</a></h")


@pytest.fixture(autouse=True)
def short_pages(monkeypatch):
    for size in ("editorial.paging.SIZE", "config.browsing.shelves.SIZE", "blog.archives.SIZE"):
        monkeypatch.setattr(size, SIZE)


def body(client, url, status=200):
    with at(NOW + timedelta(days=9)):
        answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def onwards(page, name):
    """Return the query of the page after one."""
    found = re.search(rf'href="(\?{name}=[^"]+)" rel="next"', page)
    return unescape(found[1]) if found else ""


def signed(appeal, *bodies):
    """Let organisations sign what is public, one after another."""
    with editing(appeal, by=join("tariq")):
        for number, name in enumerate(bodies):
            body = called(Organisation, name)
            Signatory.objects.create(appeal=appeal, position=number, organisation=body)
    publish(approve(appeal), by=join("edda"))


def turned(client, url, name):
    """Return the titles on every page of a list, each found on the one before; none reads more."""
    shown, query = [], ""
    while query or not shown:
        with rows_read() as rows:
            page = body(client, url + query)
        assert max(rows)[0] <= SIZE + 1, max(rows)[1]
        assert len(rows) <= 13
        shown.append(TITLES.findall(page))
        query = onwards(page, name)
    return shown


def test_the_pages_of_a_list_show_everything_once_and_read_what_they_show(client):
    for number in range(5):
        with at(NOW + number // 3 * MINUTE):
            shelved_post(f"Post {number}", by=["Anna"], dateline="Aden, 3 March", labels=["W"])
            shelved_appeal(f"Issued {number}", issued_by=["Ferry Union"], place="Aden")
            shelved_appeal(f"Named {number}", signed_by=["Anna"])
            signed(shelved_appeal(f"Signed {number}"), "Ferry Union")
    with at(NOW + 2 * MINUTE):  # thousands may have signed what is listed
        signed(shelved_appeal("Signed 5"), "Ferry Union", *(f"Guild {n}" for n in range(9)))
    newest = ["3", "4", "0", "1", "2"]  # by the slug what appeared at one moment
    each = {"Post": newest, "Issued": newest, "Named": newest, "Signed": ["5", *newest]}
    for url, name, kind in [
        (BODY, "issued", "Issued"),
        (BODY, "signed", "Signed"),
        (PERSON, "wrote", "Post"),
        (PERSON, "signed", "Named"),
    ]:
        shown = turned(client, url, name)
        mine = [[title for title in titles if title.startswith(kind)] for titles in shown]
        titles = [f"{kind} {n}" for n in each[kind]]
        assert mine == [titles[:3], titles[3:]]
        assert shown[1:] == mine[1:]  # where one list goes on, the other is not told again
    everything = sorted(f"{kind} {n}" for kind, numbers in each.items() for n in numbers)
    month = turned(client, MONTH, "page")
    assert [len(titles) for titles in month] == [3] * 7
    assert sorted(chain(*month)) == everything
    assert list(chain(*month))[:4] == ["Signed 5", "Post 3", "Post 4", "Issued 3"]
    from_aden = [title for title in everything if title.startswith(("Post", "Issued"))]
    assert sorted(chain(*turned(client, PLACE, "before"))) == from_aden
    assert sorted(chain(*turned(client, ENGLISH, "before"))) == from_aden[5:]
    assert len([*chain(*turned(client, RUSSIAN, "before"))]) == 16

    long_ago = "2001-01-01T00:00:00%2B00:00 x"
    for url, name in LISTS:
        for asked in ("0", "99", "x", *([long_ago] if name != "page" else ["01", ""])):
            body(client, f"{url}?{name}={asked}", status=404)
    assert "/people/anna/feed/" in body(client, PERSON + onwards(body(client, PERSON), "signed"))


def test_a_text_is_listed_once_whatever_page_its_second_translation_would_be_on(client):
    with at(NOW):
        lake = shelved_appeal("Lake")
        publish(approve(translate(lake, by=join("tariq"))), by=join("edda"))
    for number in range(4):
        with at(NOW + (number + 1) * MINUTE):
            post = shelved_post(f"Post {number}")
    with at(NOW + 9 * MINUTE):
        lake.translations.update(is_principal=False)
        publish(approve(translate(lake, by=join("tariq"))), by=join("edda"))
        withdraw(post_of(post), by=join("edda"), note="A mistake.")
    pages = turned(client, ENGLISH, "before")
    assert pages == [["Post 2", "Post 1", "Post 0"], ["lake"]]


def test_days_lead_to_the_page_they_are_on(client):
    with at(NOW - timedelta(days=40)):
        shelved_post("January")
    for day in range(3):
        with at(NOW + timedelta(days=day)):
            for number in range(2):
                shelved_post(f"Post {day} {number}")
    days = r'href="([^"]*#day:\d)"><time'
    assert re.findall(days, body(client, MONTH)) == ["?page=2#day:5", "#day:6", "#day:7"]
    assert re.findall(days, body(client, f"{MONTH}?page=2"))[0] == "#day:5"
    assert re.findall(days, body(client, "/2099/")) == [
        *(f"{MONTH}?page=2#day:5", f"{MONTH}#day:6", f"{MONTH}#day:7")
    ]
    second = body(client, f"/ru{MONTH}?page=2")
    # A month of several pages is the series they are in, and the months beside it are not.
    assert re.findall(r'href="([^"]+)" rel="(prev|next)"', second) == [("./", "prev")]
    assert 'href="/ru/2099/01/"' in second
    assert re.findall(r'id="(day:\d)"', second) == ["day:6", "day:5"]  # the sixth goes on
    assert 'rel="canonical"' not in second


def test_a_person_is_called_as_the_newest_edition_spells_them(client):
    with at(NOW):
        shelved_post("Salt", by=["Anna"])
    anna = Person.objects.get(name="Anna")
    with at(NOW + MINUTE):
        anna.name = "Anna Petrel"
        anna.save()
        shelved_appeal("Lake", signed_by=["Anna Petrel"])
    assert f'<h1 dir="auto">{anna}</h1>' in body(client, f"/people/{anna.slug}/")
    assert [anna.name] == re.findall(r"<bdi>([^<]+)</bdi></a>", body(client, "/people/"))


def test_a_turned_page_calls_itself_no_collection_of_what_stands_first(client):
    for number in range(SIZE + 1):
        with at(NOW + number * MINUTE):
            shelved_post(f"Post {number}", dateline="Aden, 3 March")
    page = body(client, PLACE)
    assert page.count('"ListItem"') == SIZE
    assert '"ListItem"' not in body(client, PLACE + onwards(page, "before"))
