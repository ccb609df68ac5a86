"""Links in what was written and sealed keep the reader's language, and nothing else changes."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import set_urlconf
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from config.pages.models import Page
from config.urls import fronted
from editorial.addresses import kept
from editorial.sanitising import sanitise, shown
from editorial.sealing import publish
from tests.cast import approve, join
from tests.readers import publish_post

#: What leads to a page of this site, and to the same in Russian.
OURS = {
    "/": "/ru/",
    "/appeals/lake/": "/ru/appeals/lake/",
    "/appeals/lake": "/ru/appeals/lake",
    "/appeals/lake/en+ru/?page=2#p3": "/ru/appeals/lake/en+ru/?page=2#p3",
    "/search/?q=%D1%81&sort=": "/ru/search/?q=%D1%81&sort=",
    "/about/": "/ru/about/",
    "/2022/03/salt/#": "/ru/2022/03/salt/#",
    "/2022/03/salt/comments/": "/ru/2022/03/salt/comments/",
    "\t/labels/w\nater/": "/ru/labels/water/",
    "http://testserver": "http://testserver/ru/",
    "HTTPS://TestServer/people/anna/": "HTTPS://TestServer/ru/people/anna/",
    "http://testserver?q=1": "http://testserver/ru/?q=1",
}
#: What leads elsewhere, to what is no page, to a language in so many words, or nowhere.
OTHERS = [
    *("/ru/appeals/lake/", "/fr/", "/ru", "http://testserver/uk/2022/03/salt/"),
    *("/feed/", "/feed.json", "/labels/water/feed/", "/sitemap.xml", "/robots.txt", "/healthz"),
    *("/admin/", "/admin/blog/post/", "/admin", "/preview/secret/", "/cards/a/b.png", "/feed"),
    *("/media/documents/scan.jpg", "/static/css/site.css", "/appeals/lake/text.epub"),
    *("/2022/03/salt/editions/1/cite.bib", "/nothing/at/all/", "/.env", "/2022/13/salt/"),
    *("http://testserver/feed/", "http://testserver:8000/", "http://testserver.example/appeals/"),
    *("https://elsewhere.example/appeals/lake/", "http://me@testserver/", "ftp://testserver/"),
    *("../lake/", "#note", "?page=2", "lake/", "", "mailto:desk@testserver", "http:/appeals/"),
    *("http://[::1/", "/%00", "/appeals/../admin/", "/\\elsewhere.example/"),
]
PIECES = [
    *("<p>", "</p>", "<b>", "</a>", "<q cite='/appeals/lake/'>", "<td>", "<!--", "&amp;", "é"),
    *(f"<a href='{link}' lang=ru>" for link in [*OURS, *OTHERS]),
    *("<a href=", "/appeals/lake/", "'>", '">', ">", "&#47;appeals/lake/", "<script>"),
]
SOUP = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join)


@pytest.fixture
def russian():
    set_urlconf(fronted["ru"])
    yield
    set_urlconf(None)


class Events(HTMLParser):
    """Takes a text to pieces, and its links apart."""

    def __init__(self, html):
        super().__init__(convert_charrefs=False)
        self.links, self.rest = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.links += [value for name, value in attrs if name == "href"]
        self.rest.append((tag, {name: name == "href" or value for name, value in attrs}))

    def handle_endtag(self, tag):
        self.rest.append(("/", tag))

    def handle_data(self, data):
        self.rest.append(data)

    def handle_entityref(self, name):
        self.rest.append(("&", name))

    handle_charref = handle_comment = handle_decl = handle_entityref


@pytest.mark.parametrize(("link", "led"), OURS.items())
def test_a_link_to_a_page_of_ours_keeps_the_language(russian, link, led):
    assert Events(shown(f"<a href='{link}'>a</a>")).links == [led]


@pytest.mark.parametrize("link", OTHERS)
def test_a_link_to_anything_else_stays_as_it_is(russian, link):
    assert kept(link) == link


def test_where_no_language_stands_in_front_nothing_changes():
    with override("ru"):  # as at the desk of somebody whose browser speaks it
        assert {link: kept(link) for link in [*OURS, *OTHERS]} == {
            link: link for link in [*OURS, *OTHERS]
        }


@given(SOUP)
@example("<a href='/appeals/lake/' title='/appeals/lake/'>/appeals/lake/</a>")
def test_nothing_changes_but_links_to_pages_of_ours(soup):
    clean = sanitise(soup)
    set_urlconf(fronted["ru"])
    try:
        there = shown(clean)
    finally:
        set_urlconf(None)
    before, after = Events(clean), Events(there)
    assert after.rest == before.rest
    ours = {re.sub("[\t\n]", "", link): led for link, led in OURS.items()}
    for old, new in zip(before.links, after.links, strict=True):
        assert new == ours.get(old, old) or (old not in OTHERS and new == f"/ru{old}")


@pytest.mark.django_db
def test_readers_stay_in_their_language_and_programs_get_canonical_addresses(client):
    link = '<a href="{}" rel="noopener noreferrer">the lake</a>'
    body = f"<p>Read {link.format('/appeals/lake/')}.</p>"
    here = f"<p>Read {link.format('/ru/appeals/lake/')}.</p>"
    post = publish_post(body=body)
    about = Page.objects.create(title="About us", slug="about", body=body)
    publish(approve(about), by=join("edda"))
    for url in (post.get_absolute_url(), f"{post.get_absolute_url()}editions/1/", "/about/"):
        assert body in client.get(url).content.decode()
        assert here in client.get(f"/ru{url}").content.decode()
    assert "http://testserver/appeals/lake/" in client.get("/feed/").content.decode()
    assert "/ru/appeals" not in client.get("/feed.json").content.decode()
