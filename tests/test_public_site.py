"""What holds for every public page."""

import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from appeals.models import Appeal
from blog.models import Post
from editorial.editing import editing
from editorial.sealing import publish
from tests.cast import approve, join, translate, write_appeal, write_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    """A post and an appeal in two editions each; returns every kind of address."""
    edda = join("edda")
    post = write_post(by=join("wanda"), slug="salt", title="Salt")
    day = publish(approve(post), by=edda).published_on
    correct(post, edda, title="Salt in the wells")
    appeal = write_appeal(by=join("tariq"), slug="lake")
    publish(approve(appeal), by=edda)
    publish(approve(translate(appeal, by=join("tariq"))), by=edda)
    correct(appeal, edda, title="To the people of the lakes")
    salt, lake = f"/{day.year}/{day.month:02}/salt/", "/appeals/lake/"
    return [
        *("/", "/posts/", f"/{day.year}/", f"/{day.year}/{day.month:02}/", "/labels/"),
        *(salt, f"{salt}editions/", f"{salt}editions/1/", f"{salt}editions/1-2/"),
        *(lake, f"{lake}editions/", f"{lake}editions/1/", f"{lake}editions/1-2/", "/appeals/"),
        *(f"{lake}en/", f"{lake}ru/", f"{lake}en+ru/", f"{lake}ru+en/", f"{lake}en/editions/"),
        *(f"{lake}en/editions/1/", "/corrections/", "/search/?q=salt+lake", "/search/?q=slat"),
    ]


def correct(item, by, **fields):
    item = type(item).objects.get(pk=item.pk)
    with editing(item, by=join("wanda")):
        for name, value in fields.items():
            setattr(item, name, value)
        item.save()
    return publish(approve(item), by=by, kind="correction", note="A slip.")


class Page(HTMLParser):
    """Collects what a page must not have, and checks that its elements close."""

    VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})

    def __init__(self, html):
        super().__init__()
        self.open, self.offences, self.ids, self.headings, self.targets = [], [], [], [], []
        self.feed(html)
        self.offences += [f"{tag} is not closed" for tag in self.open]
        self.offences += [f"id {i} twice" for i in {*self.ids} if self.ids.count(i) > 1]
        self.offences += [f"no #{t}" for t in self.targets if t not in self.ids]

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        is_data = given == {"type": "application/ld+json"}  # which no browser runs
        if (tag in ("script", "style", "iframe") and not is_data) or "style" in given:
            self.offences.append(f"{tag} {given}")
        self.offences += [name for name in given if name.startswith("on")]
        self.offences += [f"{tag} loads {v}" for k, v in attrs if k == "src"]
        self.ids += [given["id"]] if "id" in given else []
        self.headings += [tag] if re.fullmatch("h[1-6]", tag) else []
        if given.get("href", "").startswith("#"):
            self.targets.append(given["href"][1:])
        if "lang" in given and "dir" not in given:
            self.offences.append(f"{tag} has a lang and no dir")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.offences.append(f"</{tag}> closes nothing")


def test_every_page_is_clean(client, site):
    for url in site:
        answer = client.get(url)
        assert answer.status_code == 200, url
        page = Page(answer.content.decode())
        assert page.offences == [], url
        assert page.headings.count("h1") == 1, url
        assert '<html lang="en" dir="ltr">' in answer.content.decode()


def test_no_page_sets_or_varies_on_a_cookie(client, site):
    client.cookies["sessionid"] = "of-a-signed-in-member"
    for url in [*site, "/nothing/here/", "/1999/"]:
        answer = client.get(url)
        assert not answer.cookies, url
        assert "Cookie" not in answer.headers.get("Vary", ""), url


def test_staff_see_what_readers_see(client, site):
    before = [client.get(url).content for url in site]
    client.force_login(join("edda"))
    assert [client.get(url).content for url in site] == before


def test_pages_read_editions_and_nothing_of_the_working_copies(client, site):
    """Public pages do not touch a table that holds what is not public."""
    private = {Post._meta.db_table, Appeal._meta.db_table, "auth_user", "django_session"}
    private |= {"appeals_translation", "appeals_rendering", "appeals_signatory", "appeals_passage"}
    with CaptureQueriesContext(connection) as queries:
        for url in site:
            client.get(url)
    read = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', " ".join(q["sql"] for q in queries)))
    assert read & private == set()


def test_corrections_are_listed_with_their_comparisons(client, site):
    page = client.get("/corrections/").content.decode()
    assert re.findall(r'href="([^"]+)"[^>]*>(Salt|To)', page) == [
        ("/appeals/lake/", "To"),
        (site[5], "Salt"),
    ]
    assert page.count("editions/1-2/") == 2
    for other in ("1999", "9" * 5000, "٢٠٢٦", "-1"):
        assert client.get(f"/corrections/?year={other}").status_code == 404


def test_corrections_ask_as_often_for_many_as_for_few(client, site):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get("/corrections/")
        return len(queries)

    few = asked()
    for number in range(5):
        post = write_post(by=join("wanda"), slug=f"other-{number}")
        publish(approve(post), by=join("edda"))
        correct(post, join("edda"), title=f"Better {number}")
    assert asked() == few


def test_an_empty_site_has_its_pages(client):
    for url in ("/", "/posts/", "/labels/", "/appeals/", "/corrections/"):
        assert client.get(url).status_code == 200


@override_settings(DEBUG=False)
def test_a_broken_page_needs_nothing_to_say_so(client, monkeypatch):
    monkeypatch.setattr("blog.models.PostEdition.objects.live", None)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
