"""The interface in several languages: chosen by the address, and nothing else follows from it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from blog.comments.commenting import token_for
from blog.models import Comment
from editorial.addresses import canonical, in_language, split, whole
from editorial.models import Path
from editorial.sealing import claim, publish, withdraw
from tests.cast import approve, join, translate, write_appeal, write_post
from tests.readers import publish_post, ticket

pytestmark = pytest.mark.django_db

SALT = "/2022/03/salt/"


def html(client, address):
    return client.get(address).content.decode()


@pytest.fixture
def lake():
    """An appeal that is public in Russian and in English, and a post that presents it."""
    appeal = write_appeal(by=join("tariq"), slug="lake", original_title="К людям озера")
    edition = publish(approve(appeal), by=join("edda"))
    publish(approve(translate(appeal, by=join("tariq"))), by=join("edda"))
    return edition


# --- addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "language", "plain"),
    [
        ("/", "en", "/"),
        ("/ru/", "ru", "/"),
        ("/ru", "ru", "/"),
        ("/ru/2022/03/salt/", "ru", "/2022/03/salt/"),
        ("/rules/", "en", "/rules/"),
        ("/en/", "en", "/en/"),
        ("/ar//elsewhere.example/", "ar", "/elsewhere.example/"),
        ("//elsewhere.example/", "en", "/elsewhere.example/"),
    ],
)
def test_a_path_says_its_language(path, language, plain):
    assert split(path) == (language, plain)
    assert canonical(path) == plain
    assert in_language(path, "fr") == f"/fr{plain}"
    assert in_language(path, "en") == in_language(path, "tlh") == plain
    assert whole(path) == f"http://testserver{plain}"


def test_no_language_that_is_active_changes_an_address():
    with override("ar"):
        assert reverse("home") == "/"
        assert reverse("appeals:detail", args=["lake"]) == "/appeals/lake/"


# --- pages ----------------------------------------------------------------------------------


def test_a_page_speaks_the_language_of_its_address_alone(client):
    edition = publish_post()
    url = edition.get_absolute_url()
    plain = client.get(url)
    client.cookies["django_language"] = "ru"
    asked = client.get(url, headers={"Accept-Language": "ru"})
    assert (asked.content, asked.headers) == (plain.content, plain.headers)
    assert '<html lang="en" dir="ltr">' in plain.content.decode()
    assert '<html lang="ar" dir="rtl">' in html(client, f"/ar{url}")
    fronted = client.get(f"/ru{url}", headers={"Accept-Language": "en"})
    assert '<html lang="ru" dir="ltr">' in fronted.content.decode()
    assert fronted.headers["Vary"] == "Accept-Encoding"
    assert not fronted.cookies


def test_links_keep_the_language_and_programs_get_the_canonical_address(client, lake):
    url = lake.get_absolute_url()
    page = html(client, f"/ru{url}en/")
    head, body = page.split("</head>")
    assert '<link rel="canonical" href="http://testserver/appeals/lake/en/">' in head
    assert 'hreflang="ru" href="http://testserver/appeals/lake/ru/">' in head
    assert "/ru/" not in head.replace("/lake/ru/", "")  # cards, feeds, OpenGraph and JSON-LD
    footer = body[body.index('<footer class="imprint"') :]
    links = re.findall(r'href="(/[^"]*)"', body.replace(footer, ""))
    assert links
    assert [link for link in links if not link.startswith(("/ru/", "/static/"))] == []
    assert client.get(f"/ru{url}en/").headers["Link"].startswith(f"<http://testserver{url}en/>")


def test_every_page_leads_to_itself_in_the_other_languages(client, lake):
    page = html(client, "/fr/appeals/lake/?page=2")
    for tag, front, name in (("en", "", "English"), ("ar", "/ar", "العربية")):
        direction = "rtl" if tag == "ar" else "ltr"
        link = f'<a href="{front}/appeals/lake/?page=2" hreflang="{tag}" lang="{tag}"'
        assert f'{link} dir="{direction}">{name}</a>' in page
    assert 'hreflang="fr" lang="fr" dir="ltr" aria-current="true">Français</a>' in page


@pytest.mark.parametrize("address", ["/feed/", "/sitemap.xml", "/robots.txt", "/admin/"])
def test_what_programs_ask_for_has_no_language_in_front(client, address):
    assert client.get(f"/ru{address}").status_code == 404


def test_an_address_without_its_slash_keeps_the_language(client):
    assert client.get("/ru").headers["Location"] == "/ru/"
    assert client.get("/uk/appeals").headers["Location"] == "/uk/appeals/"


# --- what is not there ----------------------------------------------------------------------


def test_nothing_is_nothing_in_the_language_of_the_address(client):
    write_post(slug="draft")
    missing = client.get("/ar/nothing/")
    assert missing.status_code == 404
    assert '<html lang="ar" dir="rtl">' in missing.content.decode()
    assert 'action="/ar/search/"' in missing.content.decode()
    other = client.get("/ar/2022/03/draft/")
    assert (other.content, other.headers) == (missing.content, missing.headers)


def test_a_broken_page_says_so_in_the_language_of_the_address(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("config.views.fronts", lambda language: 1 / 0)
    response = client.get("/ar/")
    assert response.status_code == 500
    assert '<html lang="ar" dir="rtl">' in response.content.decode()


def test_what_moved_or_was_withdrawn_keeps_the_language(client):
    edition = publish_post()
    old = edition.get_absolute_url()
    post = edition.item
    claim(post, "/ru/old-salt/")
    claim(post, "/p/salt.html")
    assert client.get("/uk/p/salt.html").headers["Location"] == f"/uk{old}"
    assert client.get("/ru/old-salt/").headers["Location"] == f"/ru{old}"
    assert client.get("/uk/old-salt/").status_code == 404
    withdraw(post, by=join("edda"), note="Not true.")
    gone = client.get(f"/ar{old}")
    assert gone.status_code == 410
    assert '<html lang="ar" dir="rtl">' in gone.content.decode()


# --- nothing of it is sealed ----------------------------------------------------------------


def test_what_is_published_is_the_same_whatever_language_the_desk_speaks(client):
    editions = {}
    for language in ("ar", "en"):
        with override(language):
            appeal = write_appeal(by=join("tariq"), slug=f"lake-{language}", place="The lake")
            translation = translate(appeal, by=join("tariq"))
            post = write_post(by=join("wanda"), slug=f"salt-{language}")
            editions[language] = [
                publish(approve(item), by=join("edda")) for item in (appeal, translation, post)
            ]
    for one, other in zip(*editions.values(), strict=True):
        said, same = one.data | {"slug": ""}, other.data | {"slug": ""}
        assert said == same
    kept = sorted(Path.objects.values_list("path", flat=True))
    assert [path.replace("-ar", "-en") for path in kept if "-ar" in path] == [
        path for path in kept if "-en" in path
    ]
    assert all(canonical(path) == path for path in kept)


def test_the_desk_speaks_the_browsers_language(client):
    client.force_login(join("edda"))
    page = client.get("/admin/", headers={"Accept-Language": "ar"})
    assert 'lang="ar"' in page.content.decode()
    assert 'dir="rtl"' in page.content.decode()
    assert "Accept-Language" in page.headers["Vary"]


def test_a_page_of_the_desk_that_is_refused_leads_to_the_front_pages(client):
    client.force_login(join("wanda"))
    refused = client.get("/admin/blog/comment/queue/?q=1", headers={"Accept-Language": "ar"})
    assert refused.status_code == 403
    assert '<html lang="ar" dir="rtl">' in refused.content.decode()
    assert 'href="/fr/" hreflang="fr"' in refused.content.decode()


def test_a_comment_can_be_sent_in_every_language(client):
    edition = publish_post()
    url = edition.get_absolute_url()
    assert f'action="/ru{url}comment/"' in html(client, f"/ru{url}")
    fields = {"token": token_for(url), "text": "They did.", "ticket": ticket(edition)}
    sent = client.post(f"/ru{url}comment/", fields)
    assert sent.headers["Location"].startswith("/ru/")
    assert Comment.objects.get().text == "They did."


# --- front pages ----------------------------------------------------------------------------


def headings(page):
    """Return the level, the language and the text of a front page's headings."""
    main = page[page.index("<main") : page.index("</main>")]
    found = re.findall(r'<h(\d)(?: lang="(\w+)")?[^>]*>(?:<a [^>]*>)?([^<]*)<', main)
    return [(int(level), language, text) for level, language, text in found]


def written_abroad():
    publish_post(title="Salt", slug="salt")
    publish_post(title="Соль", slug="sol", language="ru")
    appeal = write_appeal(
        by=join("tariq"), slug="sea", title="Sea", original_language="fr", original_title="La mer"
    )
    publish(approve(appeal), by=join("edda"))


def test_a_front_page_begins_with_what_can_be_read_in_its_language(client, lake):
    written_abroad()
    assert [text for level, _, text in headings(html(client, "/")) if level > 2] == [
        *("Соль", "Salt", "Sea", "To the people of the lake"),
    ]
    page = html(client, "/ru/")
    assert [(level, tongue) for level, tongue, _ in headings(page)] == [
        *((1, ""), (2, ""), (3, "ru"), (3, ""), (4, "en"), (2, ""), (3, "ru"), (3, ""), (4, "en")),
    ]
    named = [text for level, tongue, text in headings(page) if tongue]
    assert named == ["Соль", "Salt", "К людям озера", "Sea"]
    assert 'href="http://testserver/languages/ru/feed/"' in page
    french = html(client, "/fr/")
    assert '<h3 lang="fr" dir="ltr"><a href="/fr/appeals/sea/fr/">La mer</a></h3>' in french
    assert 'href="/fr/appeals/lake/">To the people' in french
    assert 'href="http://testserver/feed/"' in html(client, "/uk/")


def test_a_front_page_shows_a_translated_title(client, lake):
    appeal = lake.item
    publish(approve(translate(appeal, by=join("tariq"), language="uk")), by=join("edda"))
    page = html(client, "/uk/")
    assert '<h3 lang="uk" dir="ltr"><a href="/uk/appeals/lake/uk/">To the lake</a></h3>' in page


@pytest.mark.parametrize("front", ["/", "/fr/"])
def test_a_front_page_takes_as_many_queries_however_much_there_is(client, lake, front):
    written_abroad()
    with CaptureQueriesContext(connection) as few:
        client.get(front)
    for number in range(3):
        publish_post(title="Salt", slug=f"salt-{number}", language=("fr", "en", "ru")[number])
    publish(approve(translate(lake.item, by=join("tariq"), language="fr")), by=join("edda"))
    with CaptureQueriesContext(connection) as many:
        client.get(front)
    assert len(many) == len(few) <= 8
